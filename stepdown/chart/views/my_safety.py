"""The safety plan on the patient's own phone: call somebody, go through it, write it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.chart import pages_safety as pages
from stepdown.chart import queries_safety as queries
from stepdown.chart import services_safety as services
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import patient_page
from stepdown.ui.tell import tell


@patient_page
@never_cache
@require_safe
def my_safety_plan(request: HttpRequest) -> HttpResponse:
    return render(request, "chart/my_safety_plan.html", pages.read_page(queries.safety_plan_of(request.patient)))


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_my_safety_plan(request: HttpRequest) -> HttpResponse:
    """What staff saved meanwhile stands above what was typed, and the next save is a decision."""
    form = pages.form_of(queries.safety_plan_of(request.patient), request.POST if request.method == "POST" else None)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            services.write_safety_plan(
                patient=request.patient,
                document=form.document(),
                seen=form.cleaned_data["seen"],
                by=None,
                device=request.device,
            )
        except services.ChangedMeanwhile as broken:
            theirs = broken.theirs
            form.add_error(None, str(broken))
            form.now_knows(theirs.number)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, _("Saved. Your plan is here whenever you need it."))
            return redirect("chart:my_safety_plan")
    page = {"form": form, "theirs": pages.parts_of(theirs.document) if theirs else None}
    return render(request, "chart/write_my_safety_plan.html", page, status=422 if form.errors else 200)
