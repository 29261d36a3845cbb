"""Where one is signed in: one's own sessions, and for administrators those of others."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from stepdown.people import permissions, queries
from stepdown.people.access import account_page, staff_page
from stepdown.people.sessions import end_sessions, sessions_of
from stepdown.ui.fields import Form
from stepdown.ui.tell import tell


class EndForm(Form):
    """Which session ends; left out: all others."""

    session = forms.IntegerField(required=False, min_value=1, max_value=2**62)


@account_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    form = EndForm(request.POST if request.method == "POST" else None)
    here, me = request.session.session_key, request.account_staff
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["session"]
        count = end_sessions(account=me.account, by=me, numbers=[number] if number else None, but=here)
        tell(request, _told(count))
        return redirect("account_sessions")
    page = {"sessions": sessions_of(me.account, here)}
    return render(request, "people/sessions.html", page, status=422 if form.errors else 200)


@staff_page("administrator")
@require_POST
def sign_out(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Everywhere at once, for a colleague whose computer is lost."""
    person = get_object_or_404(queries.staff_visible_to(request.staff), pk=staff_id)
    permissions.sign_out(request.staff, person).or_forbid()
    tell(request, _told(end_sessions(account=person.account, by=request.staff)))
    return redirect("people:staff", person.pk)


def _told(count: int) -> str:
    if not count:
        return _("They were signed out there already.")
    return ngettext("Signed out in %(n)d browser.", "Signed out in %(n)d browsers.", count) % {"n": count}
