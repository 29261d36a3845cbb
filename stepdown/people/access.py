"""Everything is closed by default: a view opens itself with one of these marks, or nobody gets in.

@public                      anyone
@patient_page                the patient whose device this is (request.patient)
@supporter_page              whom a patient lets see something, on a browser that proved it (request.supporter)
@staff_page(Role.COUNSELOR)  signed-in staff with a second factor and one of the roles (request.staff); none: any of
                             those at the center, to whom an auditor does not belong
@account_page                staff who gave the right password, also while the second factor is still to be set up
@first_page                  account pages before all others: proving who one is, choosing a password, signing out

`lasting`, for what an open room asks by itself, says of a request whether it opens also while the session is locked
(`idle`); it unlocks nothing.

The marks are read, and kept, by `stepdown.people.middleware`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest

from stepdown.people.models import AT_THE_CENTER

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """Who a view is for: `audience` is "public", "patient", "supporter", "account" or "staff".

    `roles`: of staff, whose page it is. `lasting`: whether this request is answered in a locked session too.
    """

    audience: str
    roles: tuple[str, ...] = ()
    lasting: Callable[[HttpRequest], bool] | None = None
    before_all: bool = False


def _mark(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]  # a mark the middleware reads
    return view


def public(view: View) -> View:
    return _mark(view, Access("public"))


def patient_page(view: View) -> View:
    return _mark(view, Access("patient"))


def supporter_page(view: View) -> View:
    """The address holds `supporter_id`."""
    return _mark(view, Access("supporter"))


def staff_page(*roles: str, lasting: Callable[[HttpRequest], bool] | None = None) -> Callable[[View], View]:
    whose = tuple(str(role) for role in roles) or AT_THE_CENTER
    return lambda view: _mark(view, Access("staff", whose, lasting=lasting))


def account_page(view: View) -> View:
    return _mark(view, Access("account"))


def first_page(view: View) -> View:
    """An account page that opens before everything else: also locked, also with a password somebody else chose."""
    return _mark(view, Access("account", lasting=lambda _request: True, before_all=True))


def access_of(view: Any) -> Access | None:
    """The mark of a view function, or None: then nobody gets in."""
    return getattr(view, "access", None)
