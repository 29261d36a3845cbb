"""Pages of counseling notes, which exist for their author alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stepdown.chart import counseling
from stepdown.chart.forms_counseling import CounselingForm
from stepdown.chart.open_pages import ChangedElsewhere
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.placement.queries import patients_visible_to
from stepdown.ui.tell import tell
from stepdown.ui.when import clock

View = Callable[..., HttpResponse]


def for_its_author(view: View) -> View:
    """A page on which the database shows who asks the notes they wrote."""

    @wraps(view)
    def shown(request: HttpRequest, **ids: UUID) -> HttpResponse:
        with counseling.shown_to(request.staff):
            return view(request, **ids)

    allowed: View = staff_page(*counseling.WRITES)(never_cache(require_http_methods(["GET", "HEAD", "POST"])(shown)))
    return allowed


@for_its_author
def counseling_notes(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """One's own about one patient, and a blank one; who wrote some finds them also when the patient is elsewhere."""
    own = counseling.own_notes(request.staff).filter(patient=patient_id)
    patient = patients_visible_to(request.staff).filter(pk=patient_id).first()
    first = own.first()
    if patient is None and first is None:
        raise Http404
    who: Any = patient or first.patient  # type: ignore[union-attr]  # one of them is there
    form = CounselingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if patient is None:
            raise Http404
        if (answer := _saved(request, form, patient)) is not None:
            return answer
    page = {"patient": who, "notes": own, "form": form, "may_write": patient is not None}
    return render(request, "chart/counseling_notes.html", page, status=422 if form.errors else 200)


@for_its_author
def counseling_note(request: HttpRequest, counseling_note_id: UUID) -> HttpResponse:
    note = get_object_or_404(counseling.own_notes(request.staff), pk=counseling_note_id)
    may_delete = counseling.delete_note(request.staff, note, timezone.now())
    if request.method == "POST" and "delete" in request.POST:
        may_delete.or_forbid()
        counseling.delete(note=note, by=request.staff)
        tell(request, _("Deleted. Nothing of it is left."))
        return redirect("chart:counseling_notes", patient_id=note.patient_id)
    initial = {"once": note.pk, "version": note.version, "on": note.on, "words": note.words}
    form = CounselingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and (answer := _saved(request, form, note.patient, note.pk)) is not None:
        return answer
    page = {"note": note, "patient": note.patient, "form": form, "may_delete": may_delete}
    return render(request, "chart/counseling_note.html", page, status=422 if form.errors else 200)


def _saved(request: HttpRequest, form: CounselingForm, patient: Any, known: UUID | None = None) -> HttpResponse | None:
    """Saves what was sent; None when the page has to say what is wrong. What saves by itself hears the time."""
    by_itself = "X-Autosave" in request.headers
    if form.is_valid():
        given = form.cleaned_data
        try:
            note = counseling.write_note(
                once=known or given["once"],
                patient=patient,
                on=given["on"],
                words=given["words"],
                open_page=form.open_page,
                by=request.staff,
            )
        except ChangedElsewhere as broken:
            form.add_error("words", str(broken))
            form.now_knows(broken.version)
            if by_itself:
                return JsonResponse({"sentence": str(broken)}, status=409)
        except RuleBroken as broken:
            form.add_error("words", str(broken))
        else:
            if by_itself:
                now = clock(timezone.now(), timezone.get_current_timezone(), named=False)
                return JsonResponse({"time": now, "version": note.version})
            tell(request, _("Kept. Only you can read it."))
            return redirect("chart:counseling_notes", patient_id=patient.pk)
    return JsonResponse({"sentence": form.error_summary[0].sentence}, status=422) if by_itself else None
