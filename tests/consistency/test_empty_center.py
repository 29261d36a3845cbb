"""A center on its first day: somebody works there, and there is nobody and nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from tests.consistency.role_matrix import ROWS
from tests.consistency.role_rows import OPEN
from tests.consistency.test_role_matrix import PARTS

pytestmark = pytest.mark.django_db


def opened(client: Client, *who: str) -> dict[str, int]:
    """name of a page -> status, of all that open for any of these people and lead to no one thing."""
    names = [name for name, row in ROWS.items() if any(row.meets[one] == OPEN for one in who) and not PARTS[name]]
    found: dict[str, int] = {}
    cookies = client.cookies.copy()
    for name in names:
        client.cookies = cookies.copy()
        found[name] = client.get(reverse(name)).status_code
    return found


@pytest.mark.parametrize("roles", [[Role.COUNSELOR], [Role.BILLER], list(Role)])
def test_every_page_opens_where_there_is_nothing_yet(roles):
    CenterFactory()
    client = sign_in(Client(), StaffFactory(roles=roles))
    assert {name: status for name, status in opened(client, *roles).items() if status >= 500} == {}


def test_what_everybody_may_open_opens_before_there_is_a_center():
    assert {name: status for name, status in opened(Client(), "stranger").items() if status >= 500} == {}
