"""Read-only pages for auditors: whom each of their audits is about, and what it shows of one patient.

Before its first day, after its last, and of anybody else there is nothing: 404. Source: RULE PRIV-33; 42 CFR 2.53.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stepdown.people.access import staff_page
from stepdown.people.models import Role
from stepdown.privacy import gate, part2
from stepdown.privacy import queries_audits as queries
from stepdown.privacy import services_audits as services
from stepdown.privacy.days import today
from stepdown.privacy.wording_sharing import DATA

auditor = staff_page(Role.AUDITOR)
SHOWN = 12  # items of a class; the others are one tap away


@auditor
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    on = today()
    found = services.see_names(audits=queries.running_for(request.staff, on))
    gate.audited(request.staff, *(patient for named in found.values() for patient in named))
    page = {"audits": list(found.items()), "coming": queries.coming_for(request.staff, on)}
    return render(request, "audits/mine.html", page)


@auditor
@never_cache
@require_safe
def record(request: HttpRequest, audit_id: UUID, patient_id: UUID) -> HttpResponse:
    """What the audit shows of this patient, as a packet of the gate would hold it."""
    named = get_object_or_404(queries.named_for(request.staff, today()), audit=audit_id, patient=patient_id)
    shown = services.look(named=named)
    if shown is None:
        raise Http404
    gate.audited(request.staff, named.patient)
    page = {
        "audit": named.audit,
        "patient": named.patient,
        "parts": [(DATA[data], items[:SHOWN], items[SHOWN:]) for data, items in shown.items()],
        "statement": part2.statement(),
    }
    return render(request, "audits/record.html", page)
