"""A patient's own page about how they are reached."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from stepdown.outreach import my_contact as service
from stepdown.outreach.forms_contact import MyCodesForm, MyContactForm
from stepdown.people.access import patient_page
from stepdown.ui.tell import tell


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_contact(request: HttpRequest) -> HttpResponse:
    """What is changed here is kept once the codes are entered; "again" comes back from there."""
    sent = request.POST if request.method == "POST" else None
    form = MyContactForm(sent, patient=request.patient)
    if sent is not None and "again" not in sent and form.is_valid():
        if not form.changes:
            tell(request, _("Nothing is changed."))
            return redirect("outreach:my_contact")
        refused = service.ask(patient=request.patient, number=form.facts["phone"])
        if not refused:
            return _codes(request, form, _codes_form(form))
        form.add_error(None, refused)
    return _page(request, form)


@patient_page
@never_cache
@require_POST
def codes(request: HttpRequest) -> HttpResponse:
    form = MyContactForm(request.POST, patient=request.patient)
    if not form.is_valid():
        return _page(request, form)
    codes = _codes_form(form, request.POST)
    if codes.is_valid():
        wrong = service.change(patient=request.patient, facts=form.facts, typed=codes.cleaned_data)
        if not wrong:
            tell(request, _("Saved. This is how we reach you from now on."))
            return redirect("outreach:my_contact")
        for field, sentence in wrong.items():
            codes.add_error(field, sentence)
    return _codes(request, form, codes)


def _codes_form(form: MyContactForm, sent: object = None) -> MyCodesForm:
    return MyCodesForm(sent, is_new_number=form.facts["phone"] != form.initial["phone"])


def _page(request: HttpRequest, form: MyContactForm) -> HttpResponse:
    return render(request, "outreach/my_contact.html", {"form": form}, status=422 if form.errors else 200)


def _codes(request: HttpRequest, form: MyContactForm, codes: MyCodesForm) -> HttpResponse:
    page = {"changed": form, "form": codes, "phone": form.initial["phone"]}
    return render(request, "outreach/my_contact_codes.html", page, status=422 if codes.errors else 200)
