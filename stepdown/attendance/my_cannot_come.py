"""A patient tells us on their own page that they cannot come to one session, or that they can after all."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stepdown.attendance import services_cannot_come as services
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import patient_page
from stepdown.timetable.cannot_come import AHEAD, told_of
from stepdown.timetable.queries import sessions_of_patient
from stepdown.ui.fields import Form
from stepdown.ui.tell import tell


class MyReasonForm(Form):
    why = forms.CharField(
        label=gettext_lazy("Why, in a few words"),
        help_text=gettext_lazy("For example: work, court, ill. You can leave this empty."),
        max_length=120,
        required=False,
    )


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_cannot_come(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """act: "tell", or "take_back"."""
    now, patient = timezone.now(), request.patient
    ahead = sessions_of_patient(patient).filter(cancelled_at=None, ends_at__gt=now, starts_at__lt=now + AHEAD)
    session = get_object_or_404(ahead, pk=session_id)
    told, act = told_of(session).get(patient.pk), request.POST.get("act")
    act = act if act in ("tell", "take_back") else None
    form = MyReasonForm(request.POST if act else None)
    if act and form.is_valid():
        try:
            if act == "take_back":
                if told:
                    services.take_back(cannot_come=told, by=None)
            elif told is None:
                said = {"said_by": "patient", "why": form.cleaned_data["why"], "excused": None}
                services.write_down(session=session, patient=patient, told_at=timezone.now(), **said, by=None)
        except RuleBroken:
            if act == "take_back" or patient.pk not in told_of(session):  # a second tap finds it written down
                form.add_error(None, _("This cannot be changed here any more. Please call us."))
        if not form.errors:
            if act == "take_back":
                tell(request, _("Good. We expect you."))
            else:
                tell(request, _("Thank you for telling us. We will not look for you then."))
            return redirect("timetable:my_calendar")
    page = {"session": session, "told": told, "form": form}
    return render(request, "timetable/my_cannot_come.html", page, status=422 if form.errors else 200)
