"""By which agreements services of others are used."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.domain.documents import PDF
from stepdown.privacy import permissions_vendors as permissions
from stepdown.privacy import queries_vendors as queries
from stepdown.privacy import services_vendors as services
from stepdown.privacy.days import today
from stepdown.privacy.forms_vendors import AgreementForm, EndForm
from stepdown.privacy.wording_vendors import SAYS
from stepdown.ui.files import to_keep
from stepdown.ui.tell import tell

keeper = staff_page(*permissions.KEEPS_AGREEMENTS)


@keeper
@never_cache
@require_safe
def vendors(request: HttpRequest) -> HttpResponse:
    """Every service with what covers it, and every agreement there was."""
    rows, on = list(queries.agreements()), today()
    standings = queries.standings(rows, on)
    page = {
        "standings": standings,
        "off": [one for one in standings if one.is_off],
        "ending": queries.ending(rows, on),
        "filed": [queries.filed(row, on) for row in rows],
    }
    return render(request, "privacy/vendors.html", page)


@keeper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AgreementForm(*sent, initial={"services": request.GET.getlist("for"), "begins_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.record(by=request.staff, **form.terms)
        except RuleBroken as broken:
            form.add_error(broken.rule if broken.rule in form.fields else None, str(broken))
        else:
            tell(request, "On file. What it covers may be used from its first day.")
            return redirect("privacy:agreement", made.pk)
    return render(request, "privacy/new_agreement.html", {"form": form}, status=422 if form.errors else 200)


@keeper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """What it says; by POST, its end before its time."""
    found = get_object_or_404(queries.agreements(), pk=agreement_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        permissions.end(found).or_forbid()
        if form.is_valid():
            try:
                services.end(agreement=found, why=form.cleaned_data["why"], by=request.staff)
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                tell(request, "Ended. What no other agreement covers is off.")
                return redirect("privacy:agreement", found.pk)
    page = {
        "filed": queries.filed(found, today()),
        "says": [words for what, words in SAYS.items() if what in found.says],
        "form": form,
    }
    return render(request, "privacy/agreement.html", page, status=422 if form.errors else 200)


@keeper
@never_cache
@require_safe
def agreement_file(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """The document as it was sent to us, to keep; it is about no patient. Never shown within a page."""
    found = get_object_or_404(queries.documents(), pk=agreement_id)
    answer = HttpResponse(bytes(found.document), content_type=PDF)
    return to_keep(answer, f"vendor-agreement-{found.begins_on:%Y-%m-%d}.pdf")
