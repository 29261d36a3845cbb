"""The patient's tests: what to do now and by when, what to do when the time has passed, and what each found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stepdown.chart import queries_drug_tests as queries
from stepdown.chart.queries_returns import who_answers
from stepdown.people.access import patient_page


@patient_page
@never_cache
@require_safe
def my_drug_tests(request: HttpRequest) -> HttpResponse:
    tests = queries.tests_of(request.patient)
    page = {
        "waiting": next((test for test in tests if test.state == "notified"), None),
        "passed": next((test for test in tests if test.is_past and test.counts is None), None),
        "tests": [test for test in tests if test.state != "notified"],
        "answers": who_answers(request.patient),
    }
    return render(request, "chart/my_drug_tests.html", page)
