from django.urls import path

from stepdown.timetable import views

app_name = "timetable"
urlpatterns = [
    path("staff/groups/new/", views.new, name="new"),
    path("staff/groups/<uuid:group_id>/sessions/", views.sessions, name="sessions"),
]
