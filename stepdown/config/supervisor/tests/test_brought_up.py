"""Whether a database has to be brought up, which it says itself."""

from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from stepdown.config.supervisor import brought_up
from tests import tables
from tests.database import url_of_this_run

NAME = "of_brought_up"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A database with the product's tables, of this file alone."""
    with psycopg.connect(url_of_this_run(), autocommit=True) as server:
        server.execute(f"create database {NAME} template {tables.TEMPLATE}")
        yield urlunsplit(urlsplit(url_of_this_run())._replace(path=f"/{NAME}"))
        server.execute(f"drop database {NAME} with (force)")


def changed(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement)


def test_a_copy_of_a_database_says_the_same(url):
    """The template was brought up, and said so."""
    assert brought_up.is_up_to(url, brought_up.TABLES, brought_up.code_of_tables())


def test_other_code_has_it_brought_up_again(url):
    assert not brought_up.is_up_to(url, brought_up.TABLES, "other code")


def test_a_table_of_which_nothing_is_said_or_that_is_not_there_has_to_be(url):
    assert not brought_up.is_up_to(url, "people_account", "")
    assert not brought_up.is_up_to(url, "no_table_at_all", "")


def test_a_migration_that_was_taken_back_by_hand_is_noticed(url):
    code = brought_up.code_of_tables()
    changed(url, "delete from django_migrations where id = (select max(id) from django_migrations)")
    assert not brought_up.is_up_to(url, brought_up.TABLES, code)
    brought_up.write_down(url, brought_up.TABLES, code)
    assert brought_up.is_up_to(url, brought_up.TABLES, code)


def test_topics_that_were_taken_out_come_back(url):
    row = (
        "insert into timetable_topic (id, week, place, title, summary) values (gen_random_uuid(), 1, 1, 'Made up', '')"
    )
    changed(url, row)
    brought_up.write_down(url, brought_up.CURRICULUM, "this")
    assert brought_up.is_up_to(url, brought_up.CURRICULUM, "this")
    changed(url, "delete from timetable_topic")
    assert not brought_up.is_up_to(url, brought_up.CURRICULUM, "this")
