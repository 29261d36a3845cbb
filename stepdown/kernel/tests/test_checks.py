"""Rows of people in care never cross somebody else's network in the clear."""

import dj_database_url
import pytest

from stepdown.kernel.checks import the_database_is_reached_in_private


@pytest.mark.parametrize(
    ("url", "is_refused"),
    [
        ("postgresql:///stepdown", False),
        ("postgresql://us@127.0.0.1/stepdown", False),
        ("postgresql://us@%2Frun%2Fpostgresql/stepdown", False),
        ("postgresql://us@db.ours.example/stepdown", False),
        ("postgresql://us@db.example.org/stepdown", True),
        ("postgresql://us@10.0.0.7/stepdown", True),
        ("postgresql://us@db.example.org/stepdown?sslmode=prefer", True),
        ("postgresql://us@db.example.org/stepdown?sslmode=disable", True),
        ("postgresql://us@db.example.org/stepdown?sslmode=require", False),
        ("postgresql://us@db.example.org/stepdown?sslmode=verify-full", False),
    ],
)
def test_a_database_elsewhere_is_reached_by_tls_alone(settings, url, is_refused):
    settings.OWN_HOSTS = [".ours.example"]
    settings.DATABASES = {"default": dj_database_url.parse(url)}
    found = the_database_is_reached_in_private()
    assert [message.id for message in found] == ["kernel.E001"] * is_refused
    assert "us@" not in str(found)
