"""A signed note that does not hold: said with the reason, and written again."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stepdown.chart import pages, queries_plan, services_void
from stepdown.chart import permissions_void as permissions
from stepdown.chart.forms import PartForm, SignatureForm, VoidForm
from stepdown.chart.models import ContactNote, NotePart, Own
from stepdown.chart.queries_contacts import names_in
from stepdown.chart.queries_cosign import own_note, supervisor_today
from stepdown.chart.views.cosigning import clinical, url_of
from stepdown.chart.wording_notes import told_signed
from stepdown.kernel.db import RuleBroken
from stepdown.people.proving import checked, first_proves
from stepdown.ui.tell import tell


@clinical
@require_http_methods(["GET", "HEAD", "POST"])
def void_note(request: HttpRequest, own_note_id: UUID) -> HttpResponse:
    own = _found(request, own_note_id)
    permissions.void_note(request.staff, own).or_forbid()
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    sent = request.POST if request.method == "POST" else None
    names = names_in(own, sent.get("reason", "")) if sent and isinstance(own, ContactNote) else []
    form = VoidForm(sent, names=names, asks_code=asks_code)
    if sent is not None and checked(request, form):
        said = {"reason": form.cleaned_data["reason"], "names_meant": form.cleaned_data.get("meant", False)}
        try:
            services_void.void_note(note=own, **said, by=request.staff)
        except RuleBroken as broken:
            form.add_error("reason", str(broken))
        else:
            tell(request, _("The note is void. It stays to be read, with your reason."))
            return redirect(url_of(own))
    page = {"own": own, "url": url_of(own), "is_part": isinstance(own, NotePart), "form": form}
    return render(request, "chart/void.html", page, status=422 if form.errors else 200)


@clinical
@require_http_methods(["GET", "HEAD", "POST"])
def write_again(request: HttpRequest, own_note_id: UUID) -> HttpResponse:
    """A part of a group's note is written and signed on one page; of a contact a draft is begun with the old words."""
    own = _found(request, own_note_id)
    if own.successor and request.method != "POST":
        return redirect(url_of(own))
    permissions.write_again(request.staff, own).or_forbid()
    if isinstance(own, ContactNote):
        if request.method != "POST":
            return redirect(url_of(own))
        begun = services_void.write_contact_again(note=own, by=request.staff)
        return redirect("chart:contact", contact_id=begun.pk)
    return _part_again(request, own)


def _part_again(request: HttpRequest, part: NotePart) -> HttpResponse:
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    supervisor = supervisor_today(request.staff)
    attestation = services_void.attestation_of(part, request.staff)
    objectives = queries_plan.objectives_for(part)
    sent = request.POST if request.method == "POST" else None
    form = PartForm.of(part, objectives) if sent is None else PartForm(sent, objectives=objectives)
    signature = SignatureForm(sent, asks_code=asks_code)
    if sent is not None and form.is_valid() and checked(request, signature):
        try:
            again = services_void.write_part_again(part=part, **form.written, attestation=attestation, by=request.staff)
        except RuleBroken as broken:
            form.add_error("words", str(broken))
        else:
            tell(request, told_signed(supervisor))
            return redirect(url_of(again))
    page = pages.single_page(part, request.staff) | {
        "form": form,
        "signing": signature,
        "attestation": attestation,
        "supervisor": supervisor,
    }
    status = 422 if form.errors or signature.errors else 200
    return render(request, "chart/write_again.html", page, status=status)


def _found(request: HttpRequest, own_note_id: UUID) -> Own:
    own = own_note(request.staff, own_note_id)
    if own is None:
        raise Http404
    return own
