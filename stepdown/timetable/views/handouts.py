"""What is read about the topic of a session: by its patients, and by staff in every language there is."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.people.access import patient_page, staff_page
from stepdown.timetable import permissions, queries
from stepdown.timetable.forms_topic import TopicForm
from stepdown.timetable.services_topics import choose_topic, topic_of_week
from stepdown.ui.tell import tell


@require_safe
@patient_page
def handout(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Of a session that a seat of theirs covers, past or to come."""
    session = get_object_or_404(queries.sessions_of_patient(request.patient).exclude(topic=None), pk=session_id)
    context = {"session": session, "handout": queries.handout(session, get_language() or "en")}
    return render(request, "timetable/handout.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.SEES_GROUPS)
def staff_handout(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """In English, or in the language asked for by `?language=`; who leads chooses another topic here."""
    session = get_object_or_404(queries.sessions_visible_to(request.staff), pk=session_id)
    may = permissions.choose_topic(request.staff, session, timezone.now())
    if request.method != "POST":
        return render(request, "timetable/staff_handout.html", _page(request, session, may, None))
    may.or_forbid()
    form = TopicForm(request.POST, topics=queries.all_topics())
    if not form.is_valid():
        return render(request, "timetable/staff_handout.html", _page(request, session, may, form), status=422)
    choose_topic(session=session, topic=form.chosen, by=request.staff)
    tell(request, _("The topic is chosen. Everyone of this session reads its handout."))
    return redirect("timetable:staff_handout", session_id=session.pk)


def _page(request: HttpRequest, session: Any, may: Any, form: TopicForm | None) -> dict[str, Any]:
    of_the_week = topic_of_week(session)
    initial = {"topic": str(session.topic_id) if session.topic and session.topic != of_the_week else ""}
    return {
        "session": session,
        "handout": queries.handout(session, request.GET.get("language", "en")),
        "languages": queries.handout_languages(session) if session.topic_id else [],
        "may": may,
        "of_the_week": of_the_week,
        "form": form or TopicForm(topics=queries.all_topics(), initial=initial),
    }
