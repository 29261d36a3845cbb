"""Who someone is, read for each request; and what other stages ask about people."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from stepdown.kernel.prepared import prepared
from stepdown.people.devices import digest_of
from stepdown.people.domain.warnings import WARNED_BEFORE
from stepdown.people.models import Account, Center, Device, License, PersonalLink, Role, Staff, Supporter
from stepdown.people.supporters import KNOWN_FOR

RUNS_OUT_SOON = timedelta(days=max(WARNED_BEFORE))


def the_center() -> Center:
    """The one center of this installation. Raises Center.DoesNotExist before it is set up."""
    return Center.objects.get()


def center() -> Center | None:
    """The center, or None before it is set up: for the frame of every page."""
    return next(iter(_centers()), None)


@prepared
def _centers() -> QuerySet[Center]:
    return Center.objects.order_by("pk")[:1]


def staff_of(account: Account) -> Staff | None:
    """The staff member behind an account, unless they have left."""
    for staff in _staff(account.pk):
        staff.account = account
        return staff
    return None


@prepared
def _staff(account: int) -> QuerySet[Staff]:
    return Staff.objects.current().filter(account=account)


def device_by(secret: str) -> Device | None:
    """The known device with this cookie, with its patient; None when unknown or ended."""
    if not secret:
        return None
    return Device.objects.filter(digest=digest_of(secret), ended_at=None).select_related("patient").first()


def link_by(token: str) -> PersonalLink | None:
    """The valid personal link with this token, with its patient; None when unknown or revoked."""
    return PersonalLink.objects.filter(digest=digest_of(token), revoked_at=None).select_related("patient").first()


def supporter_by(token: str) -> Supporter | None:
    """The supporter whose link has this token, with their patient; None when unknown, or replaced by a new link."""
    return Supporter.objects.filter(digest=digest_of(token)).select_related("patient").first()


def supporter_known(supporter: UUID, secret: str) -> Supporter | None:
    """The supporter, with their patient, when the browser with this cookie proved within KNOWN_FOR to be theirs."""
    if not secret:
        return None
    known = {"browsers__digest": digest_of(secret), "browsers__ended_at": None}
    since = timezone.now() - KNOWN_FOR
    return (
        Supporter.objects.filter(pk=supporter, browsers__proved_at__gt=since, **known).select_related("patient").first()
    )


def licenses_on(day: date) -> QuerySet[License]:
    """Licenses valid on a day. Source: level-of-care rules on telehealth: licensed where the patient is."""
    return License.objects.filter(Q(expires_on=None) | Q(expires_on__gte=day), issued_on__lte=day)


def licensed(staff: Staff, state: str, on: date) -> bool:
    """Whether this person may lead a group in which someone sits in `state` (two letters) on that day: with a license
    there, Master's level. Source: program manual, "Leader"; RULE PRIV-35."""
    return licenses_on(on).filter(staff=staff, state=state, masters_level=True).exists()


def license_states(staff_ids: Iterable[UUID], on: date) -> dict[UUID, set[str]]:
    """The states each person may lead groups in on that day, in one query; staff without a license are not in it."""
    states: dict[UUID, set[str]] = defaultdict(set)
    valid = licenses_on(on).filter(staff__in=list(staff_ids), masters_level=True)
    for staff_id, state in valid.values_list("staff_id", "state"):
        states[staff_id].add(state)
    return dict(states)


def directors() -> list[Staff]:
    """The clinical directors who work here now, by name."""
    return list(Staff.objects.with_role(Role.DIRECTOR).select_related("account").order_by("name"))


def staff_visible_to(staff: Staff) -> QuerySet[Staff]:
    """Everyone who works or worked here, for administrators; nobody else sees accounts."""
    if not staff.has_role(Role.ADMINISTRATOR):
        return Staff.objects.none()
    return Staff.objects.select_related("account")


def who_left_with(email: str) -> Staff | None:
    """Who worked here and signed in with this address; None while somebody does."""
    return Staff.objects.filter(account__email=email.lower()).exclude(ended_at=None).first()


class Colleague(NamedTuple):
    """A line of the page of who works here: the licenses valid today, and those of them that run out soon."""

    person: Staff
    licenses: list[License]
    runs_out: list[License]


def staff_list() -> dict[str, Any]:
    """The page of who works here, in two queries: `current` has those with a license running out first; `ended`."""
    today = timezone.localdate()
    valid = Prefetch("licenses", licenses_on(today).order_by("state"), to_attr="valid_today")
    current, ended = list[Colleague](), list[Staff]()
    for person in Staff.objects.select_related("account").prefetch_related(valid):
        if person.ended_at:
            ended.append(person)
            continue
        runs_out = [one for one in person.valid_today if one.expires_on and one.expires_on <= today + RUNS_OUT_SOON]
        current.append(Colleague(person, person.valid_today, runs_out))
    return {"current": sorted(current, key=lambda line: not line.runs_out), "ended": ended}
