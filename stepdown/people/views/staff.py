"""Who works here: for administrators."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people import permissions, queries, services, services_reset
from stepdown.people.access import staff_page
from stepdown.people.forms_staff import ChangedContactForm, ContactForm, RolesForm, StaffForm, WhoForm
from stepdown.people.homes import home_address_of
from stepdown.people.licenses import licenses_of
from stepdown.people.models import Staff
from stepdown.people.proving import checked, first_proves
from stepdown.people.services_reset import OPENS_FOR
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
    if request.method == "POST" and form.is_valid() and (known := queries.who_left_with(form.cleaned_data["email"])):
        said = _("This address was that of %(name)s, who worked here before. Open that account again on its page.")
        form.add_error("email", said % {"name": known.name})
    elif request.method == "POST" and form.is_valid():
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
        "may_change_roles": permissions.change_roles(request.staff, person),
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
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """What a colleague is called and may do."""
    person = get_object_or_404(queries.staff_visible_to(request.staff), pk=staff_id)
    permissions.change_roles(request.staff, person).or_forbid()
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    form = _roles_form(request, person, asks_code)
    if request.method == "POST" and checked(request, form):
        facts = {name: form.cleaned_data[name] for name in WhoForm.base_fields}
        try:
            services.change_roles(staff=person, **facts, by=request.staff)
        except RuleBroken as broken:
            form.add_error("roles", str(broken))
        else:
            tell(request, _("Saved."))
            return redirect("people:staff", person.pk)
    return render(request, "people/roles.html", {"person": person, "form": form}, status=422 if form.errors else 200)


def _roles_form(request: HttpRequest, person: Staff, asks_code: bool) -> RolesForm:
    begins = {"name": person.name, "letters": person.letters, "roles": person.roles}
    return RolesForm(request.POST if request.method == "POST" else None, initial=begins, asks_code=asks_code)


@staff_page(ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_again(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Somebody who left works here again. Shows the password to hand over once, on the answer to the form."""
    person = get_object_or_404(queries.staff_visible_to(request.staff), pk=staff_id)
    permissions.open_again(request.staff, person).or_forbid()
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    form = _roles_form(request, person, asks_code)
    page = {"person": person, "form": form, "hours": int(OPENS_FOR.total_seconds() // 3600)}
    page["directory"] = settings.DIRECTORY_NAME
    if request.method == "POST" and checked(request, form):
        facts = {name: form.cleaned_data[name] for name in WhoForm.base_fields}
        try:
            page["password"] = services_reset.open_again(staff=person, **facts, by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            page["is_open"] = True
    return render(request, "people/open_again.html", page, status=422 if form.errors else 200)


@staff_page(ADMINISTRATOR)
@require_POST
def end(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    person = get_object_or_404(queries.staff_visible_to(request.staff), pk=staff_id)
    permissions.end_staff(request.staff, person).or_forbid()
    try:
        services.end_staff(staff=person, by=request.staff)
    except RuleBroken as broken:
        tell(request, str(broken))
        return redirect("people:staff", person.pk)
    tell(request, _("The account has ended. Nobody is signed in with it any more."))
    return redirect("people:people")
