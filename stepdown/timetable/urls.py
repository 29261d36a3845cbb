from django.urls import path

from stepdown.timetable.views import calendars, changes, closures, groups, handouts, licenses, sessions

app_name = "timetable"
urlpatterns = [
    path("calendar/<token:token>/", calendars.feed, name="feed"),
    path("me/calendar/", calendars.my_calendar, name="my_calendar"),
    path("me/calendar/link/", calendars.change_my_link, name="change_my_link"),
    path("staff/calendar/", calendars.calendar, name="calendar"),
    path("staff/calendar/links/", calendars.links, name="links"),
    path("staff/calendar/links/change/", calendars.change_link, name="change_link"),
    path("staff/groups/new/", groups.new, name="new"),
    path("staff/groups/<uuid:group_id>/sessions/", groups.sessions, name="sessions"),
    path("staff/groups/<uuid:group_id>/change/", changes.change, name="change"),
    path("staff/groups/<uuid:group_id>/change/take-back/", changes.take_back, name="take_back_change"),
    path("staff/groups/<uuid:group_id>/close/", changes.close, name="close"),
    path("staff/groups/<uuid:group_id>/reopen/", changes.reopen, name="reopen"),
    path("staff/closures/", closures.closures, name="closures"),
    path("staff/closures/<uuid:closure_id>/", closures.closure, name="closure"),
    path("staff/sessions/<uuid:session_id>/", sessions.session, name="session"),
    path("staff/sessions/<uuid:session_id>/move/", sessions.move, name="move"),
    path("staff/sessions/<uuid:session_id>/call-off/", sessions.cancel, name="cancel"),
    path("staff/sessions/<uuid:session_id>/bring-back/", sessions.take_back, name="take_back"),
    path("staff/sessions/<uuid:session_id>/make-up/", sessions.make_up, name="make_up"),
    path("staff/licenses/", licenses.licenses, name="licenses"),
    path("staff/sessions/<uuid:session_id>/handout/", handouts.staff_handout, name="staff_handout"),
    path("me/sessions/<uuid:session_id>/handout/", handouts.handout, name="handout"),
]
