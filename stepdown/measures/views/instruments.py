"""The page of instruments: which are asked by themselves, how many are answered; the wording that the center loads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.instruments import Definition, all_ids, load
from stepdown.measures import instruments as known
from stepdown.measures import permissions, queries, services_assign
from stepdown.measures.forms import TextPackForm
from stepdown.measures.queries_rates import response_rates
from stepdown.people.access import staff_page

directs = staff_page(*permissions.DIRECTS)
reads = staff_page(*permissions.READS_RATES)


@reads
@never_cache
@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    rates = response_rates(request.staff, timezone.localdate())
    lines = [
        (line, line.definition.id in rates.by, rates.by.get(line.definition.id)) for line in queries.instrument_lines()
    ]
    directs = request.staff.has_role(*permissions.DIRECTS)
    return render(request, "measures/instruments.html", {"lines": lines, "rates": rates, "directs": directs})


def _instrument(name: str) -> Definition:
    if name not in all_ids():
        raise Http404
    return known.instrument(name)


@directs
@require_POST
def turn(request: HttpRequest, instrument: str) -> HttpResponse:
    """Asked by itself from now on, or not."""
    services_assign.turn(name=_instrument(instrument).id, on=request.POST.get("act") == "on", by=request.staff)
    return redirect("measures:instruments")


@directs
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def text_pack(request: HttpRequest, instrument: str) -> HttpResponse:
    """Loads the official wording of an instrument whose words may not be shipped. Source: RULE INS-01."""
    definition = _instrument(instrument)
    if load(instrument).has_text:
        raise Http404
    form = TextPackForm(*([request.POST, request.FILES] if request.method == "POST" else []), definition=definition)
    if request.method == "POST" and form.is_valid():
        services_assign.load_text(definition=definition, pack=form.cleaned_data["file"], by=request.staff)
        return redirect("measures:instruments")
    context = {"definition": definition, "form": form, "packs": queries.text_packs(definition.id)}
    return render(request, "measures/text_pack.html", context, status=422 if form.errors else 200)
