"""The safety plan for staff: read it, print it, write it together with the person, see earlier versions."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.chart import pages_safety as pages
from stepdown.chart import permissions_safety as permissions
from stepdown.chart import queries_safety as queries
from stepdown.chart import services_safety as services
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.models import Role
from stepdown.placement.queries import patients_visible_to
from stepdown.ui.tell import tell

reads = staff_page(*permissions.READS)


@reads
@require_safe
def safety_plan(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    return render(request, "chart/safety_plan.html", pages.staff_page(patient, request.staff))


@reads
@require_safe
def safety_plan_version(request: HttpRequest, safety_plan_id: UUID) -> HttpResponse:
    plan = get_object_or_404(queries.safety_plans_visible_to(request.staff), pk=safety_plan_id)
    page = pages.read_page(plan) | {"patient": plan.patient}
    return render(request, "chart/safety_plan_version.html", page)


@staff_page(Role.COUNSELOR, Role.DIRECTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def write_safety_plan(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """What somebody else saved meanwhile stands beside what was typed, and the next save is a decision."""
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    permissions.write_safety_plan(request.staff, patient).or_forbid()
    form = pages.form_of(queries.safety_plan_of(patient), request.POST if request.method == "POST" else None)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            services.write_safety_plan(
                patient=patient, document=form.document(), seen=form.cleaned_data["seen"], by=request.staff
            )
        except services.ChangedMeanwhile as broken:
            theirs = broken.theirs
            form.add_error(None, str(broken))
            form.now_knows(theirs.number)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, _("Saved. It is on the person’s own phone now."))
            return redirect("chart:safety_plan", patient_id=patient.pk)
    page = {"patient": patient, "form": form, "theirs": pages.parts_of(theirs.document) if theirs else None}
    return render(request, "chart/write_safety_plan.html", page, status=422 if form.errors else 200)
