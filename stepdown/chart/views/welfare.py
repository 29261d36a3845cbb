"""Who did not come: the list of what stands, and one person's steps."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.chart import pages_welfare as pages
from stepdown.chart import permissions_welfare as permissions
from stepdown.chart import queries_welfare as queries
from stepdown.chart import services_welfare as services
from stepdown.chart.forms_welfare import StepForm
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.ui.tell import tell

reads = staff_page(*permissions.READS)


@reads
@never_cache
@require_safe
def missed_list(request: HttpRequest) -> HttpResponse:
    """Everyone who did not come and is not known to be safe, what is due first on top."""
    now = timezone.now()
    rows = list(queries.to_reach(request.staff))
    late = sum(row.next_at is not None and row.next_at <= now for row in rows)
    return render(request, "chart/missed_list.html", {"rows": rows, "late": late, "now": now})


@reads
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def missed(request: HttpRequest, missed_id: UUID) -> HttpResponse:
    """What was done, how to reach them, what stands next; one tap writes down what came of it."""
    found = get_object_or_404(queries.visible_to(request.staff), pk=missed_id)
    if request.method != "POST":
        return render(request, "chart/missed.html", pages.page(found, request.staff, StepForm()))
    permissions.log_step(request.staff, found).or_forbid()
    form = StepForm(_tapped(request) or request.POST)
    if form.is_valid():
        try:
            services.log_step(missed=found, **form.cleaned_data, by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, _("Written down."))
            return redirect("chart:missed", missed_id=found.pk)
    return render(request, "chart/missed.html", pages.page(found, request.staff, form), status=422)


def _tapped(request: HttpRequest) -> dict[str, str]:
    """What one tap says: the act that stood next, what came of it and how; nothing when the form was sent."""
    came, _colon, how = request.POST.get("tap", "").partition(":")
    return {"act": request.POST.get("act", ""), "came": came, "how": how} if came else {}
