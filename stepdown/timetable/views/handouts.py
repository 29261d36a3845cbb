"""What is read about the topic of a session: by its patients, and by staff in every language there is."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from stepdown.people.access import patient_page, staff_page
from stepdown.timetable import permissions, queries


@require_GET
@patient_page
def handout(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Of a session that a seat of theirs covers, past or to come."""
    session = get_object_or_404(queries.sessions_of_patient(request.patient).exclude(topic=None), pk=session_id)
    context = {"session": session, "handout": queries.handout(session, get_language() or "en")}
    return render(request, "timetable/handout.html", context)


@require_GET
@staff_page(*permissions.SEES_GROUPS)
def staff_handout(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """In English, or in the language asked for by `?language=`."""
    visible = queries.sessions_visible_to(request.staff).exclude(topic=None)
    session = get_object_or_404(visible, pk=session_id)
    shown = queries.handout(session, request.GET.get("language", "en"))
    context = {"session": session, "handout": shown, "languages": queries.handout_languages(session)}
    return render(request, "timetable/staff_handout.html", context)
