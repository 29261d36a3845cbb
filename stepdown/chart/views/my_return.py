"""The patient tells that they drank or used: three questions, thanks, what happens now, help beside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.chart import services_returns as services
from stepdown.chart.forms_my_return import TellReturnForm
from stepdown.chart.queries_returns import returns_of, who_answers
from stepdown.chart.queries_safety import safety_plan_of
from stepdown.people.access import patient_page


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell_return(request: HttpRequest) -> HttpResponse:
    form = TellReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.on:
        services.record_return(
            patient=request.patient,
            on=form.on,
            part=form.cleaned_data["part"],
            words=form.cleaned_data["words"],
            by=None,
        )
        return redirect("chart:told_return")
    return render(request, "chart/tell_return.html", {"form": form}, status=422 if form.errors else 200)


@patient_page
@never_cache
@require_safe
def told_return(request: HttpRequest) -> HttpResponse:
    """Thanks, who answers until when, and help. Where nothing waits there is only help."""
    waiting = returns_of(request.patient).filter(response=None).order_by("-recorded_at").first()
    page = {
        "event": waiting,
        "answers": who_answers(request.patient),
        "safety_plan": safety_plan_of(request.patient),
    }
    return render(request, "chart/told_return.html", page)
