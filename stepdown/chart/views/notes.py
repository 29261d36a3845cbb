"""Group notes: the list of what is due, the one-pass page, the signature, what is read afterwards."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.chart import (
    pages,
    permissions,
    queries,
    queries_formats,
    queries_late,
    queries_plan,
    services,
    services_writing,
)
from stepdown.chart.domain.formats import Format
from stepdown.chart.forms import AddendumForm, FormatForm, PartForm, SharedForm, SignatureForm
from stepdown.chart.models import GroupNote
from stepdown.chart.queries_contacts import drafts_of, talks_as_stand_in
from stepdown.chart.queries_cosign import questions_to, supervisor_today, to_cosign
from stepdown.chart.seen import ReadAgain
from stepdown.chart.services_writing import Saved
from stepdown.chart.wording_notes import told_meanwhile, told_signed
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.fresh import prove_before_file, proved_lately
from stepdown.people.models import Role
from stepdown.people.proving import checked, first_proves
from stepdown.privacy import gate
from stepdown.timetable.queries import records_visible_to
from stepdown.ui import pdf
from stepdown.ui.tell import tell
from stepdown.ui.when import clock

clinical = staff_page(Role.COUNSELOR, Role.DIRECTOR)


@clinical
@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """What is due, and for a director the format in which notes are signed."""
    may = permissions.set_format(request.staff)
    form = FormatForm(initial={"format": queries_formats.format_in_force()}) if may else None
    return render(request, "chart/notes.html", _notes_page(request, form))


@staff_page(Role.DIRECTOR)
@require_POST
def set_format(request: HttpRequest) -> HttpResponse:
    permissions.set_format(request.staff).or_forbid()
    form = FormatForm(request.POST)
    if not form.is_valid():
        return render(request, "chart/notes.html", _notes_page(request, form), status=422)
    services.set_format(format=Format(form.cleaned_data["format"]), by=request.staff)
    tell(request, _("Notes are signed in this format from now on."))
    return redirect("chart:notes")


def _notes_page(request: HttpRequest, form: FormatForm | None) -> dict[str, Any]:
    due, now = queries.notes_due(request.staff), timezone.now()
    return {
        "form": form,
        "due": due,
        "late": [d for d in due if d.state != "due"],
        "drafts": drafts_of(request.staff),
        "talks": talks_as_stand_in(request.staff, now),
        "signed": queries.signed_lately(request.staff),
        "cosigns": to_cosign(request.staff, now),
        "questions": questions_to(request.staff),
        "late_drafts": queries_late.late_drafts_of_others(request.staff, now),
        "late_cosigns": queries_late.late_cosigns_of_others(request.staff, now),
        "now": now,
    }


@clinical
@require_safe
def write(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Leads to where the writing goes on; begins the note when nobody has. Who may not write reads."""
    session = get_object_or_404(records_visible_to(request.staff), pk=session_id)
    may = permissions.begin_note(request.staff, session, timezone.now())
    note = queries.notes_visible_to(request.staff).filter(session=session).first()
    if note is None or (may and not note.signed_at):
        may.or_forbid()
        note = services.open_note(session=session, by=request.staff)
    if note.signed_at or not may:
        return redirect("chart:read", note_id=note.pk)
    ready = queries.readiness(note)
    if ready.shared_left or not ready.left:
        return redirect("chart:shared", note_id=note.pk)
    return redirect("chart:part", part_id=ready.left[0].part.pk)


@clinical
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, note_id: UUID) -> HttpResponse:
    note = get_object_or_404(queries.notes_visible_to(request.staff), pk=note_id)
    permissions.write_note(request.staff, note).or_forbid()

    def page(form: Any = None, **more: Any) -> dict[str, Any]:
        return pages.shared_page(note, request.staff, form) | more

    if request.method != "POST":
        return render(request, "chart/shared.html", page())
    form = SharedForm(request.POST)
    if form.is_valid():
        try:
            saved = services_writing.save_shared(note=note, **form.written, sent=form.sent, by=request.staff)
        except RuleBroken as broken:
            form.add_error("words", str(broken))
        else:
            note.refresh_from_db()
            return _saved(request, note, saved, reverse("chart:shared", args=[note.pk]), "chart/shared.html", page)
    return _refused(request, form, "chart/shared.html", page)


@clinical
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, part_id: UUID) -> HttpResponse:
    part = get_object_or_404(queries.open_parts_visible_to(request.staff), pk=part_id)
    permissions.write_note(request.staff, part.note).or_forbid()

    def page(form: Any = None, **more: Any) -> dict[str, Any]:
        return pages.part_page(part, request.staff, form) | more

    if request.method != "POST":
        return render(request, "chart/part.html", page())
    form = PartForm(request.POST, objectives=queries_plan.objectives_for(part))
    if form.is_valid():
        try:
            saved = services_writing.save_part(part=part, **form.written, sent=form.sent, by=request.staff)
        except RuleBroken as broken:
            form.add_error("words", str(broken))
        else:
            return _saved(request, part.note, saved, reverse("chart:part", args=[part.pk]), "chart/part.html", page)
    return _refused(request, form, "chart/part.html", page)


def _saved(request: HttpRequest, note: Any, saved: Saved, here: str, template: str, page: Any) -> HttpResponse:
    """Autosave gets what stands now; a person goes where they wanted: a part of this note, the shared part, or stays.
    When somebody else wrote here meanwhile the page is shown again, with what they did and what became of it."""
    meanwhile = told_meanwhile(saved, request.staff)
    if "X-Autosave" in request.headers:
        now = clock(timezone.now(), timezone.get_current_timezone(), named=False)
        answer = {"time": now, "version": saved.version, "sent": saved.sent}
        return JsonResponse(answer | ({"content": saved.content, "meanwhile": meanwhile} if meanwhile else {}))
    if meanwhile:
        return render(request, template, page(meanwhile=meanwhile))
    go = request.POST.get("go", "")
    if go == "shared":
        return redirect("chart:shared", note_id=note.pk)
    if go == "sign":
        return redirect("chart:sign", note_id=note.pk)
    target = next((p for p in queries.parts_of(note) if str(p.pk) == go), None)
    return redirect(reverse("chart:part", args=[target.pk]) if target else here)


def _refused(request: HttpRequest, form: Any, template: str, page: Any) -> HttpResponse:
    if "X-Autosave" in request.headers:
        return JsonResponse({"sentence": form.error_summary[0].sentence}, status=422)
    return render(request, template, page(form), status=422)


@clinical
@require_POST
def take_over(request: HttpRequest, note_id: UUID) -> HttpResponse:
    note = get_object_or_404(queries.notes_visible_to(request.staff), pk=note_id)
    permissions.take_over(request.staff, note).or_forbid()
    services.take_over(note=note, by=request.staff)
    tell(request, _("You sign this note now."))
    return redirect("chart:write", session_id=note.session_id)


@clinical
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, note_id: UUID) -> HttpResponse:
    note = get_object_or_404(queries.notes_visible_to(request.staff), pk=note_id)
    permissions.sign_note(request.staff, note).or_forbid()
    ready, seen = _as_it_stands(note)
    if ready.against:
        tell(request, " ".join(ready.against))
        return redirect("chart:write", session_id=note.session_id)
    supervisor = supervisor_today(request.staff)
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    attestation = services.attestation_of(note, request.staff)
    sent = request.POST if request.method == "POST" else None
    form = SignatureForm(sent, initial={"seen": seen}, asks_code=asks_code)
    if request.method == "POST" and checked(request, form):
        try:
            seen_then = form.cleaned_data["seen"]
            services.sign_note(note=note, attestation=attestation, seen=seen_then, by=request.staff)
        except ReadAgain as changed:
            note.refresh_from_db()
            ready, seen = _as_it_stands(note)
            form.add_error(None, str(changed))
            form.now_reads(seen)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, told_signed(supervisor))
            return redirect("chart:read", note_id=note.pk)
    page = pages.sign_page(note, ready) | {"form": form, "attestation": attestation, "supervisor": supervisor}
    return render(request, "chart/sign.html", page, status=422 if form.errors else 200)


def _as_it_stands(note: GroupNote) -> tuple[queries.Readiness, str]:
    """What the page of the signature shows, and its version."""
    services.follow_attendance(note=note)
    parts = queries.parts_of(note)
    return queries.readiness(note, parts), services.version_of_all(note, parts)


@clinical
@require_safe
def read(request: HttpRequest, note_id: UUID) -> HttpResponse:
    note = get_object_or_404(queries.notes_visible_to(request.staff), pk=note_id)
    return render(request, "chart/read.html", pages.read_page(note, request.staff))


@clinical
@require_POST
def add(request: HttpRequest, note_id: UUID) -> HttpResponse:
    note = get_object_or_404(queries.notes_visible_to(request.staff), pk=note_id)
    permissions.add_addendum(request.staff, note).or_forbid()
    parts = queries.parts_of(note, request.staff)
    form = AddendumForm(request.POST, parts=parts, asks_code=not proved_lately(request))
    if checked(request, form):
        about = next((p.patient for p in parts if str(p.patient_id) == form.cleaned_data["about"]), None)
        try:
            services.add_addendum(note=note, patient=about, words=form.cleaned_data["words"], by=request.staff)
        except RuleBroken as broken:
            form.add_error("words", str(broken))
        else:
            tell(request, _("Addendum signed."))
            return redirect("chart:read", note_id=note.pk)
    return render(request, "chart/read.html", pages.read_page(note, request.staff, form), status=422)


@clinical
@require_safe
def single(request: HttpRequest, part_id: UUID) -> HttpResponse:
    part = get_object_or_404(queries.parts_visible_to(request.staff), pk=part_id)
    page = pages.single_page(part, request.staff)
    if pdf.wanted(request):
        prove_before_file(request)
        gate.inside(request.staff, part.patient)
        return pdf.answer(request, "chart/single_pdf.html", page, file="note", part_id=part.pk, by=request.staff.pk)
    return render(request, "chart/single.html", page)
