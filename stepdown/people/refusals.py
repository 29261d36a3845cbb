"""The page for someone who tried too often."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, credentials: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """429 after five wrong passwords for one account from one address."""
    return render(request, "people/locked_out.html", status=429)
