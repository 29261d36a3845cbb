"""Fixtures for tests of what the role of the processes may do in the database."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from stepdown.config.supervisor import roles
from tests.tables import WEB_PASSWORD


@pytest.fixture(scope="session")
def owner_address(django_db_setup: None) -> str:
    """DATABASE_URL of the owner of the tables, in the database of these tests. The processes' role is there."""
    url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}"))
    roles.make_web(url, WEB_PASSWORD)
    roles.grant(url)
    return url


@pytest.fixture
def web(owner_address: str) -> Iterator[psycopg.Connection]:
    """Logged in as the processes are; nothing of what is done stays."""
    with psycopg.connect(roles.web_url(owner_address, WEB_PASSWORD)) as connected:
        yield connected
        connected.rollback()


@pytest.fixture
def as_web(owner_address: str, db: None) -> None:
    """Until its end, the test itself does everything as the processes do."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {roles.WEB}")
