"""The attendance of one session: drawn, corrected with a reason, confirmed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stepdown.attendance import pages, permissions, queries, services
from stepdown.attendance.door import door
from stepdown.attendance.forms import CorrectionForm
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.models import Role
from stepdown.timetable.queries import records_visible_to
from stepdown.ui.tell import tell

clinical = staff_page(Role.COUNSELOR, Role.DIRECTOR)


@clinical
@require_safe
def sheet(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = get_object_or_404(records_visible_to(request.staff), pk=session_id)
    now = timezone.now()
    services.draw_up(session=session, now=now)
    return render(request, "attendance/sheet.html", pages.sheet_page(session, request.staff, now))


@clinical
@require_POST
def confirm(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = get_object_or_404(records_visible_to(request.staff), pk=session_id)
    now = timezone.now()
    permissions.confirm(request.staff, session, now).or_forbid()
    services.confirm(session=session, by=request.staff, now=now)
    tell(request, _("Attendance confirmed."))
    return redirect("attendance:sheet", session_id=session.pk)


@clinical
@require_POST
def correct(request: HttpRequest, attendance_id: UUID) -> HttpResponse:
    row = get_object_or_404(queries.rows_visible_to(request.staff), pk=attendance_id)
    now = timezone.now()
    permissions.confirm(request.staff, row.session, now).or_forbid()
    absent = door(row.session, now).absence_of(row.patient_id)
    form = CorrectionForm(request.POST, row=row, most=queries.sheet(row.session, now).most, absent=absent)
    if form.is_valid():
        try:
            services.correct(attendance=row, **form.cleaned_data, by=request.staff, now=now)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            if isinstance(broken, services.LookAgain):
                form.look_again(queries.rows_visible_to(request.staff).get(pk=row.pk))
        else:
            tell(request, _("Minutes confirmed with their reason."))
            return redirect("attendance:sheet", session_id=row.session_id)
    page = pages.sheet_page(row.session, request.staff, now, form=form)
    return render(request, "attendance/sheet.html", page, status=422)
