"""Group notes: the list of what is due, the one-pass page, the signature, what is read afterwards."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.chart import pages, permissions, queries, queries_plan, services
from stepdown.chart.forms import AddendumForm, PartForm, SharedForm, SignatureForm
from stepdown.chart.queries_contacts import drafts_of
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.fresh import prove_again, proved_lately
from stepdown.people.models import Role
from stepdown.timetable.queries import records_visible_to
from stepdown.ui.tell import tell
from stepdown.ui.when import clock

clinical = staff_page(Role.COUNSELOR, Role.DIRECTOR)


@clinical
@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    due = queries.notes_due(request.staff)
    page = {
        "due": due,
        "late": [d for d in due if d.state != "due"],
        "drafts": drafts_of(request.staff),
        "signed": queries.signed_lately(request.staff),
        "now": timezone.now(),
    }
    return render(request, "chart/notes.html", page)


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
    if request.method != "POST":
        return render(request, "chart/shared.html", pages.shared_page(note, request.staff))
    form = SharedForm(request.POST)
    if form.is_valid():
        try:
            saved = services.save_shared(note=note, **form.cleaned_data, by=request.staff)
        except services.ChangedMeanwhile as broken:
            note.refresh_from_db()
            return _meanwhile(
                request, form, broken, note, "chart/shared.html", lambda: pages.shared_page(note, request.staff, form)
            )
        except RuleBroken as broken:
            form.add_error("words", str(broken))
        else:
            return _saved(request, note, saved.version, reverse("chart:shared", args=[note.pk]))
    return _refused(request, form, "chart/shared.html", lambda: pages.shared_page(note, request.staff, form))


@clinical
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, part_id: UUID) -> HttpResponse:
    part = get_object_or_404(queries.open_parts_visible_to(request.staff), pk=part_id)
    permissions.write_note(request.staff, part.note).or_forbid()
    if request.method != "POST":
        return render(request, "chart/part.html", pages.part_page(part, request.staff))
    form = PartForm(request.POST, objectives=queries_plan.objectives_for(part))
    if form.is_valid():
        try:
            given = form.cleaned_data
            saved = services.save_part(
                part=part,
                words=given["words"],
                objective=form.works_toward,
                version=given["version"],
                **form.answers,
                by=request.staff,
            )
        except services.ChangedMeanwhile as broken:
            part.refresh_from_db()
            return _meanwhile(
                request, form, broken, part, "chart/part.html", lambda: pages.part_page(part, request.staff, form)
            )
        except RuleBroken as broken:
            form.add_error("words", str(broken))
        else:
            return _saved(request, part.note, saved.version, reverse("chart:part", args=[part.pk]))
    return _refused(request, form, "chart/part.html", lambda: pages.part_page(part, request.staff, form))


def _meanwhile(request: HttpRequest, form: Any, why: RuleBroken, now: Any, template: str, page: Any) -> HttpResponse:
    """Someone else saved: their words and one's own are both on the page, and the next save is a decision."""
    if "X-Autosave" in request.headers:
        return JsonResponse({"sentence": str(why)}, status=409)
    form.add_error("words", str(why))
    form.now_knows(now.version)
    return render(request, template, page(), status=422)


def _saved(request: HttpRequest, note: Any, version: str, here: str) -> HttpResponse:
    """Autosave gets the time; a person goes where they wanted: a part of this note, the shared part, or stays."""
    if "X-Autosave" in request.headers:
        now = clock(timezone.now(), timezone.get_current_timezone(), named=False)
        return JsonResponse({"time": now, "version": version})
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
    return render(request, template, page(), status=422)


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
    ready = queries.readiness(note)
    if ready.against:
        tell(request, " ".join(ready.against))
        return redirect("chart:write", session_id=note.session_id)
    if not proved_lately(request):
        return prove_again(request.path)
    form = SignatureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.sign_note(note=note, attestation=services.ATTESTATION, by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, _("Signed. From now on only addenda."))
            return redirect("chart:read", note_id=note.pk)
    page = {"note": note, "session": note.session, "ready": ready, "form": form, "attestation": services.ATTESTATION}
    return render(request, "chart/sign.html", page, status=422 if form.errors else 200)


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
    parts = queries.parts_of(note)
    form = AddendumForm(request.POST, parts=parts)
    if form.is_valid():
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
    return render(request, "chart/single.html", pages.single_page(part))
