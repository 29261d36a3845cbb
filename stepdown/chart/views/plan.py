"""The plan for staff: what is due, the plan of one person, its draft, the signature, progress, another date."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.chart import pages_plan as pages
from stepdown.chart import permissions_plan as permissions
from stepdown.chart import queries_plan as queries
from stepdown.chart import queries_supervised, services_deadlines, services_plan
from stepdown.chart.forms_plan import with_one_more, without
from stepdown.chart.forms_plan_acts import MoveForm, ProgressForm, SignPlanForm
from stepdown.chart.seen import ReadAgain
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.fresh import prove_before_file, prove_first
from stepdown.people.models import Role
from stepdown.placement.queries import patients_visible_to
from stepdown.privacy import gate
from stepdown.ui import pdf
from stepdown.ui.tell import tell

writes = staff_page(Role.COUNSELOR, Role.DIRECTOR)
reads = staff_page(*permissions.READS)


@writes
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    return render(request, "chart/plans.html", pages.due_page(request.staff))


@reads
@require_safe
def plan(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    return render(request, "chart/plan.html", pages.plan_page(patient, request.staff))


@writes
@require_POST
def begin_plan(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    permissions.write_plan(request.staff, patient).or_forbid()
    episode = queries.episode_of(patient)
    if episode is None or episode.ended_at:
        tell(request, _("A plan begins with an episode of care. There is none now."))
        return redirect("chart:plan", patient_id=patient.pk)
    version = services_plan.begin_version(episode=episode, by=request.staff)
    return redirect("chart:draft", version_id=version.pk)


@reads
@require_safe
def plan_version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    version = get_object_or_404(queries.versions_visible_to(request.staff), pk=version_id)
    page = pages.version_page(version)
    if pdf.wanted(request):
        prove_before_file(request)
        gate.inside(request.staff, version.episode.patient)
        ids = {"version_id": version.pk, "by": request.staff.pk}
        return pdf.answer(request, "chart/plan_pdf.html", page, file="plan", **ids)
    return render(request, "chart/plan_version.html", page)


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, version_id: UUID) -> HttpResponse:
    version = get_object_or_404(queries.versions_visible_to(request.staff), pk=version_id)
    permissions.write_draft(request.staff, version).or_forbid()
    if request.method != "POST":
        return render(request, "chart/draft.html", pages.draft_page(version, request.staff))
    form = pages.plan_form(version, request.POST)
    if form.is_valid():
        act, _colon, where = request.POST.get("act", "").partition(":")
        document, at = form.document(), ""
        if act == "add":
            document, at = with_one_more(document, where)
        elif act == "drop":
            document = without(document, where)
        try:
            services_plan.save_draft(
                version=version,
                document=document,
                review=form.cleaned_data.get("review", version.review),
                seen=form.cleaned_data["seen"],
                by=request.staff,
            )
        except services_plan.ChangedMeanwhile as broken:
            version.refresh_from_db()
            form.add_error(None, str(broken))
            form.now_knows(version.version)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            if act == "sign":
                return redirect("chart:sign_plan", version_id=version.pk)
            return redirect(f"{reverse('chart:draft', args=[version.pk])}{f'#id_{at}' if at else ''}")
    return render(request, "chart/draft.html", pages.draft_page(version, request.staff, form), status=422)


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def sign_plan(request: HttpRequest, version_id: UUID) -> HttpResponse:
    version = get_object_or_404(queries_supervised.versions_signed_by(request.staff), pk=version_id)
    permissions.sign_plan(request.staff, version).or_forbid()
    writes_it = permissions.write_draft(request.staff, version)
    if against := pages.against(version):
        tell(request, " ".join(against))
        return redirect("chart:draft", version_id=version.pk) if writes_it else redirect("chart:plans")
    prove_first(request)
    attestation = services_plan.attestation_of(version, request.staff)
    seen = services_plan.version_to_sign(version, attestation)
    form = SignPlanForm(request.POST if request.method == "POST" else None, initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        try:
            services_plan.sign_plan(
                version=version, attestation=attestation, seen=form.cleaned_data["seen"], by=request.staff
            )
        except ReadAgain as changed:
            version.refresh_from_db()
            attestation = services_plan.attestation_of(version, request.staff)
            form.add_error(None, str(changed))
            form.now_reads(services_plan.version_to_sign(version, attestation))
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, _("Signed. The plan is in force; it is on the person’s own page to read and sign."))
            if not writes_it:
                return redirect("chart:plans")
            return redirect("chart:plan", patient_id=version.episode.patient_id)
    page = pages.sign_page(version, form) | {"attestation": attestation, "writes_it": writes_it}
    return render(request, "chart/sign_plan.html", page, status=422 if form.errors else 200)


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest, objective_id: UUID) -> HttpResponse:
    objective = get_object_or_404(queries.objectives_visible_to(request.staff), pk=objective_id)
    permissions.write_progress(request.staff, objective).or_forbid()
    form = ProgressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services_plan.record_progress(
                objective=objective, on=timezone.localdate(), **form.cleaned_data, by=request.staff
            )
        except RuleBroken as broken:
            form.add_error("words", str(broken))
        else:
            tell(request, _("Progress written down."))
            return redirect("chart:plan", patient_id=objective.episode.patient_id)
    page = {
        "objective": objective,
        "patient": objective.episode.patient,
        "entries": objective.progress.select_related("by"),
        "form": form,
    }
    return render(request, "chart/progress.html", page, status=422 if form.errors else 200)


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def move_deadline(request: HttpRequest, deadline_id: UUID) -> HttpResponse:
    """The new date has the hour that the old one had."""
    deadline = get_object_or_404(queries.deadlines_visible_to(request.staff), pk=deadline_id)
    permissions.move_deadline(request.staff, deadline).or_forbid()
    form = MoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["due_on"]
        try:
            due_at = timezone.localtime(deadline.due_at).replace(year=on.year, month=on.month, day=on.day)
            services_deadlines.move_deadline(
                deadline=deadline, due_at=due_at, reason=form.cleaned_data["reason"], by=request.staff
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, _("Moved. The old date stays on the page."))
            return redirect("chart:plan", patient_id=deadline.episode.patient_id)
    page = {"deadline": deadline, "patient": deadline.episode.patient, "form": form}
    return render(request, "chart/move_deadline.html", page, status=422 if form.errors else 200)
