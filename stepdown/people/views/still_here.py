"""What an open staff page asks by itself: how long until it is covered."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stepdown.people import idle
from stepdown.people.access import first_page


@first_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_here(request: HttpRequest) -> JsonResponse:
    """Seconds left. POST says that someone typed or moved on the page just now; asking alone is no sign of life."""
    if request.method == "POST" and not request.locked:
        idle.note_active(request)
    return JsonResponse({"seconds": idle.seconds_left(request)})
