"""Whose notes are co-signed, and by whom: named and ended where licenses are kept."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stepdown.kernel.db import RuleBroken
from stepdown.people import permissions, services_supervision
from stepdown.people.access import staff_page
from stepdown.people.forms_supervision import EndSupervisionForm, SupervisorForm
from stepdown.people.licenses import staff_with_licenses_visible_to
from stepdown.people.models import Staff
from stepdown.people.supervision import supervisions_of
from stepdown.ui.tell import tell

# Beside which field the sentence of a broken rule stands.
BESIDE = {
    "supervisor": "supervisor",
    "one_supervisor_at_a_time": "from_on",
    "nobody_supervises_themself": "supervisor",
    "supervision_ends_after_it_begins": "last_on",
    "last_on": "last_on",
}


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def supervision(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Who co-signed for this person, and a form for who does from a day on."""
    person = get_object_or_404(staff_with_licenses_visible_to(request.staff), pk=staff_id)
    if request.method != "POST":
        return _page(request, person)
    permissions.change_supervision(request.staff, person).or_forbid()
    form = SupervisorForm(request.POST, of=person)
    if form.is_valid():
        try:
            services_supervision.name_supervisor(
                staff=person, supervisor=form.chosen, from_on=form.cleaned_data["from_on"], by=request.staff
            )
        except RuleBroken as broken:
            form.add_error(BESIDE.get(broken.rule), str(broken))
        else:
            tell(request, _("From that day on the notes need this co-signature."))
            return redirect("people:supervision", person.pk)
    return _page(request, person, naming=form)


@staff_page(*permissions.CHANGES_LICENSES)
@require_POST
def end(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Ends the one that has not ended; who has none ended meanwhile reads so."""
    person = get_object_or_404(staff_with_licenses_visible_to(request.staff), pk=staff_id)
    permissions.change_supervision(request.staff, person).or_forbid()
    form, latest = EndSupervisionForm(request.POST), next(iter(supervisions_of(person)), None)
    if latest is None:
        tell(request, _("Nobody co-signs these notes."))
        return redirect("people:supervision", person.pk)
    if form.is_valid():
        try:
            services_supervision.end_supervision(
                supervision=latest, last_on=form.cleaned_data["last_on"], by=request.staff
            )
        except RuleBroken as broken:
            form.add_error(BESIDE.get(broken.rule), str(broken))
        else:
            tell(request, _("After that day their own signature is enough."))
            return redirect("people:supervision", person.pk)
    return _page(request, person, ending=form)


def _page(
    request: HttpRequest,
    person: Staff,
    naming: SupervisorForm | None = None,
    ending: EndSupervisionForm | None = None,
) -> HttpResponse:
    rows = supervisions_of(person)
    page: dict[str, Any] = {
        "person": person,
        "supervisions": rows,
        "latest": next(iter(rows), None),
        "may_change": permissions.change_supervision(request.staff, person),
        "mine": person.pk == request.staff.pk,
        "naming": naming or SupervisorForm(of=person),
        "ending": ending or EndSupervisionForm(),
    }
    return render(request, "people/supervision.html", page, status=422 if naming or ending else 200)
