"""Addresses of attendance."""

from django.urls import path

from stepdown.attendance import views

app_name = "attendance"
urlpatterns = [
    path("staff/sessions/<uuid:session_id>/attendance/", views.sheet, name="sheet"),
    path("staff/sessions/<uuid:session_id>/attendance/confirm/", views.confirm, name="confirm"),
    path("staff/attendance/<uuid:attendance_id>/correct/", views.correct, name="correct"),
]
