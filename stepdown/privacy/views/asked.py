"""Staff write down that somebody asks about a person, and read out what may be said. Source: RULE PRIV-04, PRIV-21."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.models import Role
from stepdown.privacy import queries_sharing
from stepdown.privacy import services_asked as services
from stepdown.privacy.forms_asked import AnsweredForm, AskedForm
from stepdown.privacy.wording_gate import NEUTRAL
from stepdown.ui.tell import tell

SHOWN = 50


@staff_page()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest) -> HttpResponse:
    form = AskedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = services.ask_about(request=form.request, by=request.staff)
        return redirect("privacy:asked_answer", row.pk)
    rows = services.visible_to(request.staff).order_by("-at")
    page = {
        "form": form,
        "neutral": NEUTRAL,
        "answers": _answers(request),
        "waits": list(rows.filter(for_officer=True, done_at=None)[:SHOWN]) if _answers(request) else [],
        "rows": list(rows[:SHOWN]),
    }
    return render(request, "privacy/asked.html", page, status=422 if form.errors else 200)


def _answers(request: HttpRequest) -> bool:
    """Whether they answer courts and police: they alone read what was answered, as it may tell who is here."""
    return bool(request.staff.has_role(Role.PRIVACY))


def _page(request: HttpRequest, row: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = queries_sharing.shown(row.consent, timezone.now()) if row.consent else None
    page = {
        "row": row,
        "neutral": NEUTRAL,
        "shown": shown,
        "holds": shown is not None and shown.state == "holds",
        "form": AnsweredForm(),
        "answers": _answers(request),
    }
    return render(request, "privacy/asked_answer.html", page | more, status=status)


@staff_page()
@never_cache
@require_safe
def asked_answer(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """What to say. Without a consent it is the same page whoever the person is."""
    return _page(request, get_object_or_404(services.visible_to(request.staff), pk=asked_id))


@staff_page(Role.PRIVACY)
@require_POST
def asked_done(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    row, form = get_object_or_404(services.visible_to(request.staff), pk=asked_id), AnsweredForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form=form, status=422)
    try:
        services.answer(row=row, outcome=form.cleaned_data["outcome"], by=request.staff)
    except RuleBroken as broken:
        return _page(request, row, broken=str(broken), status=422)
    tell(request, "Written down.")
    return redirect("privacy:asked")
