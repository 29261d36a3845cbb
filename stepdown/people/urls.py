"""Pages about staff. Sign-in has its own list: sign_in_urls."""

from django.urls import URLPattern

app_name = "people"
urlpatterns: list[URLPattern] = []
