"""Drug tests for staff: what is to be done, one person's tests and how often, one test from notice to talk."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.chart import permissions_drug_tests as permissions
from stepdown.chart import queries_drug_tests as queries
from stepdown.chart import services_drug_tests as services
from stepdown.chart.forms_drug_tests import (
    AskForm,
    CollectForm,
    ResultForm,
    ScheduleForm,
    TalkForm,
    schedule_said,
)
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.placement.queries import patients_visible_to
from stepdown.ui.tell import tell

reads = staff_page(*permissions.READS)
CHANGES = ("GET", "HEAD", "POST")


@reads
@never_cache
@require_safe
def drug_tests(request: HttpRequest) -> HttpResponse:
    """Who was told and has not given it yet, what waits for its result, what is to be talked about."""
    now = timezone.now()
    rows = [(test, queries.next_at(test)) for test in queries.to_do(request.staff, now)]
    return render(
        request,
        "chart/drug_tests.html",
        {"rows": rows, "late": sum(at <= now for _test, at in rows), "now": now},
    )


@reads
@never_cache
@require_http_methods(CHANGES)
def patient_drug_tests(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """One person's tests, how often they fall, and asking for one now."""
    patient = get_object_or_404(patients_visible_to(request.staff), pk=patient_id)
    may = permissions.write_tests(request.staff, patient)
    schedule = queries.schedule_of(patient)
    data, act = (request.POST, request.POST.get("act", "set")) if request.method == "POST" else (None, "")
    form = ScheduleForm(data if act == "set" else None, initial=schedule_said(schedule))
    asking = AskForm(data if act == "ask" else None)
    if act:
        may.or_forbid()
        if _did(request, act, patient, schedule, form, asking):
            return redirect("chart:patient_drug_tests", patient_id=patient.pk)
    page = {
        "patient": patient,
        "schedule": schedule,
        "tests": queries.tests_of(patient),
        "form": form,
        "asking": asking,
        "may": may,
    }
    return render(request, "chart/patient_drug_tests.html", page, status=422 if form.errors or asking.errors else 200)


def _did(request: HttpRequest, act: str, patient: Any, schedule: Any, form: ScheduleForm, asking: AskForm) -> bool:
    """Whether what was asked for is done; what is wrong stands in its form."""
    if act == "end":
        if schedule:
            services.end_schedule(schedule=schedule, by=request.staff)
            tell(request, _("No more tests by chance."))
        return True
    chosen: Any = asking if act == "ask" else form
    if not chosen.is_valid():
        return False
    said = chosen.cleaned_data
    try:
        if act == "ask":
            services.ask_for_test(patient=patient, panels=said["panels"], way=said["way"], by=request.staff)
            tell(request, _("They were told just now."))
        else:
            kept = {name: said[name] for name in ("always", "sometimes", "way")}
            services.set_schedule(patient=patient, gaps=form.gaps, **kept, by=request.staff)
            tell(request, _("Set. Nobody knows the days, neither you nor they."))
    except RuleBroken as broken:
        chosen.add_error(None, str(broken))
        return False
    return True


@reads
@never_cache
@require_http_methods(CHANGES)
def drug_test(request: HttpRequest, test_id: UUID) -> HttpResponse:
    """One test: it is collected or missed, its result is written, an unexpected or missed one is talked about."""
    test = get_object_or_404(queries.visible_to(request.staff), pk=test_id)
    may = permissions.write_tests(request.staff, test.patient)
    forms: dict[str, Any] = {
        "collect": CollectForm(of=test),
        "result": ResultForm(written=[one.stage for one in test.results.all()]),
        "talk": TalkForm(of=test),
    }
    act = request.POST.get("act", "")
    if request.method == "POST":
        may.or_forbid()
        try:
            if _wrote(request, act, test, forms):
                tell(request, _("Written down."))
                return redirect("chart:drug_test", test_id=test.pk)
        except RuleBroken as broken:
            (forms.get(act) or forms["collect"]).add_error(None, str(broken))
    wrong = any(form.errors for form in forms.values())
    page = {"test": test, "patient": test.patient, "forms": forms, "may": may, "next_at": queries.next_at(test)}
    status = 422 if wrong or request.method == "POST" else 200
    return render(request, "chart/drug_test.html", page, status=status)


def _wrote(request: HttpRequest, act: str, test: Any, forms: dict[str, Any]) -> bool:
    if act == "missed":
        services.write_result(test=test, stage="", result="missed", shared="page", by=request.staff)
        return True
    if act == "collect":
        forms[act] = CollectForm(request.POST, of=test)
        if forms[act].is_valid():
            services.collect(test=test, **forms[act].said, by=request.staff)
            return True
    if act == "result":
        forms[act] = ResultForm(request.POST, written=[one.stage for one in test.results.all()])
        if forms[act].is_valid():
            services.write_result(test=test, **forms[act].cleaned_data, by=request.staff)
            return True
    if act == "talk":
        forms[act] = TalkForm(request.POST, of=test)
        if forms[act].is_valid():
            services.write_talk(test=test, **forms[act].cleaned_data, by=request.staff)
            return True
    return False
