"""Notes of contacts outside the group: begun in one tap, written with what is known beside, signed once."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stepdown.chart import pages_contacts as pages
from stepdown.chart import permissions_contacts as permissions
from stepdown.chart import queries_contacts as queries
from stepdown.chart import services_contacts as services
from stepdown.chart.domain.contacts import KINDS
from stepdown.chart.forms_contacts import ContactWordsForm, SignContactForm
from stepdown.chart.open_pages import ChangedElsewhere
from stepdown.chart.queries_cosign import supervisor_today
from stepdown.chart.queries_tries import tries_without_note
from stepdown.chart.seen import ReadAgain
from stepdown.chart.wording_notes import told_signed
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.fresh import prove_first, proved_lately
from stepdown.people.proving import checked
from stepdown.placement.queries import patients_visible_to
from stepdown.ui.tell import tell
from stepdown.ui.when import clock

writes = staff_page(*permissions.WRITES)


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Every note of a contact with this person that the reader may see; sending the form begins one. Who led once where
    somebody else leads begins here that of their talk, and sees nothing else."""
    talk = _uuid(request.POST.get("talk", ""))
    sees = patients_visible_to(request.staff).filter(pk=patient_id).first()
    patient = sees or get_object_or_404(queries.talked_with(request.staff, talk), pk=patient_id)
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        try:
            note = services.begin_contact(
                patient=patient,
                kind=kind if kind in KINDS else "",
                side_room=talk,
                by=request.staff,
            )
        except RuleBroken as broken:
            tell(request, str(broken))
            return redirect("chart:contacts", patient_id=patient.pk) if sees else redirect("chart:notes")
        return redirect("chart:contact", contact_id=note.pk)
    page = {
        "patient": patient,
        "notes": queries.contacts_of(patient, request.staff),
        "kinds": list(KINDS.items()),
        "talks": queries.talks_without_note(patient, request.staff, timezone.now()),
        "tries": tries_without_note(request.staff, timezone.now(), patient),
    }
    return render(request, "chart/contacts.html", page)


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """A draft to write, for its author; else what is signed, to read."""
    note = get_object_or_404(queries.contacts_visible_to(request.staff), pk=contact_id)
    if request.method != "POST":
        if note.signed_at:
            return render(request, "chart/contact_read.html", pages.read_page(note, request.staff))
        return render(request, "chart/contact.html", pages.write_page(note))
    permissions.write_contact(request.staff, note).or_forbid()
    by_itself = "X-Autosave" in request.headers
    form = pages.form_of(note, request.POST)
    good = form.is_valid()
    try:
        note = services.save_contact(
            note=note, objective=form.works_toward, open_page=form.open_page, **form.kept, by=request.staff
        )
    except ChangedElsewhere as broken:
        if by_itself:
            return JsonResponse({"sentence": str(broken)}, status=409)
        note.refresh_from_db()
        form.add_error(None, str(broken))
        form.now_knows(broken.version)
        good = False
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        good = False
    if not good:
        if by_itself:
            return JsonResponse({"sentence": form.error_summary[0].sentence}, status=422)
        return render(request, "chart/contact.html", pages.write_page(note, form), status=422)
    if by_itself:
        now = clock(timezone.now(), timezone.get_current_timezone(), named=False)
        return JsonResponse({"time": now, "version": note.version})
    if (kind := request.POST.get("kind", note.kind)) in KINDS and kind != note.kind:
        services.change_kind(note=note, kind=kind, by=request.staff)
    if request.POST.get("go") == "sign":
        return redirect("chart:sign_contact", contact_id=note.pk)
    return redirect("chart:contact", contact_id=note.pk)


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def sign_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    note = get_object_or_404(queries.contacts_visible_to(request.staff), pk=contact_id)
    permissions.write_contact(request.staff, note).or_forbid()
    ready = queries.ready(note, timezone.now())
    if ready.against:
        tell(request, " ".join(ready.against))
        return redirect("chart:contact", contact_id=note.pk)
    supervisor = supervisor_today(request.staff)
    prove_first(request)
    sent, initial = request.POST if request.method == "POST" else None, {"seen": note.version}
    form = SignContactForm(sent, initial=initial, names=ready.names)
    if request.method == "POST" and form.is_valid():
        try:
            services.sign_contact(
                note=note,
                attestation=services.ATTESTATION,
                names_meant=form.cleaned_data.get("meant", False),
                seen=form.cleaned_data["seen"],
                by=request.staff,
            )
        except ReadAgain as changed:
            note.refresh_from_db()
            ready = queries.ready(note, timezone.now())
            form.add_error(None, str(changed))
            form.now_reads(note.version)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, told_signed(supervisor))
            return redirect("chart:contact", contact_id=note.pk)
    page = {
        "note": note,
        "patient": note.patient,
        "told": pages.told(note),
        "ready": ready,
        "form": form,
        "attestation": services.ATTESTATION,
        "supervisor": supervisor,
    }
    return render(request, "chart/sign_contact.html", page, status=422 if form.errors else 200)


@writes
@require_POST
def contact_act(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """What is done besides writing: throw a draft away, add to what is signed."""
    note = get_object_or_404(queries.contacts_visible_to(request.staff), pk=contact_id)
    if request.POST.get("act") == "discard":
        permissions.write_contact(request.staff, note).or_forbid()
        services.discard_contact(note=note, by=request.staff)
        tell(request, _("The draft is thrown away."))
        sees = patients_visible_to(request.staff).filter(pk=note.patient_id).exists()
        return redirect("chart:contacts", patient_id=note.patient_id) if sees else redirect("chart:notes")
    return _add(request, note)


def _add(request: HttpRequest, note: Any) -> HttpResponse:
    permissions.add_to_contact(request.staff, note).or_forbid()
    names = queries.names_in(note, request.POST.get("words", ""))
    form = ContactWordsForm(request.POST, names=names, asks_code=not proved_lately(request))
    if not checked(request, form):
        page = pages.read_page(note, request.staff, adding=form)
        return render(request, "chart/contact_read.html", page, status=422)
    meant = form.cleaned_data.get("meant", False)
    services.add_to_contact(note=note, words=form.cleaned_data["words"], names_meant=meant, by=request.staff)
    tell(request, _("Addendum signed."))
    return redirect("chart:contact", contact_id=note.pk)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
