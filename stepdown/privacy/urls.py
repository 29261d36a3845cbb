from django.urls import path

from stepdown.privacy import views

app_name = "privacy"
urlpatterns = [
    path("me/agree/", views.agree, name="agree"),
    path("me/agree/signed/", views.signed, name="signed"),
    path("me/agree/signed/<uuid:consent_id>/", views.read, name="read"),
    path("me/agree/signed/<uuid:consent_id>/file/", views.download, name="download"),
]
