from django.urls import path

from stepdown.admissions.views import board, interview

app_name = "admissions"
urlpatterns = [
    path("staff/admissions/", board.show_board, name="board"),
    path("staff/admissions/called-us/", board.called_us, name="called_us"),
    path("staff/admissions/<uuid:inquiry_id>/", board.show_inquiry, name="inquiry"),
    path("staff/admissions/<uuid:inquiry_id>/calls/", board.log_call, name="log_call"),
    path("staff/admissions/<uuid:inquiry_id>/keeper/", board.assign, name="assign"),
    path("staff/admissions/<uuid:inquiry_id>/close/", board.close, name="close"),
    path("staff/admissions/<uuid:inquiry_id>/assessment/", interview.assess, name="assess"),
    path("staff/admissions/<uuid:inquiry_id>/assessment/<slug:slug>/", interview.part, name="part"),
    path("staff/admissions/<uuid:inquiry_id>/danger/", interview.danger_came_up, name="danger_came_up"),
    path("staff/admissions/<uuid:inquiry_id>/danger/<uuid:danger_id>/", interview.danger, name="danger"),
    path("staff/admissions/<uuid:inquiry_id>/decision/", interview.decision, name="decision"),
]
