"""Addresses about who is missed."""

from django.urls import path

from stepdown.chart.views import welfare

urlpatterns = [
    path("staff/missed/", welfare.missed_list, name="missed_list"),
    path("staff/missed/<uuid:missed_id>/", welfare.missed, name="missed"),
]
