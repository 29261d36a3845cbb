"""Staff prepare consents to share with a patient, see how they stand, and write down what becomes of them."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.models import Patient
from stepdown.privacy import permissions_sharing as permissions
from stepdown.privacy import queries_sharing as queries
from stepdown.privacy import services_sharing as services
from stepdown.privacy.domain.fits import FITS
from stepdown.privacy.domain.sharing import Kind
from stepdown.privacy.forms_sharing import ConsentForm, WordsForm
from stepdown.privacy.models import ConsentEvent
from stepdown.privacy.permissions_minors import DECIDES_ON_MINORS
from stepdown.privacy.permissions_vendors import KEEPS_AGREEMENTS
from stepdown.privacy.queries import missing_consents
from stepdown.privacy.queries_minors import agreements_waiting, is_minor, parent_of_patient
from stepdown.privacy.queries_notice import standing
from stepdown.privacy.queries_retention import holds_shown
from stepdown.privacy.queries_self_pay import standing_of
from stepdown.privacy.queries_sending import emergencies_kept_by
from stepdown.privacy.queries_vendors import off
from stepdown.privacy.wording_consents import refusal_consequences
from stepdown.privacy.wording_sharing import KINDS
from stepdown.ui.tell import tell

keeps_sharing = staff_page(*queries.KEEPS_SHARING)
What = ConsentEvent.What


@keeps_sharing
@never_cache
@require_safe
def sharing(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(queries.patients_kept_by(request.staff), pk=patient_id)
    now = timezone.now()
    parents = list(queries.parents_kept_by(request.staff).filter(patient=patient))
    page = {
        "patient": patient,
        "parents": parents,
        "named": any(parent.ended_at is None for parent in parents),
        "waits": agreements_waiting(patient) if is_minor(patient, now) else [],
        "decides": request.staff.has_role(*DECIDES_ON_MINORS),
        "consents": queries.sharing_of(patient, now),
        "refusal": queries.payment_is_refused(patient),
        "on_paper": queries.signs_on_paper(patient),
        "unsigned": len(missing_consents(patient)),
        "notice": standing(patient),
        "self_paid": standing_of(patient),
        "kinds": [(kind, KINDS[kind]) for kind in FITS],
        "tasks": queries.tasks_of(request.staff).filter(patient=patient),
        "sees_chart": queries.sees_chart(request.staff),
        "emergency": emergencies_kept_by(request.staff).filter(patient=patient).first(),
        "holds": holds_shown(request.staff, patient),
        "bases": [(basis, basis.label) for basis in permissions.bases_of(request.staff)],
    }
    return render(request, "privacy/sharing.html", page)


@keeps_sharing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, patient_id: UUID, kind: str) -> HttpResponse:
    patient = get_object_or_404(queries.patients_kept_by(request.staff), pk=patient_id)
    if kind not in FITS:
        raise Http404
    today = timezone.localdate(timezone=ZoneInfo(patient.time_zone))
    form = ConsentForm(request.POST if request.method == "POST" else None, kind=Kind(kind), today=today)
    if request.method == "POST" and form.is_valid():
        told = form.recipient
        recipient = services.name_recipient(patient=patient, **told) if told else None
        try:
            consent = services.prepare(
                patient=patient, kind=Kind(kind), recipient=recipient, terms=form.terms, by=request.staff
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Prepared. It waits on the patient’s page to be read and signed.")
            return redirect("privacy:consent", sharing_id=consent.pk)
    page = {"patient": patient, "form": form, "kind": kind, "kind_said": KINDS[Kind(kind)]}
    return render(request, "privacy/new_consent.html", page, status=422 if form.errors else 200)


@keeps_sharing
@never_cache
@require_safe
def consent(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    return _page(request, get_object_or_404(queries.consents_kept_by(request.staff), pk=sharing_id), WordsForm())


def _page(request: HttpRequest, row: Any, form: WordsForm) -> HttpResponse:
    shown = queries.shown_with_looks(row, timezone.now())
    page = {
        "shown": shown,
        "consent": row,
        "patient": row.patient,
        "text": queries.text_of(row),
        "parent": parent_of_patient(row.patient) if shown.state == "waits" else None,
        "form": form,
        "may_say_false": permissions.mark_false(request.staff, row),
    }
    return render(request, "privacy/consent.html", page, status=422 if form.errors else 200)


@keeps_sharing
@require_POST
def consent_act(request: HttpRequest, sharing_id: UUID, act: str) -> HttpResponse:
    """Throws a draft away, or writes down that the patient told us to stop or sent it in writing, that the event it
    ends with came about, that it can be taken back now, or that it is false."""
    row = get_object_or_404(queries.consents_kept_by(request.staff), pk=sharing_id)
    if act == "discard":
        permissions.discard(request.staff, row).or_forbid()
        services.discard(consent=row)
        tell(request, "The draft is thrown away.")
        return redirect("privacy:sharing", patient_id=row.patient_id)
    if act == What.FALSE:
        permissions.mark_false(request.staff, row).or_forbid()
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            tell(request, _write_down(act, row, request, form.cleaned_data["words"]))
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return redirect("privacy:consent", sharing_id=row.pk)
    return _page(request, row, form)


def _write_down(act: str, row: Any, request: HttpRequest, words: str) -> str:
    """Gives what the reader is told."""
    if act == What.STOPPED:
        services.stop(consent=row, by=request.staff, words=words)
        return "Nothing more is shared by it. Now get it in writing."
    if act == What.REVOKED:
        services.revoke(consent=row, by=request.staff, words=words)
        return "It is taken back."
    if act in (What.ENDED, What.REVOCABLE, What.FALSE):
        services.tell(consent=row, what=What(act), by=request.staff, words=words)
        return "Written down."
    raise Http404


@keeps_sharing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_tpo(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """The patient refuses the consent for payment, after hearing what follows. Source: RULE PRIV-12."""
    patient: Patient = get_object_or_404(queries.patients_kept_by(request.staff), pk=patient_id)
    if request.method == "POST":
        services.refuse_tpo(patient=patient, by=request.staff)
        tell(request, "Written down. Nothing goes to a payer, and the account waits to be looked over.")
        return redirect("privacy:sharing", patient_id=patient.pk)
    return render(request, "privacy/refuse_tpo.html", {"patient": patient, "explained": refusal_consequences()})


@keeps_sharing
@never_cache
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    page = {
        "tasks": queries.tasks_of(request.staff),
        "may": permissions.finish_task(request.staff),
        "emergencies": emergencies_kept_by(request.staff),
        "off": off(),
        "keeps_agreements": request.staff.has_role(*KEEPS_AGREEMENTS),
    }
    return render(request, "privacy/work.html", page)


@keeps_sharing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def finish_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    task = get_object_or_404(queries.tasks_of(request.staff), pk=task_id)
    permissions.finish_task(request.staff).or_forbid()
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.finish_task(task=task, by=request.staff, outcome=form.cleaned_data["words"])
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Done.")
            return redirect("privacy:work")
    page = {"task": task, "form": form}
    return render(request, "privacy/finish_task.html", page, status=422 if form.errors else 200)
