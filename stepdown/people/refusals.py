"""The pages that say no, and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stepdown.people.models import Center


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason that the permission gave."""
    return render(request, "people/forbidden.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same page for what is not there and for what is out of someone's sight."""
    return render(request, "people/not_found.html", {"center": Center.objects.first()}, status=404)


def locked_out(request: HttpRequest, credentials: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """429 after five wrong passwords for one account from one address."""
    return render(request, "people/locked_out.html", status=429)
