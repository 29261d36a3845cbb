"""Every address of the product. Public and patient pages are translated; staff pages are English."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
