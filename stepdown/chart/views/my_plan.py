"""The plan on the patient's own page: read all of it, sign it, ask for a change, keep a copy."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.chart import pages_plan as pages
from stepdown.chart import queries_plan as queries
from stepdown.chart import services_plan as services
from stepdown.chart import wording
from stepdown.chart.forms_my_plan import AnswerPlanForm, SignMyPlanForm
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import patient_page
from stepdown.privacy import gate, texts
from stepdown.ui import pdf
from stepdown.ui.files import to_keep
from stepdown.ui.tell import tell


def _language() -> str:
    return "es" if (get_language() or "en").startswith("es") else "en"


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_plan(request: HttpRequest) -> HttpResponse:
    """Until it is signed the form stands below the whole text; afterwards the page shows what was signed. What they
    signed can be kept also when no plan is in force any more. Source: RULE PRIV-44."""
    version = queries.plan_for(request.patient)
    if version is None:
        kept = {"version": None, "signed_before": queries.signatures_visible_to(request.patient)}
        return render(request, "chart/my_plan.html", kept | {"in_care": queries.is_in_care(request.patient)})
    signature = queries.signature_of(version)
    text = signature.text if signature else wording.plan_text(version, _language())
    seen = sha256(text.encode()).hexdigest()
    form = SignMyPlanForm(request.POST if request.method == "POST" else None, initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        try:
            services.sign_as_patient(
                version=version,
                patient=request.patient,
                signed_name=form.cleaned_data["signed_name"],
                seen=form.cleaned_data["seen"],
                language=_language(),
                device=request.device,
            )
        except RuleBroken as broken:
            form.now_reads(seen)
            form.add_error(None, str(broken))
        else:
            tell(request, _("Signed. Thank you."))
            return redirect("chart:my_plan")
    page = pages.my_page(version, signature, text, _language())
    page |= {"form": form, "statement": wording.statement(_language())}
    return render(request, "chart/my_plan.html", page, status=422 if form.errors else 200)


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_my_plan(request: HttpRequest) -> HttpResponse:
    version = queries.plan_for(request.patient)
    if version is None:
        return redirect("chart:my_plan")
    form = AnswerPlanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_plan(
                version=version,
                patient=request.patient,
                language=_language(),
                device=request.device,
                **form.cleaned_data,
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, _("We got it. Your counselor talks with you about it."))
            return redirect("chart:my_plan")
    page = {"form": form, "version": version}
    return render(request, "chart/answer_my_plan.html", page, status=422 if form.errors else 200)


@patient_page
@require_safe
def my_plan_copy(request: HttpRequest) -> HttpResponse:
    """The very words that were signed, or those to sign, as a text file without a telling name."""
    version = queries.plan_for(request.patient)
    if version is None:
        return redirect("chart:my_plan")
    signature = queries.signature_of(version)
    text = signature.text if signature else wording.plan_text(version, _language())
    return _file(request, {"text": text, "signature": signature, "version": version})


@patient_page
@require_safe
def my_signed_plan(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """What they signed, also when a later version is in force. Source: RULE PRIV-44."""
    signature = get_object_or_404(queries.signatures_visible_to(request.patient), pk=answer_id)
    return _file(request, {"text": signature.text, "signature": signature, "version": signature.version})


def _file(request: HttpRequest, page: dict[str, Any]) -> HttpResponse:
    """As text, or where it is asked for as PDF, which is the same whenever it is made. Source: RULE PRIV-43."""
    gate.own(request.patient)
    if pdf.wanted(request):
        signed, number = page["signature"], str(page["version"].number)
        language = signed.language if signed else _language()
        page |= {"text": texts.laid_out(page["text"], version=number, language=language)}
        file = {"file": "copy", "version_id": page["version"].pk, "patient_id": request.patient.pk}
        with override(language):
            return pdf.answer(request, "chart/plan_copy_pdf.html", page, **file)
    answer = render(request, "chart/plan_copy.txt", page, content_type="text/plain; charset=utf-8")
    day = page["signature"].at if page["signature"] else page["version"].signed_at
    return to_keep(answer, f"copy-{day:%Y-%m-%d}.txt")
