"""Tells every request who is asking and in which zone they read times; opens no view not marked for them."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from allauth.account.authentication import get_authentication_records
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from stepdown.kernel.keys import NoKeys
from stepdown.kernel.sealing import Unreadable
from stepdown.people import devices, idle, queries, services, supporters
from stepdown.people.access import Access, access_of
from stepdown.people.fresh import ProofNeeded, prove_again
from stepdown.people.models import Role, Staff
from stepdown.ui import center

log = structlog.get_logger(__name__)


class PeopleMiddleware:
    """Sets request.staff, request.patient and, on their pages, request.supporter (each a row or None), and refuses
    everyone a view is not for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account_staff = signed_in_staff(request)
        device = queries.device_by(devices.secret_in(request))
        if device:
            services.note_device_seen(device)
        request.account_staff = account_staff
        request.locked = bool(account_staff) and idle.is_locked(request)
        request.staff = account_staff if account_staff and second_factor_done(request) else None
        request.device = device
        request.patient = device.patient if device else None
        request.supporter = None
        with timezone.override(zone_of(request)):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        access = access_of(view)
        if access is None:
            raise Http404
        if access.audience in {"staff", "account"} and get_language_from_path(request.path_info):
            raise Http404  # staff pages have one address each, without a language
        refused = REFUSALS[access.audience](request, access)
        is_staffs = access.audience in {"staff", "account"}
        if refused is None and is_staffs and not access.before_all and not request.locked:
            idle.note_active(request)
        return refused

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Unreadable | NoKeys):
            log.error("what lies sealed does not open", what=str(exception))
            return render(request, "ui/sealed.html", status=503)
        return prove_again(exception.back_to) if isinstance(exception, ProofNeeded) else None


def signed_in_staff(request: HttpRequest) -> Staff | None:
    """Who gave the right password in this session; None for people who have left."""
    return queries.staff_of(request.user) if request.user.is_authenticated else None


def zone_of(request: HttpRequest) -> ZoneInfo:
    """The zone in which the one who asks reads times; a stranger reads them in the center's."""
    reader = request.staff or request.patient or center.of(request)
    return ZoneInfo(reader.time_zone if reader else "UTC")


def second_factor_done(request: HttpRequest) -> bool:
    """Whether this very session was opened with a passkey, a one-time code or a recovery code."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def refuse_nobody(request: HttpRequest, access: Access) -> None:
    return None


def refuse_unless_patient(request: HttpRequest, access: Access) -> HttpResponse | None:
    if request.patient:
        return None
    answer = render(request, "people/personal_link_needed.html", status=403)
    if devices.secret_in(request):
        devices.forget(answer)
    return answer


def refuse_unless_supporter(request: HttpRequest, access: Access) -> HttpResponse | None:
    """A supporter's page is there for whose browser proved it; for everyone else it is like one that never was. One
    that is open in a browser that is known no longer is emptied."""
    match = request.resolver_match
    secret = supporters.secret_in(request)
    request.supporter = queries.supporter_known(match.kwargs["supporter_id"], secret) if match else None
    if request.supporter:
        return None
    if request.htmx:
        return supporters.emptied()
    raise Http404


def refuse_unless_account(request: HttpRequest, access: Access) -> HttpResponse | None:
    if request.account_staff:
        if request.locked and not (access.lasting and access.lasting(request)):
            return to_proof(request)
        if request.account_staff.account.password_is_first and not access.before_all:
            return go_to(request, reverse("account_change_password"))
        return None
    if request.patient:
        raise Http404
    return to_sign_in(request)


def refuse_unless_staff(request: HttpRequest, access: Access) -> HttpResponse | None:
    if refused := refuse_unless_account(request, access):
        return refused
    if request.staff is None:
        return go_to(request, reverse("mfa_index"))
    if not request.staff.has_role(*access.roles):
        raise PermissionDenied(whose_page(access.roles))
    return None


REFUSALS: dict[str, Callable[[HttpRequest, Access], HttpResponse | None]] = {
    "public": refuse_nobody,
    "patient": refuse_unless_patient,
    "supporter": refuse_unless_supporter,
    "account": refuse_unless_account,
    "staff": refuse_unless_staff,
}


def whose_page(roles: tuple[str, ...]) -> str:
    """The sentence for someone whose role a page is not for."""
    names = [str(Role(role).label).lower() for role in roles]
    listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    article = "an" if listed[0] in "aeiou" else "a"
    return f"Only {article} {listed} opens this page. Ask an administrator if it should be part of your work."


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, which comes back here afterwards when here is a page one can come back to."""
    said = _("You are signed out, so this is not saved. Copy what you typed, then sign in again.")
    return asked_for(request, reverse("account_login"), said)


def to_proof(request: HttpRequest) -> HttpResponse:
    """The page that asks whether it is still them, which comes back here afterwards."""
    said = _("The page was locked while you were away. What you typed stays here and is saved once you go on.")
    return asked_for(request, reverse("account_reauthenticate"), said)


def asked_for(request: HttpRequest, url: str, said: str) -> HttpResponse:
    """To that page and back here; a script that saves by itself gets the sentence instead, with 401."""
    if not request.htmx and "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"sentence": said, "why": said}, status=401)
    if request.htmx:
        here = request.htmx.current_url_abs_path
    else:
        here = request.get_full_path() if request.method == "GET" else None
    return go_to(request, f"{url}?{urlencode({'next': here})}" if here else url)


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)
