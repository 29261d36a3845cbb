"""A patient's page of sessions they cannot come to: written down, judged, taken back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from stepdown.attendance import permissions, queries_cannot_come, services_cannot_come
from stepdown.attendance.forms_cannot_come import ActForm, CannotComeForm
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.ui.tell import tell

writes_down = staff_page(*permissions.WRITES_DOWN)


@writes_down
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cannot_come(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """session: the one that is chosen when the page opens."""
    now = timezone.now()
    patient = queries_cannot_come.patient_of(request.staff, patient_id, now)
    if patient is None:
        raise Http404
    sessions = queries_cannot_come.sessions_for(request.staff, patient, now)
    form = CannotComeForm(request.POST or None, sessions=sessions, session=request.GET.get("session", ""))
    if request.method == "POST" and form.is_valid():
        try:
            services_cannot_come.write_down(patient=patient, **form.said, by=request.staff)
        except RuleBroken as broken:
            form.add_error(broken.rule if broken.rule in form.fields else "session", str(broken))
        else:
            tell(request, "Written down. Nobody searches for them in that session.")
            return redirect("attendance:cannot_come", patient_id=patient.pk)
    return _page(request, patient, form)


@writes_down
@require_POST
def act(request: HttpRequest, cannot_come_id: UUID) -> HttpResponse:
    """Judged, or taken back."""
    row = get_object_or_404(queries_cannot_come.visible_to(request.staff), pk=cannot_come_id)
    form = ActForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data["act"]
        try:
            if said == "take_back":
                services_cannot_come.take_back(cannot_come=row, by=request.staff)
            else:
                services_cannot_come.judge(cannot_come=row, excused=said == "excuse", by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Taken back. They are expected." if said == "take_back" else "Written down.")
            if queries_cannot_come.patient_of(request.staff, row.patient_id, timezone.now()) is None:
                return redirect("attendance:sheet", session_id=row.session_id)
            return redirect("attendance:cannot_come", patient_id=row.patient_id)
    sessions = queries_cannot_come.sessions_for(request.staff, row.patient, timezone.now())
    return _page(request, row.patient, CannotComeForm(None, sessions=sessions), refused=form)


def _page(request: HttpRequest, patient: Any, form: CannotComeForm, refused: ActForm | None = None) -> HttpResponse:
    page = {
        "patient": patient,
        "form": form,
        "refused": refused,
        "any_ahead": form.fields["session"].queryset.exists(),
        "told": list(queries_cannot_come.open_of(request.staff, patient, timezone.now())),
    }
    return render(request, "attendance/cannot_come.html", page, status=422 if form.errors or refused else 200)
