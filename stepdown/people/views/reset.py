"""For administrators: a colleague has lost their second factor."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stepdown.kernel.db import RuleBroken
from stepdown.people import permissions, queries
from stepdown.people.access import staff_page
from stepdown.people.forms_reset import ResetForm
from stepdown.people.proving import checked, first_proves
from stepdown.people.services_reset import OPENS_FOR, by_directory, reset_second_factor


@staff_page("administrator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Shows the password to hand over once, on the answer to the form."""
    person = get_object_or_404(queries.staff_visible_to(request.staff), pk=staff_id)
    permissions.reset_second_factor(request.staff, person).or_forbid()
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    form = ResetForm(request.POST if request.method == "POST" else None, asks_code=asks_code)
    page = {
        "person": person,
        "form": form,
        "hours": int(OPENS_FOR.total_seconds() // 3600),
        "by_directory": by_directory(person.account),
        "directory": settings.DIRECTORY_NAME,
    }
    if request.method == "POST" and checked(request, form):
        said = form.cleaned_data
        try:
            page["password"] = reset_second_factor(staff=person, how=said["how"], words=said["words"], by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            page["is_reset"] = True
    return render(request, "people/reset.html", page, status=422 if form.errors else 200)
