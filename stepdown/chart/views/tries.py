"""One tap on a call or a text: its outreach note, with what is known already in it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from stepdown.chart import permissions_contacts as permissions
from stepdown.chart import queries_tries as queries
from stepdown.chart import services_tries as services
from stepdown.people.access import staff_page

writes = staff_page(*permissions.WRITES)


@writes
@require_POST
def note_of_call(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    attempt: Any = get_object_or_404(queries.calls_of(request.staff), pk=attempt_id)
    note = services.begin_note_of_call(attempt=attempt, by=request.staff)
    return redirect("chart:contact", contact_id=note.pk)


@writes
@require_POST
def note_of_step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    step: Any = get_object_or_404(queries.steps_of(request.staff), pk=step_id)
    note = services.begin_note_of_step(step=step, by=request.staff)
    return redirect("chart:contact", contact_id=note.pk)
