"""Every address as every role and as a stranger: nobody opens what is not theirs, everyone opens what is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from stepdown.live.views_visits import COOKIE
from stepdown.people import supporters
from stepdown.people.access import access_of
from stepdown.people.models import Patient, Staff
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy.models import Look
from tests.consistency.headers import wrong_headers
from tests.consistency.role_matrix import ROWS
from tests.consistency.role_objects import OBJECTS
from tests.consistency.role_rows import FORBIDDEN, MISSING, OPEN, PEOPLE, ROLES, SIGN_IN
from tests.consistency.role_world import GUEST_DEVICE, SUPPORTER_BROWSER, World


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern, list[str]]]:
    """(full name, pattern, names of the parts in its address) of every page."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            namespace = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from patterns(entry, namespace)
        else:
            parts = list(entry.pattern.converters) or list(entry.pattern.regex.groupindex)
            yield f"{prefix}{entry.name}", entry, parts


Maker = Callable[[World], Any]
PAGES = list(patterns(get_resolver()))
PARTS = {name: parts for name, _pattern, parts in PAGES}
METHODS = dict.fromkeys(("director", "patient"), ("get", "head", "post"))
"""HEAD is answered as GET is (RFC 9110, 9.3.2); two who open most of the addresses are enough to see it."""


def test_every_page_has_one_name():
    names = [name for name, _pattern, _parts in PAGES]
    assert sorted(names) == sorted(set(names))
    assert not [name for name in names if name.endswith("None")]


def test_every_page_is_marked_for_someone():
    assert [name for name, pattern, _parts in PAGES if access_of(pattern.callback) is None] == []


def test_every_page_has_a_row_and_every_row_a_page():
    assert sorted(set(PARTS) - set(ROWS)) == [], "pages without a row in tests/consistency/role_matrix.py"
    assert sorted(set(ROWS) - set(PARTS)) == [], "rows in tests/consistency/role_matrix.py without a page"


def test_every_object_is_used():
    asked = {key for name, parts in PARTS.items() for part in parts for key in (part, f"{name} {part}")}
    assert sorted(set(OBJECTS) - asked) == []


@pytest.mark.everywhere
@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_everyone_meets_what_the_matrix_says(who, settings):
    """RULE PRIV-33."""
    settings.DEMO = True
    CenterFactory()
    client, me, patient = walker(who)
    cookies = client.cookies.copy()
    surprises = []
    unwritten = []
    unprotected = []
    for name, url in addresses(ROWS, me, patient):
        row = ROWS[name]
        answered = {}
        for method in METHODS.get(who, ("get", "post")):
            with transaction.atomic():
                client.cookies = cookies.copy()
                answer = client.post(url, row.data) if method == "post" else getattr(client, method)(url)
                answered[method] = answer.status_code
                unwritten += [f"{name} by {method}: {shown}" for shown in named_unseen(answer, me, patient)]
                unprotected += [f"{name} by {method}: {wrong}" for wrong in wrong_headers(answer)]
                transaction.set_rollback(True)
            met = what_is_met(answer, expected=row.meets[who])
            if met != row.meets[who]:
                surprises.append(f"{name} by {method}: {met} instead of {row.meets[who]}")
        if answered.get("head", answered["get"]) != answered["get"]:
            surprises.append(f"{name} answers HEAD with {answered['head']} and GET with {answered['get']}")
    assert surprises == []
    assert unprotected == []
    assert unwritten == [], "pages that name patients of whom no look was written down (RULE PRIV-32)"


def walker(who: str) -> tuple[Client, Staff | None, Patient]:
    client = Client(raise_request_exception=False)
    me = StaffFactory(roles=[who]) if who in ROLES else None
    patient = PatientFactory(chosen_name="Onlycalledso")
    if me:
        sign_in(client, me)
    if who == "guest":
        client.cookies[COOKIE] = GUEST_DEVICE
    if who == "supporter":
        client.cookies[supporters.COOKIE] = SUPPORTER_BROWSER
    if who == "patient":
        as_patient(client, patient)
    return client, me, patient


def addresses(names: Iterable[str], me: Staff | None, patient: Patient) -> Iterator[tuple[str, str]]:
    """(name, address) of each page, those about the same objects after each other; the objects are made once for them
    and taken back after the last."""
    about: dict[tuple[Maker, ...], list[str]] = defaultdict(list)
    for name in names:
        about[makers_of(name)].append(name)
    for makers, group in about.items():
        with transaction.atomic():
            world = World(me, patient)
            made = [make(world) for make in makers]
            for name in group:
                yield name, reverse(name, kwargs=dict(zip(PARTS[name], made, strict=True)))
            transaction.set_rollback(True)


def makers_of(name: str) -> tuple[Maker, ...]:
    """What makes the parts of the page's address, in their order."""
    return tuple(OBJECTS.get(f"{name} {part}") or OBJECTS[part] for part in PARTS[name])


def named_unseen(answer: HttpResponseBase, me: Staff | None, patient: Patient) -> list[str]:
    """Names on the page of patients other than who asks, though nobody is written down to have looked at them."""
    if answer.streaming or answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
        return []
    words = answer.content.decode()
    names = {pk: name for pk, name in Patient.objects.values_list("pk", "last_name") if name in words}
    if me and patient.chosen_name in words:
        names[patient.pk] = patient.chosen_name
    if me is None:
        names.pop(patient.pk, None)
    look = Look.objects.order_by("-number").first() if names else None
    return sorted(name for pk, name in names.items() if not look or pk not in look.patients)


def what_is_met(answer: HttpResponseBase, *, expected: str) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith(reverse("account_login")):
        return OPEN if expected == OPEN else SIGN_IN
    if answer.status_code == 403:
        return FORBIDDEN
    if answer.status_code == 404:
        return MISSING
    return OPEN if answer.status_code in {200, 204, 302, 405, 422} else f"status {answer.status_code}"
