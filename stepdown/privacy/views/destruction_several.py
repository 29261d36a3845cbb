"""Records of strangers, each of its own: several are proposed, and several approved, in one go."""

from collections.abc import Container, Sized
from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stepdown.kernel.db import RuleBroken
from stepdown.people.proving import checked, first_proves
from stepdown.privacy import permissions_retention as permissions
from stepdown.privacy import queries_several as queries
from stepdown.privacy import services_destruction as services
from stepdown.privacy.forms_retention import ApproveSeveralForm, ProposeSeveralForm
from stepdown.privacy.views.looks import officer
from stepdown.privacy.views.retention import keeper
from stepdown.ui.tell import tell


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Those that were checked on the list, to be read once more; all that may go when none was."""
    permissions.propose(request.staff).or_forbid()
    asked = _asked(request)
    offered = queries.to_propose(request.staff, asked)
    form = ProposeSeveralForm(_sent(request), initial=_checked(offered, asked), offered=offered)
    if request.method == "POST" and form.is_valid():
        records = [offered[pk].row for pk in form.cleaned_data["chosen"]]
        try:
            services.propose_several(records=records, words=form.cleaned_data["words"], by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, f"{_counted(records)} proposed. A second person decides.")
            return redirect("privacy:due")
    page = {"form": form, "offered": offered, "gone": len(asked) - len(offered) if asked else 0}
    return render(request, "privacy/propose_several.html", page, status=422 if form.errors else 200)


@keeper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest) -> HttpResponse:
    """The same of what somebody else has proposed. All of them are destroyed, or none."""
    asked = _asked(request)
    offered = queries.to_approve(request.staff, asked)
    asks_code, instead = first_proves(request, request.get_full_path())
    if instead:
        return instead
    form = ApproveSeveralForm(_sent(request), initial=_checked(offered, asked), offered=offered, asks_code=asks_code)
    if request.method == "POST" and checked(request, form):
        rows = [offered[pk].row for pk in form.cleaned_data["chosen"]]
        try:
            services.approve_several(destructions=rows, by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, f"{_counted(rows)} destroyed. Each has its certificate.")
            return redirect("privacy:certificates")
    page = {"form": form, "offered": offered, "gone": len(asked) - len(offered) if asked else 0}
    return render(request, "privacy/approve_several.html", page, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _asked(request: HttpRequest) -> set[UUID]:
    """Ids that were checked on the list; what is none is nothing."""
    found = set()
    for said in request.GET.getlist("chosen"):
        with suppress(ValueError):
            found.add(UUID(said))
    return found


def _checked(offered: dict[str, queries.Offered], asked: Container[UUID]) -> dict[str, list[str]]:
    return {"chosen": [pk for pk, one in offered.items() if one.row.pk in asked]}


def _counted(rows: Sized) -> str:
    return f"{len(rows)} record{'' if len(rows) == 1 else 's'}"
