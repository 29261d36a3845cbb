"""Pages about patients' links, devices and staff. Sign-in has its own list: sign_in_urls."""

from django.urls import URLPattern, register_converter

from stepdown.people.links import TokenConverter

register_converter(TokenConverter, "token")

app_name = "people"
urlpatterns: list[URLPattern] = []
