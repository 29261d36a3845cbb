import io
import logging
import sys
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection

from stepdown.kernel.logs import QuietFormatter, quiet_traceback


def written(**record: object) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(QuietFormatter())
    handler.emit(logging.makeLogRecord({"name": "test", "levelname": "ERROR", "msg": "Something", **record}))
    return stream.getvalue()


def test_an_error_is_told_by_kind_and_place_without_its_words():
    try:
        raise ValueError("Walt Specimen")
    except ValueError:
        text = written(exc_info=sys.exc_info())

    assert "builtins.ValueError" in text
    assert "in test_an_error_is_told_by_kind_and_place_without_its_words" in text
    assert "Specimen" not in text


def test_causes_come_first_and_tell_no_words_either():
    try:
        try:
            raise KeyError("Walt Specimen")
        except KeyError as cause:
            raise RuntimeError("Walt Specimen again") from cause
    except RuntimeError:
        text = quiet_traceback(sys.exc_info())

    assert text.index("builtins.KeyError") < text.index("builtins.RuntimeError")
    assert "Specimen" not in text


@pytest.mark.django_db(transaction=True)
def test_a_database_error_names_the_rule_and_not_the_row():
    with connection.cursor() as cursor:
        cursor.execute("create temporary table people (name text constraint one_of_a_name unique)")
        cursor.execute("insert into people values ('Walt Specimen')")
        try:
            cursor.execute("insert into people values ('Walt Specimen')")
        except IntegrityError:
            text = quiet_traceback(sys.exc_info())

    assert "psycopg.errors.UniqueViolation 23505 one_of_a_name" in text
    assert "Specimen" not in text


def test_a_request_is_named_by_its_view_and_not_by_its_address():
    request = SimpleNamespace(resolver_match=SimpleNamespace(view_name="people:entry"))

    text = written(request=request, msg="Internal Server Error: %s", args=("/me/secret-token/",))

    assert "Error in people:entry" in text
    assert "secret-token" not in text


def test_lines_of_libraries_have_the_form_of_our_own():
    text = written(created=0.5, msg="%s is slow\nor not", args=("It",))

    assert text == 'timestamp=1970-01-01T00:00:00.500000Z level=error event="It is slow\\nor not" logger=test\n'
