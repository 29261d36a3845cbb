"""The list of patients. Names are searched by POST, so that no address carries one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from stepdown.people.access import staff_page
from stepdown.placement import permissions, queries
from stepdown.placement.links import link_to


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.SEES_GROUPS)
def patients(request: HttpRequest) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    words = request.POST.get("q", "").replace("\x00", "").strip()[:80]
    visible = queries.patients_visible_to(request.staff)
    page = queries.patient_page(visible, words, queries.uuid_or_none(asked.get("after", "")), timezone.now())
    context = {
        "page": page,
        "words": words,
        "rows": [{"row": row, "url": link_to("desk:patient", row.patient.pk)} for row in page.rows],
        "waiting": queries.count_waiting(visible),
        "first": not asked.get("after"),
        "offer": permissions.offer_seats(request.staff),
    }
    return render(request, "placement/patients.html", context)
