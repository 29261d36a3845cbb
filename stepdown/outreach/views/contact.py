"""Changing how a patient is reached: whoever gets the codes gets in, so it is proved first who asks for it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stepdown.outreach.forms_contact import ContactForm
from stepdown.outreach.views.links import CARE_TEAM
from stepdown.people import services
from stepdown.people.access import staff_page
from stepdown.people.proving import checked, first_proves
from stepdown.people.visibility import patients_visible_to
from stepdown.ui.tell import tell


@staff_page(*CARE_TEAM)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_data(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    sent = request.POST if request.method == "POST" else None
    form = ContactForm(sent, patient=patient, asks_code=asks_code)
    if sent is not None and checked(request, form):
        services.change_contact(patient=patient, facts=form.facts, by=request.staff)
        tell(request, _("The contact data are changed."))
        return redirect("outreach:patient_link", patient.pk)
    page = {"patient": patient, "form": form}
    return render(request, "outreach/contact_data.html", page, status=422 if form.errors else 200)
