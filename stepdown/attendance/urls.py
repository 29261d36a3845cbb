"""Addresses of attendance."""

from django.urls import path

from stepdown.attendance import my_cannot_come, views, views_cannot_come

app_name = "attendance"
urlpatterns = [
    path("staff/sessions/<uuid:session_id>/attendance/", views.sheet, name="sheet"),
    path("staff/sessions/<uuid:session_id>/attendance/confirm/", views.confirm, name="confirm"),
    path("staff/attendance/<uuid:attendance_id>/correct/", views.correct, name="correct"),
    path("staff/patients/<uuid:patient_id>/cannot-come/", views_cannot_come.cannot_come, name="cannot_come"),
    path("staff/cannot-come/<uuid:cannot_come_id>/", views_cannot_come.act, name="act_on_cannot_come"),
    path("me/sessions/<uuid:session_id>/cannot-come/", my_cannot_come.my_cannot_come, name="my_cannot_come"),
]
