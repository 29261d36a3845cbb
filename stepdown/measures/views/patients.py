"""What a patient is asked: what waits, one question a page, a last look, and thanks with the score."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.instruments import Definition
from stepdown.live.queries import last_door_check
from stepdown.measures import permissions, queries, services
from stepdown.measures.domain import walk
from stepdown.measures.instruments import instrument
from stepdown.measures.words import titled
from stepdown.people.access import patient_page

PASSED_OVER = "pass"


@patient_page
@never_cache
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """What waits, and what was answered with its scores."""
    context = {
        "waiting": queries.to_answer(request.patient),
        "answered": queries.results_told(request.patient),
    }
    return render(request, "measures/questions.html", context)


def _found(request: HttpRequest, administration_id: UUID) -> tuple[Any, Definition]:
    administration = get_object_or_404(queries.own(request.patient), pk=administration_id)
    return administration, instrument(administration.instrument)


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, administration_id: UUID) -> HttpResponse:
    """One question a page. The answer is kept as it is tapped, and the next question comes; `?at=` goes back to one."""
    administration, definition = _found(request, administration_id)
    if request.method != "POST" and administration.finished_at:
        return redirect("measures:thanks", administration.pk)
    permissions.answer(administration, definition).or_forbid()
    if request.method != "POST":
        return _page(request, administration, definition, request.GET.get("at", ""))
    item = definition.item.get(request.POST.get("item", ""))
    said = request.POST.get("answer", "")
    if item is None:
        return _page(request, administration, definition, "", _("Answer the question that is shown."))
    try:
        value = None if said == PASSED_OVER else walk.value_in(item, said)
    except ValueError:
        return _page(request, administration, definition, item.id, _sorry(item))
    try:
        services.save_answer(administration=administration, item=item.id, value=value)
    except RuleBroken as broken:
        return _page(request, administration, definition, item.id, str(broken))
    return redirect("measures:ask", administration.pk)


def _sorry(item: Any) -> str:
    if item.options:
        return _("Choose one of the answers shown.")
    return _("Enter a whole number from %(least)s to %(most)s.") % {"least": item.least, "most": item.most}


def _page(request: HttpRequest, administration: Any, definition: Definition, at: str, sorry: str = "") -> HttpResponse:
    question = queries.question(administration, definition, at)
    if question is None:
        return redirect("measures:look_over", administration.pk)
    back = f"{reverse('measures:ask', args=[administration.pk])}?at={question.back}" if question.back else ""
    context = _frame(request, administration, definition) | {"question": question, "back": back, "sorry": sorry}
    return render(request, "measures/ask.html", context, status=422 if sorry else 200)


def _frame(request: HttpRequest, administration: Any, definition: Definition) -> dict[str, Any]:
    """What every page about one instrument shows: its words, and help when an answer called for it."""
    raised = queries.raised_for(administration)
    return {
        "administration": administration,
        "definition": definition,
        "title": titled(definition),
        "raised": raised,
        "place": _place(request) if raised else "",
    }


def _place(request: HttpRequest) -> str:
    """Where the patient said they are, at the last door; else where they live."""
    check = last_door_check(request.patient)
    place: str = check.place if check else request.patient.address
    return place


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_over(request: HttpRequest, administration_id: UUID) -> HttpResponse:
    """All answers once more, each a tap away from a change; what may need another look is said, and stops nobody."""
    administration, definition = _found(request, administration_id)
    if administration.finished_at:
        return redirect("measures:thanks", administration.pk)
    permissions.answer(administration, definition).or_forbid()
    sorry = ""
    if request.method == "POST":
        try:
            services.finish(administration=administration)
        except RuleBroken as broken:
            sorry = str(broken)
        else:
            return redirect("measures:thanks", administration.pk)
    lines = queries.lines(administration, definition)
    context = _frame(request, administration, definition) | {
        "lines": lines,
        "blank": sum(line.value is None for line in lines),
        "checks": queries.checks(administration, definition),
        "sorry": sorry,
    }
    return render(request, "measures/look_over.html", context, status=422 if sorry else 200)


@patient_page
@never_cache
@require_safe
def thanks(request: HttpRequest, administration_id: UUID) -> HttpResponse:
    """What the answers came to, in words where there are plain ones."""
    administration, definition = _found(request, administration_id)
    if not administration.finished_at:
        return redirect("measures:ask", administration.pk)
    context = _frame(request, administration, definition) | {
        "result": queries.result(administration),
        "next": next(iter(queries.to_answer(request.patient)), None),
    }
    return render(request, "measures/thanks.html", context)
