"""What one person met of the curriculum, and homework as it is given, for staff."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.chart import permissions_topics as permissions
from stepdown.chart import queries_topics as queries
from stepdown.chart import services_homework as services
from stepdown.chart.forms_homework import GiveHomeworkForm
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.placement.queries import patients_visible_to
from stepdown.timetable import queries as timetable
from stepdown.ui.tell import tell

reads = staff_page(*permissions.READS)


@reads
@require_http_methods(["GET", "HEAD", "POST"])
def homework(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """What was due in a session and who did it, what is given in it, and the form to give more."""
    session = get_object_or_404(timetable.records_visible_to(request.staff), pk=session_id)
    may = permissions.give_homework(request.staff, session, timezone.now())
    given = queries.given_in(session)
    handout = timetable.handout(session, "en")
    tool = handout.tool if handout else None
    people = [seat.patient for seat in timetable.roster(session)]
    form = GiveHomeworkForm(request.POST if request.method == "POST" else None, tool=tool or None, people=people)
    if request.method == "POST":
        may.or_forbid()
        if back := next((each for each in given if str(each.pk) == request.POST.get("back")), None):
            services.take_back_homework(homework=back, by=request.staff)
            tell(request, _("Taken back. It stands on nobody’s page any more."))
            return redirect("chart:homework", session_id=session.pk)
        if form.is_valid():
            try:
                services.give_homework(session=session, **form.given, by=request.staff)
            except RuleBroken as broken:
                form.add_error("words", str(broken))
            else:
                tell(request, _("Given. It stands on their page until the next group."))
                return redirect("chart:homework", session_id=session.pk)
    page = {
        "session": session,
        "given": given,
        "due": queries.due_in(session),
        "handout": handout,
        "form": form,
        "may": may,
        "people": people,
    }
    return render(request, "chart/homework.html", page, status=422 if form.errors else 200)


@reads
@require_safe
def topics(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    page = {
        "patient": patient,
        "topics": queries.topics_of(patient, "en", timezone.now()),
        "homework": list(queries.homework_of(patient).order_by("-homework__given_at")[:20]),
    }
    return render(request, "chart/topics.html", page)
