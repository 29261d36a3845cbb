from django.urls import path

from . import views

app_name = "audits"
urlpatterns = [
    path("staff/audits/", views.mine, name="mine"),
    path("staff/audits/<uuid:audit_id>/<uuid:patient_id>/", views.record, name="record"),
]
