"""A patient reads, signs, and keeps what they agreed to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import patient_page
from stepdown.privacy import copies, gate, queries, services, wording_minors
from stepdown.privacy import queries_minors as minors
from stepdown.privacy.domain.minors import Signs
from stepdown.privacy.forms import SignForm
from stepdown.privacy.onward import asked_for, sentence
from stepdown.privacy.queries_sharing import signs_on_paper
from stepdown.ui.files import to_keep

METHOD = "typed name on a known device"


@patient_page
@never_cache
def agree(request: HttpRequest) -> HttpResponse:
    """The next agreement that is missing, one a page; after the last one, on to where the patient was going, or to the
    parent who signs too. Who signs on paper reads it here and signs nothing. Source: RULE PRIV-44."""
    onward = asked_for(request)
    missing = queries.missing_consents(request.patient)
    if not missing and minors.waits_for_parent(request.patient):
        return redirect("supporters:my_parent")
    if not missing:
        return redirect(onward or reverse("privacy:signed"))
    kind = missing[0]
    if request.method == "POST" and request.POST.get("type") != kind:
        return redirect(_again(onward))  # signed on another page already
    signs, on_paper = minors.who_signs(request.patient, timezone.now()), signs_on_paper(request.patient)
    text = wording_minors.agreement(kind, get_language() or "en", signs or Signs.PATIENT)
    form = SignForm(request.POST if request.method == "POST" else None, text=text)
    if request.method == "POST" and not on_paper and form.is_valid():
        name = form.cleaned_data["signed_name"]
        try:
            services.sign_consent(
                patient=request.patient, type=kind, language=text.language, signed_name=name, method=METHOD
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return redirect(_again(onward))
    of = len(queries.NEEDED)
    page = {
        "form": form,
        "text": text,
        "type": kind,
        "onward": onward,
        "of": of,
        "may_sign": signs is not None,
        "on_paper": on_paper,
        "at": of - len(missing) + 1,
    }
    page["waits"] = sentence(onward, request.patient)
    return render(request, "privacy/agree.html", page, status=422 if form.errors else 200)


@patient_page
@require_safe
def signed(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/signed.html", {"consents": queries.consents_visible_to(request.patient)})


@patient_page
@require_safe
def read(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    consent = get_object_or_404(queries.consents_visible_to(request.patient), pk=consent_id)
    return render(request, "privacy/read.html", {"consent": consent, "text": queries.signed_text(consent)})


@patient_page
@require_safe
def download(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The very words that were signed, and the signature, as a text file without a telling name."""
    consent = get_object_or_404(queries.consents_visible_to(request.patient), pk=consent_id)
    gate.own(request.patient)
    answer = HttpResponse(copies.of_agreement(consent), content_type="text/plain; charset=utf-8")
    return to_keep(answer, f"agreement-{consent.signed_at:%Y-%m-%d}.txt")


def _again(onward: str) -> str:
    url = reverse("privacy:agree")
    return f"{url}?{urlencode({'next': onward})}" if onward else url
