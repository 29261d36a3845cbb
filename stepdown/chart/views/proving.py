"""Before an act that binds one proves again who one is: by a code on the page itself, or on the page for it."""

from django.http import HttpRequest, HttpResponse

from stepdown.chart.forms import ProvedForm
from stepdown.people.fresh import gives_codes, prove_again, proved_lately, refused


def first_proves(request: HttpRequest, back_to: str) -> tuple[bool, HttpResponse | None]:
    """(whether the page asks for a code; the answer instead of the page, for who has no codes). back_to: the path where
    they come back to."""
    asks_code = not proved_lately(request)
    if asks_code and not gives_codes(request):
        return asks_code, prove_again(back_to)
    return asks_code, None


def checked(request: HttpRequest, form: ProvedForm) -> bool:
    """Whether the form is good, and its code, where it asks for one, is taken. The code of a form with another
    mistake is left for the next time."""
    if form.is_valid() and "code" in form.fields:
        form.proved(refused(request, form.cleaned_data["code"]))
    return form.is_valid()
