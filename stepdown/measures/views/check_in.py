"""A patient's own check-in: one page, under a minute."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.kernel.kept import kept_key
from stepdown.measures import queries
from stepdown.measures.forms_patients import CheckInForm
from stepdown.measures.services_check_in import check_in as keep
from stepdown.people.access import patient_page


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest) -> HttpResponse:
    """A page sends it by itself, and is answered with where to go on, when it had kept it on the device."""
    has_before = queries.check_ins(request.patient).exists()
    form = CheckInForm(request.POST if request.method == "POST" else None, has_before=has_before)
    by_script = "application/json" in request.headers.get("Accept", "")
    if request.method == "POST" and form.is_valid():
        kept = keep(patient=request.patient, **form.cleaned_data)
        onward = reverse("measures:checked_in", args=[kept.pk])
        return JsonResponse({"go": onward}) if by_script else redirect(onward)
    if by_script and form.errors:
        return JsonResponse({"why": " ".join(line.sentence for line in form.error_summary)}, status=422)
    page = {"form": form, "kept_key": kept_key(f"check-in {request.device.pk}")}
    return render(request, "measures/check_in.html", page, status=422 if form.errors else 200)


@patient_page
@never_cache
@require_safe
def checked_in(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Thanks, and help at once where the urge is strong or the mood very low."""
    kept = get_object_or_404(queries.check_ins(request.patient), pk=check_in_id)
    return render(request, "measures/checked_in.html", {"check_in": kept, "is_hard": queries.is_hard(kept)})
