"""Calling and texting who is missing, from the room's rail, from the day and where the room was ended; calls after the
group."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from stepdown.live import after, board, permissions, services_missing
from stepdown.live.views_staff import act_of, back_to, leaders, patient_of

call = act_of(
    lambda request, session: services_missing.log_call(
        session=session, patient=patient_of(request, session), by=request.staff
    ),
    may=permissions.prepare,
)
outcome = act_of(
    lambda request, session: services_missing.say_outcome(
        session=session,
        attempt=board.id_of(request.GET.get("attempt", "")),
        outcome=request.POST.get("outcome", ""),
        by=request.staff,
    ),
    may=permissions.prepare,
)
text = act_of(
    lambda request, session: services_missing.text_link(
        session=session,
        patient=patient_of(request, session),
        note_read=request.GET.get("read") == "1",
        by=request.staff,
    )
)


@leaders
@require_POST
def called_back(request: HttpRequest, word_id: UUID) -> HttpResponse:
    """Ticked off on the day, or where the room was ended, by who is to call."""
    word = get_object_or_404(after.words_told(request.staff).select_related("session"), pk=word_id)
    after.tick_off(word=word_id, by=request.staff)
    return redirect(back_to(request, word.session) or "desk:day")
