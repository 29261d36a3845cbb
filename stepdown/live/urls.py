"""The door and the room."""

from django.urls import path

from stepdown.live import (
    views,
    views_incidents,
    views_missing,
    views_outside,
    views_sides,
    views_staff,
    views_standby,
)

app_name = "live"

urlpatterns = [
    path("me/door/<uuid:session_id>/", views.door, name="door"),
    path("me/door/<uuid:session_id>/where/", views.door_where, name="door_where"),
    path("me/door/<uuid:session_id>/near/", views.door_near, name="door_near"),
    path("me/door/<uuid:session_id>/how/", views.door_how, name="door_how"),
    path("me/room/<uuid:session_id>/", views.room, name="room"),
    path("me/room/<uuid:session_id>/ticket/", views.ticket, name="ticket"),
    path("me/room/<uuid:session_id>/people/", views.people, name="people"),
    path("me/room/<uuid:session_id>/word/", views.word, name="word"),
    path("me/room/<uuid:session_id>/aside/", views_sides.aside, name="aside"),
    path("staff/sessions/<uuid:session_id>/aside/", views_sides.lead, name="staff_aside"),
    path("staff/sessions/<uuid:session_id>/pairs/", views_sides.pairs, name="pairs"),
    path("staff/sessions/<uuid:session_id>/room/", views_staff.room, name="staff_room"),
    path("staff/sessions/<uuid:session_id>/ticket/", views_staff.ticket, name="staff_ticket"),
    path("staff/sessions/<uuid:session_id>/people/", views_staff.people, name="staff_people"),
    path("staff/sessions/<uuid:session_id>/waiting/", views_staff.waiting, name="waiting"),
    path("staff/sessions/<uuid:session_id>/emergency/", views_staff.emergency, name="emergency"),
    path("staff/sessions/<uuid:session_id>/incident/", views_incidents.something_happened, name="something_happened"),
    path("staff/groups/<uuid:group_id>/standby/", views_standby.standby, name="standby"),
    path("staff/groups/<uuid:group_id>/standby/set/", views_standby.set_standby, name="set_standby"),
    path("staff/words/<uuid:word_id>/called/", views_missing.called_back, name="called_back"),
    path("staff/incidents/", views_incidents.incidents, name="incidents"),
    path("staff/incidents/<uuid:incident_id>/entry/", views_incidents.incident_entry, name="incident_entry"),
    path("staff/incidents/<uuid:incident_id>/", views_incidents.incident, name="incident"),
    path("staff/sessions/<uuid:session_id>/roster/", views_staff.print_roster, name="print_roster"),
    path("staff/sessions/<uuid:session_id>/let-in/", views_staff.let_in, name="let_in"),
    path("staff/sessions/<uuid:session_id>/let-in-all/", views_staff.let_in_all, name="let_in_all"),
    path("staff/sessions/<uuid:session_id>/send-out/", views_staff.send_out, name="send_out"),
    path("staff/sessions/<uuid:session_id>/break/", views_staff.break_start, name="break_start"),
    path("staff/sessions/<uuid:session_id>/break/end/", views_staff.break_end, name="break_end"),
    path("staff/sessions/<uuid:session_id>/word/", views_staff.answer_word, name="answer_word"),
    path("staff/sessions/<uuid:session_id>/outside/", views_outside.held, name="outside"),
    path("staff/sessions/<uuid:session_id>/outside/let/", views_outside.let_take_part, name="let_take_part"),
    path("staff/sessions/<uuid:session_id>/missing/call/", views_missing.call, name="call"),
    path("staff/sessions/<uuid:session_id>/missing/outcome/", views_missing.outcome, name="call_outcome"),
    path("staff/sessions/<uuid:session_id>/missing/text/", views_missing.text, name="text"),
    path("staff/sessions/<uuid:session_id>/decide/", views_staff.decide, name="decide"),
    path("staff/sessions/<uuid:session_id>/round/", views_staff.take_turns, name="round"),
    path("staff/sessions/<uuid:session_id>/end/", views_staff.end, name="end"),
    path("staff/sessions/<uuid:session_id>/open-again/", views_staff.open_again, name="open_again"),
]
