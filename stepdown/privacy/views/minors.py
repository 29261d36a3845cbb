"""Whether people under 18 are admitted, state by state, and who signs with them; and that somebody may not."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.proving import checked, first_proves
from stepdown.privacy import permissions_minors as permissions
from stepdown.privacy import queries_minors as queries
from stepdown.privacy import services_minors as services
from stepdown.privacy.forms_minors import NOBODY, MinorRuleForm
from stepdown.privacy.forms_sharing import WordsForm
from stepdown.privacy.queries_sharing import KEEPS_SHARING, parents_kept_by
from stepdown.ui.tell import tell

decider = staff_page(*permissions.DECIDES_ON_MINORS)


@decider
@never_cache
@require_safe
def minors(request: HttpRequest) -> HttpResponse:
    standing = queries.standing()
    page = {"standing": standing, "admits": [row for row in standing if row.signs], "decided": queries.decided()}
    return render(request, "privacy/minors.html", page)


@decider
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide_minors(request: HttpRequest) -> HttpResponse:
    """A new decision for a state; `?state=` begins with what counts there."""
    permissions.decide_rule(request.staff).or_forbid()
    asks_code, instead = first_proves(request, request.get_full_path())
    if instead:
        return instead
    data = request.POST if request.method == "POST" else None
    form = MinorRuleForm(data, initial=_as_it_is(request.GET.get("state", "")), asks_code=asks_code)
    if request.method == "POST" and checked(request, form):
        said = form.cleaned_data
        try:
            services.decide_rule(
                state=said["state"], rule=form.rule, source=said["source"], why=said["why"], by=request.staff
            )
        except RuleBroken as broken:
            form.add_error("from_age", str(broken))
        else:
            tell(request, "Kept. It counts from now on.")
            return redirect("privacy:minors")
    return render(request, "privacy/decide_minors.html", {"form": form}, status=422 if form.errors else 200)


def _as_it_is(state: str) -> dict[str, object]:
    row = next((row for row in queries.standing() if row.state == state), None)
    if row is None:
        return {}
    return {"state": row.state, "signs": row.signs or NOBODY, "from_age": row.from_age, "source": row.source}


@staff_page(*KEEPS_SHARING)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def parent_is_false(request: HttpRequest, parent_id: UUID) -> HttpResponse:
    """Whom a patient named is nobody who may sign with them."""
    parent = get_object_or_404(parents_kept_by(request.staff), pk=parent_id)
    permissions.find_false(request.staff, parent).or_forbid()
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.find_false(parent=parent, words=form.cleaned_data["words"], by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, f"Written down. Nothing that {parent.name} signed counts any more.")
            return redirect("privacy:sharing", patient_id=parent.patient_id)
    page = {"parent": parent, "patient": parent.patient, "form": form}
    return render(request, "privacy/parent_is_false.html", page, status=422 if form.errors else 200)
