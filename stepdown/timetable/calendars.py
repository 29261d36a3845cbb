"""Links by which other programs read when somebody meets: made, found by their token, and stopped.

A link reads `{PUBLIC_URL}/calendar/<token>/`, where the token is derived as that of a personal link is, and opens
nothing but times.
"""

import base64
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from stepdown.people.devices import digest_of
from stepdown.people.links import derived
from stepdown.people.models import Patient, Staff
from stepdown.placement.models import Group
from stepdown.placement.queries import groups_visible_to
from stepdown.timetable import queries
from stepdown.timetable.domain.feed import Entry, feed
from stepdown.timetable.models import CalendarLink, Session

log = structlog.get_logger(__name__)
KEPT = timedelta(days=31)  # how long what is over stays in a calendar


def token_of(link: CalendarLink) -> str:
    """43 URL-safe characters carrying 256 bits."""
    return base64.urlsafe_b64encode(derived("calendar-link", link.pk)).rstrip(b"=").decode()


def url_of(link: CalendarLink) -> str:
    """The whole address, the same in every language."""
    with override("en"):
        return f"{settings.PUBLIC_URL}{reverse('timetable:feed', args=[token_of(link)])}"


@transaction.atomic
def make_link(
    *, patient: Patient | None = None, staff: Staff | None = None, group: Group | None = None
) -> CalendarLink:
    """The link of this patient, of this member of staff, or of a group for them. Asking twice is asking once."""
    whose = patient or staff
    assert whose is not None
    type(whose).objects.select_for_update(no_key=True, of=("self",)).get(pk=whose.pk)
    if link := CalendarLink.objects.filter(patient=patient, staff=staff, group=group, revoked_at=None).first():
        return link
    link = CalendarLink(patient=patient, staff=staff, group=group)
    link.digest = digest_of(token_of(link))
    link.save()
    log.info("calendar link made", link_id=str(link.pk))
    return link


@transaction.atomic
def stop_link(*, link: CalendarLink) -> None:
    """Nothing reads by this link any more. Stopping twice is stopping once."""
    CalendarLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    log.info("calendar link stopped", link_id=str(link.pk))


def links_of(*, patient: Patient | None = None, staff: Staff | None = None) -> QuerySet[CalendarLink]:
    """Of this person, the own first, then by group."""
    links = CalendarLink.objects.filter(patient=patient, staff=staff, revoked_at=None)
    return links.select_related("group").order_by("group__name")


def link_by(token: str) -> CalendarLink | None:
    """The link that still opens by this token. A group's opens as long as its owner sees the group."""
    links = CalendarLink.objects.select_related("patient", "staff", "group")
    link = links.filter(digest=digest_of(token), revoked_at=None).first()
    if link is None or (link.staff and link.staff.ended_at):
        return None
    if link.staff and link.group and not groups_visible_to(link.staff).filter(pk=link.group.pk).exists():
        return None
    return link


def sessions_of(link: CalendarLink, now: datetime) -> QuerySet[Session]:
    """What stands in the calendar, also what was called off, from a month ago on, earliest first."""
    if link.patient:
        found = queries.sessions_of_patient(link.patient)
    elif link.group:
        found = Session.objects.filter(group=link.group)
    else:
        found = Session.objects.filter(Q(leader=link.staff) | Q(co_leader=link.staff))
    return found.filter(ends_at__gt=now - KEPT).order_by("starts_at")


def calendar_of(link: CalendarLink, now: datetime) -> bytes:
    """The calendar as it is now, in its reader's language. Source: RULE PRIV-03."""
    with override(link.patient.language if link.patient else "en"):
        title, name = gettext("Meeting"), gettext("Meetings")
    entries = [
        Entry(s.pk, s.starts_at, s.ends_at, s.revision, s.changed_at or link.created_at, s.cancelled_at is not None)
        for s in sessions_of(link, now)
    ]
    return feed(entries, title=title, name=name)
