from django.urls import path

from . import views

app_name = "concerns"
urlpatterns = [
    path("staff/concerns/", views.concerns, name="concerns"),
    path("staff/concerns/<uuid:concern_id>/", views.concern, name="concern"),
]
