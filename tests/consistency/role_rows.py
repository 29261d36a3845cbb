"""What a row of the role matrix says: what each kind of person meets at an address. See role_matrix.py."""

from dataclasses import dataclass, field
from typing import Any

from stepdown.people.models import AT_THE_CENTER, Role

ROLES = tuple(Role.values)
PEOPLE = ("stranger", "patient", *ROLES, "guest", "supporter")
OPEN, SIGN_IN, FORBIDDEN, MISSING = "open", "asked to sign in", "forbidden", "not there"


@dataclass(frozen=True)
class Row:
    """meets: for each of PEOPLE, one of OPEN, SIGN_IN, FORBIDDEN, MISSING. data: what a POST sends."""

    meets: dict[str, str]
    data: dict[str, Any] = field(default_factory=dict)


def anyone(data: dict[str, Any] | None = None, **but: str) -> Row:
    return _row(dict.fromkeys(PEOPLE, OPEN) | but, data)


def guests(others: str) -> Row:
    return Row(dict.fromkeys(PEOPLE, others) | {"guest": OPEN})


def nobody() -> Row:
    """An address for a machine that proves itself otherwise."""
    return Row(dict.fromkeys(PEOPLE, FORBIDDEN))


def nowhere() -> Row:
    """An address that is there only in an installation with something these tests do without."""
    return Row(dict.fromkeys(PEOPLE, MISSING))


def _row(meets: dict[str, str], data: dict[str, Any] | None) -> Row:
    """A guest meets what a stranger does, and so does a supporter."""
    return Row(meets | {"guest": meets["stranger"], "supporter": meets["stranger"]}, data or {})


def supporters(data: dict[str, Any] | None = None) -> Row:
    return Row(dict.fromkeys(PEOPLE, MISSING) | {"supporter": OPEN}, data or {})


def patients(data: dict[str, Any] | None = None, **but: str) -> Row:
    return _row(dict.fromkeys(PEOPLE, FORBIDDEN) | {"patient": OPEN} | but, data)


def accounts(data: dict[str, Any] | None = None, **but: str) -> Row:
    return staff(*ROLES, data=data, **but)


def staff(*roles: str, data: dict[str, Any] | None = None, **but: str) -> Row:
    others = {"stranger": SIGN_IN, "patient": MISSING} | dict.fromkeys(ROLES, FORBIDDEN)
    return _row(others | dict.fromkeys(roles or AT_THE_CENTER, OPEN) | but, data)
