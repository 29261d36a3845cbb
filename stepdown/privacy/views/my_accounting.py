"""A patient reads and keeps what was shared about them. Source: RULE PRIV-27; 42 CFR 2.25."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stepdown.people.access import patient_page
from stepdown.privacy import gate
from stepdown.privacy import queries_sending as queries
from stepdown.ui import pdf


@patient_page
@never_cache
@require_safe
def my_accounting(request: HttpRequest) -> HttpResponse:
    years = queries.window(request.GET.get("years", ""))
    rows = queries.disclosures_of(request.patient, years=years, now=timezone.now())
    page = {"patient": request.patient, "years": years, "rows": rows}
    if pdf.wanted(request):
        gate.own(request.patient)
        ids = {"patient_id": request.patient.pk}
        return pdf.answer(request, "privacy/accounting_pdf.html", page, file="accounting", **ids)
    return render(request, "privacy/my_accounting.html", page)
