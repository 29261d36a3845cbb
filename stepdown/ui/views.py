"""The gallery: every part of the product with its states, light and dark, on made-up values."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from stepdown.ui import gallery


def show_gallery(request: HttpRequest) -> HttpResponse:
    """Open where the product is tried or built; elsewhere the page does not exist."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    panes = [gallery.pane(theme) for theme in ("light", "dark")]
    return render(request, "ui/gallery.html", {"specs": gallery.SPECS, "panes": panes})
