"""Writes down who looked at whose record, on every page, after the page was made and before it is given out; and keeps
in what would leave as a file, or on a page of a supporter or an auditor, without having passed the gate.

Source: RULE PRIV-32; 45 CFR 164.312(b); 42 CFR 2.13.
"""

import json
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from ipaddress import ip_address
from uuid import UUID

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from stepdown.kernel.looking import watching
from stepdown.people.access import Access, access_of
from stepdown.people.models import AT_THE_CENTER, Patient, Role, Staff, Supporter
from stepdown.people.sign_in import address_of
from stepdown.privacy import gate, services_looks
from stepdown.privacy.models import Act, Purpose

log = structlog.get_logger(__name__)

AGAIN_SECONDS = 900.0
REMEMBERED = 10_000
RUNS_THE_CENTER = {"people", "placement", "privacy", "timetable"}
"""Namespaces of pages about seats, days, staff and who looked; whoever opens another one treats."""

AUDITS = "audits"
"""The namespace of what auditors open."""


class LooksMiddleware:
    """Stands behind PeopleMiddleware, which tells who asks. When the row cannot be written, nothing is given out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._repeats = Repeats()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with watching() as seen, gate.watching() as passed:
            answer = self.get_response(request)
        leaves = gate.is_file(answer) or (is_from_outside(request) and answer.status_code in {200, 422})
        if seen and not passed and leaves:
            answer = kept_in(request)
        self._keep(request, answer, seen)
        return answer

    def _keep(self, request: HttpRequest, answer: HttpResponseBase, seen: set[UUID]) -> None:
        match = request.resolver_match
        supporter: Supporter | None = request.supporter
        staff: Staff | None = None if supporter else request.account_staff
        own: Patient | None = None if supporter or staff else request.patient
        who = supporter or staff or own
        if match is None or who is None:
            return
        act = act_of(request, answer)
        is_about_somebody = bool(seen) or (act == Act.REFUSED and bool(match.kwargs))
        may_repeat = act != Act.REFUSED and asks_by_itself(request)
        if not is_about_somebody or (may_repeat and self._repeats.has(who.pk, match.view_name, seen)):
            return
        services_looks.keep(
            staff=staff,
            own=own,
            supporter=supporter,
            act=act,
            page=match.view_name,
            about=json.dumps({part: str(value) for part, value in match.kwargs.items() if is_no_secret(value)}),
            purpose=Purpose.SUPPORT if supporter else purpose_of(staff, match.namespace),
            place=place_of(request),
            status=answer.status_code,
            patients=sorted(seen),
        )
        if may_repeat:
            self._repeats.remember(who.pk, match.view_name, seen)


class Repeats:
    """What an open page asks again by itself is one look: remembered by this process for a quarter of an hour, from
    when its row was written. What was refused is none: each try is a row of its own."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[tuple[UUID, str, UUID], float] = OrderedDict()

    def has(self, who: UUID, page: str, patients: set[UUID]) -> bool:
        """Whether this person saw all of them on this page within the time; never of a page about nobody."""
        since = self._clock() - AGAIN_SECONDS
        return bool(patients) and all(self._known.get((who, page, one), since) > since for one in patients)

    def remember(self, who: UUID, page: str, patients: set[UUID]) -> None:
        """From now on, once a row tells that they saw them."""
        self._known |= dict.fromkeys([(who, page, patient) for patient in patients], self._clock())
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)


def kept_in(request: HttpRequest) -> HttpResponseBase:
    """Instead of what is about somebody and did not pass the gate."""
    log.error("file did not pass the gate", page=request.resolver_match.view_name if request.resolver_match else "")
    why = _("This file is not given out, because nothing says by which law it may be. Tell who runs the installation.")
    return render(request, "403.html", {"exception": why}, status=403)


def is_from_outside(request: HttpRequest) -> bool:
    """Whether it is a page for somebody who does not belong to the center, nor is the patient: a supporter's, or one of
    staff that an auditor opens."""
    access = _access(request)
    is_staffs = access is None or access.audience not in {"public", "patient"}
    staff: Staff | None = request.account_staff if is_staffs else None
    return bool(request.supporter) or (staff is not None and not staff.has_role(*AT_THE_CENTER))


def _access(request: HttpRequest) -> Access | None:
    return access_of(request.resolver_match.func) if request.resolver_match else None


def act_of(request: HttpRequest, answer: HttpResponseBase) -> Act:
    if answer.status_code in {403, 404}:
        return Act.REFUSED
    if "attachment" in answer.headers.get("Content-Disposition", ""):
        return Act.TAKEN
    return Act.READ if request.method in {"GET", "HEAD"} else Act.SENT


def asks_by_itself(request: HttpRequest) -> bool:
    """Whether a script of an open page asks, rather than somebody who opens one."""
    is_script = bool(request.htmx) or "application/json" in request.headers.get("Accept", "")
    access = _access(request)
    return request.method == "GET" and (is_script or bool(access and access.lasting))


def place_of(request: HttpRequest) -> str | None:
    """The network address, when it is one: what stands between may write anything there."""
    try:
        return str(ip_address(address_of(request) or ""))
    except ValueError:
        return None


def is_no_secret(value: object) -> bool:
    """Addresses hold ids and days, which may be kept, and keys of links and feeds, which may not."""
    return isinstance(value, UUID | int | date)


def purpose_of(staff: Staff | None, namespace: str) -> Purpose:
    if staff is None:
        return Purpose.OWN
    if namespace == AUDITS:
        return Purpose.AUDIT
    if staff.roles == [Role.BILLER]:
        return Purpose.PAYMENT
    runs = namespace in RUNS_THE_CENTER or {Role.ADMINISTRATOR, Role.PRIVACY}.issuperset(staff.roles)
    return Purpose.OPERATIONS if runs else Purpose.TREATMENT
