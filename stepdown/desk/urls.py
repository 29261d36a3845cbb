from django.urls import path

from stepdown.desk import views

app_name = "desk"
urlpatterns = [
    path("me/", views.home, name="home"),
    path("me/help/", views.get_help, name="help"),
    path("staff/", views.arrive, name="arrive"),
    path("staff/day/", views.day, name="day"),
    path("staff/waiting/", views.waiting, name="waiting"),
    path("staff/find/", views.find, name="find"),
    path("staff/ahead/", views.outlook, name="outlook"),
    path("staff/days/", views.days, name="held_days"),
    path("staff/patients/<uuid:patient_id>/", views.patient, name="patient"),
]
