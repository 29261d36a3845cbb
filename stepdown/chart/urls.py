"""Addresses of group notes."""

from django.urls import path

from stepdown.chart import views

app_name = "chart"
urlpatterns = [
    path("staff/notes/", views.notes, name="notes"),
    path("staff/sessions/<uuid:session_id>/note/", views.write, name="write"),
    path("staff/notes/<uuid:note_id>/", views.read, name="read"),
    path("staff/notes/<uuid:note_id>/shared/", views.shared, name="shared"),
    path("staff/notes/<uuid:note_id>/take-over/", views.take_over, name="take_over"),
    path("staff/notes/<uuid:note_id>/sign/", views.sign, name="sign"),
    path("staff/notes/<uuid:note_id>/addenda/", views.add, name="add"),
    path("staff/notes/parts/<uuid:part_id>/", views.part, name="part"),
    path("staff/notes/signed/<uuid:part_id>/", views.single, name="single"),
]
