"""A patient's way in, and the staff's page about it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from stepdown.outreach import entry, gateways, permissions, queries, replies, services
from stepdown.outreach.forms import BornForm, CodeForm
from stepdown.outreach.languages import in_their_language
from stepdown.people import devices
from stepdown.people import queries as people
from stepdown.people import services as people_services
from stepdown.people.access import public, staff_page
from stepdown.people.visibility import patients_visible_to
from stepdown.privacy import gate
from stepdown.ui.tell import tell

CARE_TEAM = ("admissions", "counselor", "director")


@public
@never_cache
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The personal link: straight in on a known device, else the date of birth, and a code is on its way."""
    patient = _patient_of(token)
    if theirs := in_their_language(request, patient.language):
        return redirect(theirs)
    if request.patient == patient:
        return redirect("live:now")
    if request.method != "POST":
        return _page(request, "enter", token, BornForm())
    form = BornForm(request.POST)
    if not form.is_valid():
        return _page(request, "enter", token, form, status=422)
    asked = entry.ask_for_code(patient=patient, born=form.cleaned_data["born"])
    if asked.refused:
        form.add_error(None, asked.refused)
        return _page(request, "enter", token, form, status=422)
    return _page(request, "code", token, CodeForm(initial=form.cleaned_data), born=request.POST)


@public
@never_cache
@require_POST
def code(request: HttpRequest, token: str) -> HttpResponse:
    """The date of birth and the code together: this device is known from now on."""
    patient = _patient_of(token)
    form = CodeForm(request.POST)
    if form.is_valid():
        born, typed = form.cleaned_data["born"], form.cleaned_data["code"]
        says = devices.user_agent_in(request)
        tried = entry.enter(patient=patient, born=born, typed=typed, user_agent=says)
        if tried.secret:
            if request.device:
                people_services.end_device(device=request.device)
            answer = redirect("live:now")
            devices.remember(answer, tried.secret)
            return answer
        form.add_error("code", tried.refused)
    return _page(request, "code", token, form, born=request.POST, status=422)


def _patient_of(token: str) -> Any:
    link = people.link_by(token)
    if link is None:
        raise Http404
    return link.patient


def _page(
    request: HttpRequest, name: str, token: str, form: BornForm, *, born: Any = None, status: int = 200
) -> HttpResponse:
    typed = [(key, (born or {}).get(key, "")) for key in ("born_month", "born_day", "born_year")]
    return render(request, f"outreach/{name}.html", {"form": form, "token": token, "typed": typed}, status=status)


@staff_page()
@require_safe
def read(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Where a message to one of the staff leads them. Its address tells nothing of where that is."""
    message = get_object_or_404(request.staff.messages.exclude(page=""), pk=message_id)
    return redirect(message.page)


@staff_page(*CARE_TEAM)
def patient_link(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    page = queries.link_page(patient)
    return render(
        request, "outreach/patient_link.html", page | {"may_send": permissions.send_link(request.staff, patient)}
    )


@staff_page(*CARE_TEAM)
@require_POST
def new_link(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    services.send_new_link(patient=patient, by=request.staff)
    tell(request, _("A new link is on its way. The old one does not open any more."))
    return redirect("outreach:patient_link", patient_id)


@staff_page(*CARE_TEAM)
@require_POST
def send_link(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    permissions.send_link(request.staff, patient).or_forbid()
    services.send(patient=patient, kind="personal_link")
    tell(request, _("The link is on its way."))
    return redirect("outreach:patient_link", patient_id)


@staff_page(*CARE_TEAM)
@require_POST
def stop_link(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    people_services.stop_link(patient=patient, by=request.staff)
    tell(request, _("The link does not open any more."))
    return redirect("outreach:patient_link", patient_id)


@staff_page(*CARE_TEAM)
@require_POST
def end_device(request: HttpRequest, patient_id: UUID, device_id: UUID) -> HttpResponse:
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    device = get_object_or_404(patient.devices.filter(ended_at=None), pk=device_id)
    people_services.end_device(device=device, by=request.staff)
    tell(request, _("This device does not know the patient any more."))
    return redirect("outreach:patient_link", patient_id)


# Whoever posts here proves by a signature who they are; there is no session that a forged form could ride on.
@public
@csrf_exempt
@never_cache
def reply(request: HttpRequest) -> HttpResponse:
    """The text message service hands over what somebody wrote back."""
    url = settings.PUBLIC_URL + request.path
    signed = request.headers.get("X-Twilio-Signature", "")
    found = replies.read(settings.TEXT_SECRET, url, request.POST.dict(), signed)
    if found is None or (settings.TEXT_URL and not gateways.may_text()):
        raise PermissionDenied("Only the text message service writes here.")
    services.take_reply(found)
    gate.nothing()
    return HttpResponse("<Response/>", content_type="text/xml")
