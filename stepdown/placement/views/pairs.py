"""Who is kept apart from one patient, and who would like to sit with them. Names are searched by POST."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.placement import permissions, queries, services_pairs
from stepdown.placement.forms_pairs import APART, FindForm, PairForm
from stepdown.ui.tell import tell


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.SEES_GROUPS)
def pairs(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(queries.patients_visible_to(request.staff), pk=patient_id)
    if request.method != "POST":
        return _page(request, patient)
    act = {"find": _find, "with_patient": _with_patient, "with_staff": _with_staff, "end": _end}.get(
        request.POST.get("act", "")
    )
    if act is None:
        return _page(request, patient, refused="Choose what to do.")
    return act(request, patient)


def _find(request: HttpRequest, patient: Any) -> HttpResponse:
    form = FindForm(request.POST)
    if not form.is_valid():
        return _page(request, patient, find=form, status=422)
    found = queries.found_by_name(request.staff, form.cleaned_data["words"], but=patient)
    return _page(request, patient, find=form, found=found)


def _with_patient(request: HttpRequest, patient: Any) -> HttpResponse:
    asked = queries.uuid_or_none(request.POST.get("other", ""))
    other = queries.patients_visible_to(request.staff).filter(pk=asked).first() if asked else None
    if other is None:
        return _page(request, patient, refused="Look the other patient up by name first.")
    if request.POST.get("step") == "choose":
        return _page(request, patient, other=other, form=PairForm(initial={"other": other.pk}, with_staff=False))
    form = PairForm(request.POST, with_staff=False)
    if not form.is_valid():
        return _page(request, patient, other=other, form=form, status=422)
    values = form.cleaned_data
    return _save(request, patient, form, other=other, apart=values["how"] == APART)


def _with_staff(request: HttpRequest, patient: Any) -> HttpResponse:
    form = PairForm(request.POST, with_staff=True)
    if not form.is_valid():
        return _page(request, patient, staff_form=form, status=422)
    return _save(request, patient, form, staff=form.cleaned_data["staff"])


def _save(request: HttpRequest, patient: Any, form: PairForm, **who: Any) -> HttpResponse:
    values = form.cleaned_data
    try:
        pair = services_pairs.pair_up(
            patient=patient, kind=values["kind"], reason=values["reason"], by=request.staff, **who
        )
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        if "staff" in who:
            return _page(request, patient, staff_form=form, status=422)
        return _page(request, patient, other=who["other"], form=form, status=422)
    both = queries.shared_groups(pair, timezone.now()) if pair.apart else []
    tell(request, f"Saved. Both are in {both[0]} now: move one of them." if both else "Saved.")
    return redirect("placement:pairs", patient.pk)


def _end(request: HttpRequest, patient: Any) -> HttpResponse:
    asked = queries.uuid_or_none(request.POST.get("pair", ""))
    pair = queries.pairs_of(patient).filter(pk=asked).first() if asked else None
    if pair is None:
        return _page(request, patient, refused="This has ended already.")
    permissions.end_pair(request.staff, pair).or_forbid()
    services_pairs.end_pair(pair=pair, by=request.staff)
    tell(request, "Ended.")
    return redirect("placement:pairs", patient.pk)


def _page(
    request: HttpRequest,
    patient: Any,
    *,
    find: FindForm | None = None,
    found: list[Any] | None = None,
    other: Any = None,
    form: PairForm | None = None,
    staff_form: PairForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "patient": patient,
        "lines": queries.pair_lines(patient, request.staff, timezone.now()),
        "find": find or FindForm(),
        "found": found,
        "other": other,
        "form": form,
        "staff_form": staff_form or PairForm(with_staff=True),
        "episode": queries.open_episode(patient),
        "offer": permissions.offer_seats(request.staff),
        "refused": refused,
    }
    return render(request, "placement/pairs.html", context, status=422 if refused else status)
