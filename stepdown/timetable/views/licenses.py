"""Who may lead where, and who leads when somebody cannot."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stepdown.people.access import staff_page
from stepdown.timetable import license_board
from stepdown.timetable.permissions import DIRECTS


@staff_page(*DIRECTS)
@require_safe
def licenses(request: HttpRequest) -> HttpResponse:
    """The licenses that end, and the sessions and people they touch."""
    board = license_board.board(timezone.now(), timezone.localdate())
    return render(request, "timetable/licenses.html", {"board": board})
