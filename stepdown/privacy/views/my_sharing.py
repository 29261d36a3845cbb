"""A patient sees who can see what, lets somebody see, signs, keeps a copy, and stops it."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import patient_page
from stepdown.privacy import copies, gate
from stepdown.privacy import queries_sharing as queries
from stepdown.privacy import services_sharing as services
from stepdown.privacy.domain.sharing import Kind
from stepdown.privacy.forms_sharing import DAY, LetSomeoneForm, SignSharingForm
from stepdown.privacy.middleware import place_of
from stepdown.privacy.models import PrivacyTask
from stepdown.privacy.queries_minors import needs_parent, who_signs
from stepdown.privacy.queries_self_pay import standing_of
from stepdown.privacy.views.agreements import METHOD
from stepdown.ui.files import to_keep
from stepdown.ui.tell import tell

ASKS = {"paper": PrivacyTask.Kind.PAPER, "no-screen": PrivacyTask.Kind.NO_SCREEN}


@patient_page
@never_cache
@require_safe
def my_sharing(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/my_sharing.html", _sharing(request))


def _sharing(request: HttpRequest) -> dict[str, Any]:
    return {
        "consents": queries.sharing_of(request.patient),
        "self_paid": standing_of(request.patient),
        "asked": queries.asked_of(request.patient),
        "on_paper": queries.signs_on_paper(request.patient),
    }


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def let_someone(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate(timezone=ZoneInfo(request.patient.time_zone))
    form = LetSomeoneForm(request.POST if request.method == "POST" else None, today=today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        by_day = said["ends"] == DAY
        terms = services.Terms(
            scope=said["scope"],
            purposes=["patient_request"],
            expires_on=said["expires_on"] if by_day else None,
            expires_event="" if by_day else said["ends"],
        )
        recipient = services.name_recipient(patient=request.patient, **form.recipient)
        consent = services.prepare(
            patient=request.patient, kind=Kind.SPECIFIC, recipient=recipient, terms=terms, by=None
        )
        return redirect("privacy:my_consent", sharing_id=consent.pk)
    return render(request, "privacy/let_someone.html", {"form": form}, status=422 if form.errors else 200)


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_consent(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """To read, and to sign as long as it is not signed."""
    row = get_object_or_404(queries.consents_visible_to(request.patient), pk=sharing_id)
    text = queries.text_of(row)
    on_paper = queries.signs_on_paper(request.patient)
    may_sign = who_signs(request.patient, timezone.now()) is not None
    form = None
    if not row.signed_at and not on_paper and may_sign:
        seen = services.digest_of(text.words)
        form = SignSharingForm(request.POST if request.method == "POST" else None, initial={"seen": seen})
    if form and request.method == "POST" and form.is_valid() and _sign(request, row, form):
        if needs_parent(request.patient, timezone.now()):
            tell(request, _("Signed. A parent or guardian signs next. You can stop it at any time."))
            return redirect("supporters:my_parent")
        tell(request, _("Signed. You can stop it at any time."))
        return redirect("privacy:my_sharing")
    page = {
        "shown": queries.shown(row, timezone.now()),
        "consent": row,
        "text": text,
        "form": form,
        "on_paper": on_paper,
        "may_sign": may_sign,
    }
    return render(request, "privacy/my_consent.html", page, status=422 if form and form.errors else 200)


def _sign(request: HttpRequest, row: Any, form: SignSharingForm) -> bool:
    said = form.cleaned_data
    try:
        services.sign(consent=row, name=said["signed_name"], seen=said["seen"], method=METHOD, place=place_of(request))
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return False
    return True


@patient_page
@require_safe
def my_consent_copy(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """The very words and the signature, at once and later, as a file without a telling name. Source: RULE PRIV-44."""
    row = get_object_or_404(queries.consents_visible_to(request.patient), pk=sharing_id)
    copy = copies.of_sharing(row, row.text or queries.text_of(row).words)
    gate.own(request.patient)
    answer = HttpResponse(copy, content_type="text/plain; charset=utf-8")
    day = row.signed_at or row.prepared_at
    return to_keep(answer, f"agreement-{day:%Y-%m-%d}.txt")


@patient_page
@require_POST
def stop(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """One tap: nothing more is shared from this moment. A draft is thrown away. Source: RULE PRIV-13."""
    row = get_object_or_404(queries.consents_visible_to(request.patient), pk=sharing_id)
    if not row.signed_at:
        services.discard(consent=row)
        tell(request, _("Thrown away. Nothing is shared."))
        return redirect("privacy:my_sharing")
    try:
        services.revoke(consent=row, place=place_of(request))
    except RuleBroken as broken:
        page = _sharing(request) | {"broken": str(broken)}
        return render(request, "privacy/my_sharing.html", page, status=422)
    tell(request, _("Stopped. They see nothing from this moment on. What they have seen they may remember."))
    return redirect("privacy:my_sharing")


@patient_page
@require_POST
def ask(request: HttpRequest, what: str) -> HttpResponse:
    """For paper, or to sign no more on a screen, or on a screen again. Source: RULE PRIV-44."""
    if what not in {*ASKS, "screen"}:
        raise Http404
    if what == "screen":
        services.sign_on_screen_again(patient=request.patient)
    else:
        services.ask_for(patient=request.patient, kind=ASKS[what])
    tell(request, _("We have it, and do what you asked. What you signed before stays signed."))
    return redirect("privacy:my_sharing")
