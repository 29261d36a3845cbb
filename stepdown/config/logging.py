"""Logs carry ids, counts and names of views: no address, no query, no token, nothing that tells who is a patient."""

import logging
from typing import Any

import structlog

SHARED: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


class ViewInsteadOfAddress(logging.Filter):
    """Django's own lines about a request name its address, which may be a personal link: name the view instead."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            status = getattr(record, "status_code", "")
            record.msg, record.args = "%s answered %s", (match.view_name if match else "no page", status)
        elif record.name.startswith("django.security"):
            record.msg, record.args = "suspicious request", ()
        return True


def settings_for(*, debug: bool) -> dict[str, Any]:
    """The LOGGING setting: one line a record, as JSON, to stderr."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"no_address": {"()": ViewInsteadOfAddress}},
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.dict_tracebacks,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_address"]}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": False},
            "django.db.backends": {"level": "INFO"},
            "axes": {"level": "ERROR"},  # its warnings name accounts and addresses
            "procrastinate": {"level": "WARNING"},
        },
    }


def configure() -> None:
    """Sends structlog's loggers the same way: `log = structlog.get_logger(); log.info("seat offered", seat_id=…)`."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
