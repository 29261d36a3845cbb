"""Logs that tell nothing about who is a patient.

Errors come with their kind and the places in the code they passed, never with their words: a database error quotes the
row, a form error what was typed. Requests are named by their view, never by their address: it may be a personal link.
"""

import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import structlog

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


RENDERED = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])


class QuietFormatter(logging.Formatter):
    """Formats a record as our own events are: one line of `key=value`, the time in UTC, with `quiet_traceback` where an
    exception is attached."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text; one that carries a request loses the request's address."""
        event = record.getMessage()
        if request := getattr(record, "request", None):
            view = getattr(getattr(request, "resolver_match", None), "view_name", None) or "no view"
            event = f"Error in {view}"
        said = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "level": record.levelname.lower(),
            "event": event,
            "logger": record.name,
        }
        if record.exc_info:
            said["exception"] = quiet_traceback(record.exc_info)
        return str(RENDERED(None, "", said))


def quiet_traceback(exc_info: ExcInfo) -> str:
    """Kinds and places of an exception and of what caused it, the first cause first; none of their words.

    A database error adds its code and the rule that spoke, which name tables and never rows.
    """
    error = exc_info[1]
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(line for one in reversed(chain) for line in _lines(one))


def _lines(error: BaseException) -> list[str]:
    diag = getattr(error, "diag", None)
    facts = [fact for fact in (getattr(diag, "sqlstate", None), getattr(diag, "constraint_name", None)) if fact]
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    places = traceback.extract_tb(error.__traceback__)
    return [" ".join([kind, *facts]), *(f"  {place.filename}:{place.lineno} in {place.name}" for place in places)]


def _quiet_exceptions(logger: Any, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return structlog.processors.ExceptionRenderer(quiet_traceback)(logger, name, event)


def configure_structlog() -> None:
    """Makes structlog write one line an event, `key=value`, with quiet tracebacks."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _quiet_exceptions,
            RENDERED,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


def configuration() -> dict[str, Any]:
    """Django's LOGGING: everything from warnings up goes to the console, through QuietFormatter."""
    ours = {"handlers": ["console"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"quiet": {"()": QuietFormatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # Refusals and pages that are not there are answers, not errors; their words hold addresses.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
            # Warns with e-mail addresses of whoever failed to sign in; the database keeps the attempts.
            "axes": {"level": "ERROR"},
            # These three bring handlers of their own, which would tell the words of errors.
            "gunicorn.error": ours | {"level": "WARNING"},
            "uvicorn.error": ours | {"level": "WARNING"},
            "procrastinate": ours | {"level": "WARNING"},
        },
    }
