"""Licenses and their certificates: for administrators and directors, and one's own to read."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from stepdown.kernel.db import RuleBroken
from stepdown.people import licenses, permissions, services_licenses
from stepdown.people.access import staff_page
from stepdown.people.forms_licenses import DocumentForm, EndForm, LicenseForm, RenewForm
from stepdown.people.supervision import supervisions_of
from stepdown.ui.fields import Form
from stepdown.ui.files import to_keep
from stepdown.ui.tell import tell

CHANGES = permissions.CHANGES_LICENSES
# Beside which field the sentence of a broken rule stands.
BESIDE = {
    "license_number_once": "number",
    "license_ends_after_it_begins": "expires_on",
    "license_ended_on_a_day": "expires_on",
    "license_state_is_known": "state",
}


@staff_page()
def of_one(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """All licenses of one person."""
    person = get_object_or_404(licenses.staff_with_licenses_visible_to(request.staff), pk=staff_id)
    page = {
        "person": person,
        "licenses": licenses.licenses_of(person),
        "supervisions": supervisions_of(person),
        "may_change": permissions.change_licenses(request.staff, person),
        "mine": person.pk == request.staff.pk,
    }
    return render(request, "people/licenses.html", page)


@staff_page(*CHANGES)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    person = get_object_or_404(licenses.staff_with_licenses_visible_to(request.staff), pk=staff_id)
    permissions.change_licenses(request.staff, person).or_forbid()
    form = LicenseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = services_licenses.add_license(staff=person, by=request.staff, **form.cleaned_data)
        except RuleBroken as broken:
            _say(form, broken)
        else:
            tell(request, _("The license is on the list. Put the certificate beside it."))
            return redirect("people:license", added.pk)
    page = {"person": person, "form": form}
    return render(request, "people/license_form.html", page, status=422 if form.errors else 200)


@staff_page()
@never_cache
def license(request: HttpRequest, license_id: UUID) -> HttpResponse:
    """One license, its certificates, and everything that happened to it."""
    found = get_object_or_404(licenses.licenses_visible_to(request.staff), pk=license_id)
    return _page(request, found)


@staff_page(*CHANGES)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, license_id: UUID) -> HttpResponse:
    found = _changeable(request, license_id)
    form = LicenseForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services_licenses.correct_license(license=found, by=request.staff, **form.cleaned_data)
        except RuleBroken as broken:
            _say(form, broken)
        else:
            tell(request, _("Corrected. What it said before is kept below."))
            return redirect("people:license", found.pk)
    page = {"person": found.staff, "license": found, "form": form}
    return render(request, "people/license_form.html", page, status=422 if form.errors else 200)


@staff_page(*CHANGES)
@require_POST
def renew(request: HttpRequest, license_id: UUID) -> HttpResponse:
    found, form = _changeable(request, license_id), RenewForm(request.POST)
    permissions.renew_or_end(request.staff, found).or_forbid()
    if form.is_valid():
        try:
            valid = services_licenses.renew_license(license=found, by=request.staff, **form.cleaned_data)
        except RuleBroken as broken:
            _say(form, broken)
        else:
            tell(request, _("Renewed. Put the new certificate beside it."))
            return redirect("people:license", valid.pk)
    return _page(request, found, renewing=form)


@staff_page(*CHANGES)
@require_POST
def end(request: HttpRequest, license_id: UUID) -> HttpResponse:
    found, form = _changeable(request, license_id), EndForm(request.POST)
    permissions.renew_or_end(request.staff, found).or_forbid()
    if form.is_valid():
        try:
            services_licenses.end_license(license=found, by=request.staff, **form.cleaned_data)
        except RuleBroken as broken:
            _say(form, broken, license_ends_after_it_begins="last_on")
        else:
            tell(request, _("The license ends that day."))
            return redirect("people:license", found.pk)
    return _page(request, found, ending=form)


@staff_page(*CHANGES)
@require_POST
def add_document(request: HttpRequest, license_id: UUID) -> HttpResponse:
    found, form = _changeable(request, license_id), DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services_licenses.add_document(license=found, content=form.cleaned_data["file"], by=request.staff)
        except RuleBroken as broken:
            form.add_error("file", str(broken))
        else:
            tell(request, _("The certificate is kept with the license."))
            return redirect("people:license", found.pk)
    return _page(request, found, proving=form)


@staff_page()
@never_cache
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """A certificate as a file to keep. Never shown within a page, whatever is in it."""
    found = get_object_or_404(licenses.documents_visible_to(request.staff), pk=document_id)
    answer = HttpResponse(bytes(found.content), content_type=found.kind)
    return to_keep(answer, f"license-{found.license.state}-{found.added_at:%Y-%m-%d}.{found.ending}")


@staff_page(*CHANGES)
@require_POST
def take_out(request: HttpRequest, document_id: UUID) -> HttpResponse:
    found = get_object_or_404(licenses.documents_visible_to(request.staff), pk=document_id)
    permissions.change_licenses(request.staff, found.license.staff).or_forbid()
    services_licenses.take_document_out(document=found, by=request.staff)
    tell(request, _("The document is gone. No copy stays."))
    return redirect("people:license", found.license_id)


def _changeable(request: HttpRequest, license_id: UUID) -> Any:
    found = get_object_or_404(licenses.licenses_visible_to(request.staff), pk=license_id)
    permissions.change_licenses(request.staff, found.staff).or_forbid()
    return found


def _say(form: Form, broken: RuleBroken, **beside: str) -> None:
    """Puts the sentence beside its field; one that no field is asked for stands above the form."""
    field = beside.get(broken.rule) or BESIDE.get(broken.rule, broken.rule)
    form.add_error(field if field in form.fields else None, str(broken))


def _page(
    request: HttpRequest,
    license: Any,
    renewing: RenewForm | None = None,
    ending: EndForm | None = None,
    proving: DocumentForm | None = None,
) -> HttpResponse:
    """The page of a license; with one of its forms when it was refused."""
    page = {
        "license": license,
        "person": license.staff,
        "facts": licenses.standing_of(license),
        "documents": license.documents.defer("content").select_related("added_by"),
        "history": licenses.history_of(license),
        "may_change": permissions.change_licenses(request.staff, license.staff),
        "may_end": permissions.renew_or_end(request.staff, license),
        "renewing": renewing or RenewForm(),
        "ending": ending or EndForm(),
        "proving": proving or DocumentForm(),
    }
    return render(request, "people/license.html", page, status=422 if renewing or ending or proving else 200)
