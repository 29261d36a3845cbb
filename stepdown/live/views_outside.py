"""Who is held at the door for want of a license there, and a clinical director's way to let them take part."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.live import board, outside, permissions, services_outside
from stepdown.live.forms_staff import OverrideForm
from stepdown.live.views_staff import leaders, session_of
from stepdown.people.access import staff_page
from stepdown.people.models import Role
from stepdown.people.queries import directors
from stepdown.ui.tell import tell

SHOWN = 50


@leaders
@never_cache
@require_safe
def held(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Whoever leads sees who is held, or will be, and whom to call when they may not decide themselves."""
    session = session_of(request, session_id)
    permissions.see_outside(request.staff, session).or_forbid()
    return render(request, "live/outside.html", _page(request, session))


@staff_page(Role.DIRECTOR)
@require_POST
def let_take_part(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A director lets one of them take part, with a reason."""
    session = session_of(request, session_id)
    permissions.override_license(request.staff, session).or_forbid()
    form = OverrideForm(request.POST)
    if form.is_valid():
        try:
            patient = board.patient_of(session, request.POST.get("patient", ""))
            services_outside.let_take_part(session=session, patient=patient, by=request.staff, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "They may come in. The reason is kept.")
            return redirect("live:outside", session.pk)
    return render(request, "live/outside.html", _page(request, session, form), status=422)


@staff_page(Role.DIRECTOR)
@require_safe
def overrides(request: HttpRequest) -> HttpResponse:
    """Every time somebody was let take part without a license there: who, when, where, why, and by whom."""
    pages = Paginator(outside.all_overrides(), SHOWN)
    return render(request, "live/overrides.html", {"page": pages.get_page(request.GET.get("page"))})


def _page(request: HttpRequest, session: Any, form: OverrideForm | None = None) -> dict[str, Any]:
    """`form` is what was refused, of `chosen`."""
    return {
        "session": session,
        "held": outside.held_in(session),
        "expected": outside.expected_in(session),
        "form": form,
        "empty": OverrideForm(),
        "chosen": request.POST.get("patient", ""),
        "may": permissions.override_license(request.staff, session),
        "directs": request.staff.has_role(Role.DIRECTOR),
        "directors": directors(),
    }
