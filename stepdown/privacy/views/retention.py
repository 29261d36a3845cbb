"""How long records are kept, and what holds them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.models import Patient
from stepdown.people.proving import checked, first_proves
from stepdown.privacy import permissions_retention as permissions
from stepdown.privacy import queries_retention as queries
from stepdown.privacy import retention, strangers
from stepdown.privacy import services_retention as services
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.forms_retention import HoldForm, LiftHoldForm, PolicyForm, TimeHoldForm
from stepdown.privacy.views.finding import looked_for, status_of
from stepdown.privacy.views.looks import officer
from stepdown.ui.tell import tell

keeper = staff_page(*permissions.SEES_RETENTION)


@keeper
@never_cache
@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """The table of the center, and what was decided before."""
    page = {
        "standings": queries.standings().values(),
        "decided": queries.decided(),
        "kept": retention.kept().values(),
        "may_change": permissions.keep_policy(request.staff),
    }
    return render(request, "privacy/retention_policy.html", page)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, record_class: str) -> HttpResponse:
    if record_class not in list(RecordClass):
        raise Http404
    permissions.keep_policy(request.staff).or_forbid()
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    each = RecordClass(record_class)
    standing = queries.standings()[each]
    now = {name: getattr(standing.rule, name) for name in ("years", "counts_from", "minors_until", "source")}
    data = request.POST if request.method == "POST" else None
    form = PolicyForm(data, initial=now, record_class=each, asks_code=asks_code)
    if request.method == "POST" and checked(request, form):
        try:
            services.decide_policy(record_class=each, rule=form.rule, why=form.cleaned_data["why"], by=request.staff)
        except RuleBroken as broken:
            form.add_error("years", str(broken))
        else:
            tell(request, "Kept. What is due is being worked out again.")
            return redirect("privacy:retention_policy")
    page = {"form": form, "standing": standing, "decided": queries.decided(each)}
    return render(request, "privacy/change_retention.html", page, status=422 if form.errors else 200)


@keeper
@never_cache
@require_safe
def holds(request: HttpRequest) -> HttpResponse:
    rows = queries.on_whom(queries.holds_for(request.staff)[: queries.SHOWN])
    page = {
        "may_hold": permissions.hold(request.staff),
        "standing": [(row, whose) for row, whose in rows if row.lifted_at is None],
        "lifted": [(row, whose) for row, whose in rows if row.lifted_at],
    }
    return render(request, "privacy/holds.html", page)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_hold(request: HttpRequest) -> HttpResponse:
    """Whose record is to be held is looked for by POST, so that no address tells their name."""
    page = looked_for(request, asks="A name, or how it begins")
    if "found" in page:
        page["strangers"] = strangers.found_by_name(page["form"].cleaned_data["name"])
    return render(request, "privacy/new_hold.html", page, status=status_of(page))


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hold_patient(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(Patient, pk=patient_id)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.hold(patient=patient, by=request.staff, **form.cleaned_data)
        tell(request, "Held. Nothing of this record is destroyed.")
        return redirect("privacy:holds")
    page = {"form": form, "whose": patient.name, "standing": queries.holds_on(patient.pk)}
    return render(request, "privacy/hold.html", page, status=422 if form.errors else 200)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hold_stranger(request: HttpRequest, root_id: UUID) -> HttpResponse:
    """What came in of somebody who never became a patient."""
    whose = strangers.said([root_id]).get(root_id)
    if whose is None:
        raise Http404
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.hold(stranger=root_id, by=request.staff, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Held. Nothing of this is destroyed.")
            return redirect("privacy:holds")
    page = {"form": form, "whose": whose, "is_stranger": True, "standing": queries.holds_on(root_id)}
    return render(request, "privacy/hold.html", page, status=422 if form.errors else 200)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hold_time(request: HttpRequest) -> HttpResponse:
    form = TimeHoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.hold(by=request.staff, **form.cleaned_data)
        tell(request, "Held. Nothing of whoever has records of these days is destroyed.")
        return redirect("privacy:holds")
    return render(request, "privacy/hold.html", {"form": form}, status=422 if form.errors else 200)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lift_hold(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    standing = get_object_or_404(queries.holds_for(request.staff), pk=hold_id, lifted_at=None)
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    form = LiftHoldForm(request.POST if request.method == "POST" else None, asks_code=asks_code)
    if request.method == "POST" and checked(request, form):
        try:
            services.lift(hold=standing, why=form.cleaned_data["words"], by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Lifted.")
            return redirect("privacy:holds")
    ((_one, whose),) = queries.on_whom([standing])
    page = {"form": form, "one": standing, "whose": whose}
    return render(request, "privacy/lift_hold.html", page, status=422 if form.errors else 200)
