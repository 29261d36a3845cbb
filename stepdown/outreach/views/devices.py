"""A patient's own list of the devices that know them, and ending one that is lost."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stepdown.outreach import queries
from stepdown.people import devices, services
from stepdown.people.access import patient_page
from stepdown.ui.fields import Form
from stepdown.ui.tell import tell


class DeviceForm(Form):
    device = forms.UUIDField()


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_devices(request: HttpRequest) -> HttpResponse:
    form = DeviceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        known = request.patient.devices.filter(ended_at=None)
        device = get_object_or_404(known, pk=form.cleaned_data["device"])
        services.end_device(device=device)
        if device == request.device:
            answer = redirect("/")
            devices.forget(answer)
            return answer
        tell(request, _("This device does not know you any more."))
        return redirect("outreach:my_devices")
    page = {"devices": queries.devices_of(request.patient), "form": form}
    return render(request, "outreach/my_devices.html", page, status=422 if form.errors else 200)
