"""Staff send something of a patient's record: the gate speaks before anything is made."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.domain.documents import PDF
from stepdown.people.fresh import prove_before_file
from stepdown.people.models import Patient, Role
from stepdown.privacy import gate, part2, queries_received
from stepdown.privacy import queries_sending as queries
from stepdown.privacy import services_sending as services
from stepdown.privacy.domain.sharing import Data
from stepdown.privacy.forms_sending import SendForm
from stepdown.privacy.queries_self_pay import standing_of
from stepdown.privacy.queries_sharing import patients_kept_by, sees_chart, text_of
from stepdown.privacy.services_sharing import name_recipient
from stepdown.privacy.views.sharing import keeps_sharing
from stepdown.privacy.wording_sharing import DATA, part_of, title_of
from stepdown.ui import center, pdf
from stepdown.ui.files import to_keep
from stepdown.ui.tell import tell


@keeps_sharing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Asks the gate first; prepares a packet when it says yes and the same is sent with `act` prepare."""
    patient: Patient = get_object_or_404(patients_kept_by(request.staff), pk=patient_id)
    self_paid = standing_of(patient)
    names_law = bool(self_paid) and request.staff.has_role(Role.PRIVACY)
    sent = request.POST if request.method == "POST" else None
    form = SendForm(sent, patient=patient, may_name_a_law=names_law)
    answer = None
    if request.method == "POST" and form.is_valid():
        try:
            answer = _asked(request, patient, form)
        except RuleBroken as broken:
            form.add_error("first_on", str(broken))
        if answer and answer.packet:
            tell(request, "Prepared. It goes nowhere before you release it.")
            return redirect("privacy:packet", packet_id=answer.packet.pk)
    page = {"patient": patient, "form": form, "answer": answer, "self_paid": self_paid}
    is_no = bool(form.errors) or (answer is not None and not answer.verdict.allowed)
    return render(request, "privacy/send.html", page, status=422 if is_no else 200)


def _asked(request: HttpRequest, patient: Patient, form: SendForm) -> services.Answer:
    said = form.cleaned_data
    recipient = form.recipient or name_recipient(patient=patient, **form.new_recipient)
    what = {"recipient": recipient, "purpose": said["purpose"], "classes": said["classes"], "by": request.staff}
    what |= {"within": form.within, "by_law": said.get("by_law", "")}
    if request.POST.get("act") == "prepare":
        return services.prepare_packet(patient=patient, way=said["way"], **what)
    return services.ask_gate(patient=patient, **what)


@keeps_sharing
@never_cache
@require_safe
def packet(request: HttpRequest, packet_id: UUID) -> HttpResponse:
    return _page(request, get_object_or_404(queries.packets_kept_by(request.staff), pk=packet_id))


def _page(request: HttpRequest, found: Any, broken: str = "") -> HttpResponse:
    page = {
        "packet": found,
        "patient": found.patient,
        "classes": [label for data, label in DATA.items() if data in found.classes],
        "received": queries_received.received_by(found.patient) if Data.RECEIVED in found.classes else [],
        "statement": part2.statement(whole=False),
        "broken": broken,
    }
    return render(request, "privacy/packet.html", page, status=422 if broken else 200)


@keeps_sharing
@require_POST
def packet_act(request: HttpRequest, packet_id: UUID, act: str) -> HttpResponse:
    """Releases or cancels it."""
    found = get_object_or_404(queries.packets_kept_by(request.staff), pk=packet_id)
    if act not in ("release", "cancel"):
        raise Http404
    try:
        if act == "cancel":
            services.cancel(packet=found, why=f"By {request.staff.name}.")
            tell(request, "Cancelled. Nothing was sent.")
        elif services.release(packet=found, by=request.staff, write=_writer(request)):
            tell(request, "Released, and written down in the accounting.")
        else:
            tell(request, "The gate says no by now. Nothing was sent.")
    except RuleBroken as broken:
        return _page(request, found, str(broken))
    except pdf.NotAvailable:
        return render(request, "ui/no_pdf.html", status=503)
    return redirect("privacy:packet", packet_id=found.pk)


def _writer(request: HttpRequest) -> services.Write:
    """Makes the file: the whole statement first, the consent's scope, what is sent, and the consent word for word."""

    def write(contents: services.Contents) -> bytes:
        consent = contents.packet.consent
        with override("en"):
            page = {
                "packet": contents.packet,
                "patient": contents.packet.patient,
                "title": title_of(consent.kind),
                "items": [(part_of(consent.kind, data), found) for data, found in contents.items.items()],
                "statement": part2.STATEMENTS[contents.statement - 1],
                "scope": contents.scope,
                "consent": consent,
                "text": text_of(consent),
                "center": center.of(request),
                "made_when": pdf.made_when(timezone.now(), "en"),
            }
            made = render_to_string("privacy/packet_pdf.html", page, request)
            return pdf.written(made, language="en", attached=_attached(contents))

    return write


def _attached(contents: services.Contents) -> list[pdf.Attached]:
    """Files that came from elsewhere, each under the label it carries. Source: RULE PRIV-20."""
    now = timezone.now()
    return [
        pdf.Attached(item.file_name, f"{item.title}. {item.label}".strip(), item.file(), now)
        for items in contents.items.values()
        for item in items
        if item.file
    ]


@keeps_sharing
@never_cache
@require_safe
def packet_file(request: HttpRequest, packet_id: UUID) -> HttpResponse:
    """The file as it was released, byte for byte."""
    found = get_object_or_404(queries.packets_kept_by(request.staff), pk=packet_id)
    content = queries.content_of(found) if found.sent_at else b""
    if not content:
        raise Http404
    prove_before_file(request)
    gate.inside(request.staff, found.patient)
    return to_keep(HttpResponse(content, content_type=PDF), f"packet-{found.sent_at:%Y-%m-%d}.pdf")


@keeps_sharing
@never_cache
@require_safe
def accounting(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_kept_by(request.staff), pk=patient_id)
    years = queries.window(request.GET.get("years", ""))
    page = {
        "patient": patient,
        "years": years,
        "rows": queries.disclosures_of(patient, years=years, now=timezone.now()),
        "refused": queries.refused_of(patient),
        "packets": queries.packets_of(patient),
        "sees_chart": sees_chart(request.staff),
    }
    if pdf.wanted(request):
        prove_before_file(request)
        gate.inside(request.staff, patient)
        return pdf.answer(request, "privacy/accounting_pdf.html", page, file="accounting", patient_id=patient.pk)
    return render(request, "privacy/accounting.html", page)
