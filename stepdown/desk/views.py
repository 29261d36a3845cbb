"""Where patients and staff arrive."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stepdown.people.access import patient_page, staff_page


@patient_page
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/home.html")


@staff_page()
def day(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/day.html")
