"""Calling and texting who is missing: from the room's rail, and from the day (`?from=day`)."""

from stepdown.live import board, permissions, services_missing
from stepdown.live.views_staff import act_of, patient_of

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
