from django.urls import path

from . import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("self-screen/", views.self_screen, name="self_screen"),
    path("ask/", views.ask, name="ask"),
    path("ask/thanks/", views.page, {"name": "thanks"}, name="thanks"),
    path("privacy/", views.page, {"name": "privacy"}, name="privacy"),
    path("worried/", views.worried, name="worried"),
    path("worried/told/", views.page, {"name": "worried_told"}, name="worried_told"),
    path("family/", views.page, {"name": "family"}, name="family"),
    path("referrers/", views.page, {"name": "referrers"}, name="referrers"),
]
