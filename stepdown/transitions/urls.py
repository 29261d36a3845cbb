"""Addresses of steps between levels."""

from django.urls import path

from stepdown.transitions import views

app_name = "transitions"
urlpatterns = [
    path("staff/step-downs/", views.due, name="due"),
    path("staff/episodes/<uuid:episode_id>/step-down/", views.step_down, name="step_down"),
    path("staff/episodes/<uuid:episode_id>/rate/", views.rate, name="rate"),
    path("staff/episodes/<uuid:episode_id>/come-back/", views.come_back, name="come_back"),
    path("staff/episodes/<uuid:episode_id>/discharge/", views.discharge, name="discharge"),
    path("staff/moves/<uuid:transition_id>/take-back/", views.cancel, name="cancel"),
]
