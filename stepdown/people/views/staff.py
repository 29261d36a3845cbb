"""Who works here: for administrators."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people import permissions, queries, services
from stepdown.people.access import staff_page
from stepdown.people.forms_staff import ChangedContactForm, ContactForm, StaffForm
from stepdown.people.homes import home_address_of
from stepdown.people.licenses import licenses_of
from stepdown.people.proving import checked, first_proves
from stepdown.people.sessions import sessions_of
from stepdown.people.supervision import supervisions_of
from stepdown.ui.tell import tell

ADMINISTRATOR = "administrator"


@staff_page(ADMINISTRATOR)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "people/staff_list.html", queries.staff_list())


@staff_page(ADMINISTRATOR)
def add(request: HttpRequest) -> HttpResponse:
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            staff = services.enroll_staff(**form.cleaned_data, password_is_first=True)
        except RuleBroken as broken:
            form.add_error("email", str(broken))
        else:
            tell(request, _("The account is ready. At the first sign-in they choose a password and a second step."))
            return redirect("people:staff", staff.pk)
    return render(request, "people/staff_new.html", {"form": form}, status=422 if form.errors else 200)


@staff_page(ADMINISTRATOR)
@require_safe
def staff(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """One person: their account and their licenses."""
    person = get_object_or_404(queries.staff_visible_to(request.staff), pk=staff_id)
    page = {
        "person": person,
        "home": home_address_of(person, request.staff),
        "may_change_contact": permissions.change_contact(request.staff, person),
        "licenses": licenses_of(person),
        "supervisions": supervisions_of(person),
        "may_change": permissions.change_licenses(request.staff, person),
        "sessions": sessions_of(person.account),
        "may_reset": permissions.reset_second_factor(request.staff, person),
        "resets": person.second_factor_resets.select_related("by"),
        "may_sign_out": permissions.sign_out(request.staff, person),
        "may_end": permissions.end_staff(request.staff, person),
    }
    return render(request, "people/staff.html", page)


@staff_page(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Where somebody is reached and lives: written down, changed, or taken out by leaving it empty."""
    person = get_object_or_404(queries.staff_visible_to(request.staff), pk=staff_id)
    permissions.change_contact(request.staff, person).or_forbid()
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    there = home_address_of(person, request.staff)
    begins = {"phone": person.phone}
    if there:
        begins |= {"address_line": there.address_line, "postal_code": there.postal_code}
    sent = request.POST if request.method == "POST" else None
    form = ChangedContactForm(sent, initial=begins, asks_code=asks_code)
    if sent is not None and checked(request, form):
        facts = {name: form.cleaned_data[name] for name in ContactForm.base_fields}
        services.write_contact_down(staff=person, **facts, by=request.staff)
        tell(request, _("Saved."))
        return redirect("people:staff", person.pk)
    return render(request, "people/contact.html", {"person": person, "form": form}, status=422 if form.errors else 200)


@staff_page(ADMINISTRATOR)
@require_POST
def end(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    person = get_object_or_404(queries.staff_visible_to(request.staff), pk=staff_id)
    permissions.end_staff(request.staff, person).or_forbid()
    services.end_staff(staff=person, by=request.staff)
    tell(request, _("The account has ended. Nobody is signed in with it any more."))
    return redirect("people:people")
