"""Weeks and months of sessions, and the links by which other programs read them."""

from datetime import date, time, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_POST, require_safe

from stepdown.people.access import patient_page, public, staff_page
from stepdown.placement.queries import groups_visible_to, uuid_or_none
from stepdown.privacy import gate
from stepdown.timetable import calendars, cannot_come, permissions, queries
from stepdown.timetable.domain import weeks
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import CannotCome
from stepdown.ui.tell import tell
from stepdown.ui.when import day, local_date, zone_name

MIDNIGHT = time.min
READABLE = 1000  # sessions on one page
CHOICES = 50  # groups in one list
AHEAD = timedelta(weeks=5)  # what a patient sees of their own


@public
@require_safe
@conditional_page
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program reads; 404 once the link is stopped. Source: RULE INT-08."""
    link = calendars.link_by(token)
    if link is None:
        raise Http404
    if link.patient:
        gate.own(link.patient)
    answer = HttpResponse(calendars.calendar_of(link, timezone.now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@staff_page(*permissions.SEES_GROUPS)
def calendar(request: HttpRequest) -> HttpResponse:
    """A week or a month of what this person may see: all of it, what they lead, or one group."""
    zone, now = timezone.get_current_timezone(), timezone.now()
    today = local_date(now, zone)
    view: weeks.View = "month" if request.GET.get("view") == "month" else "week"
    on = _day_in(request.GET.get("on", ""), today)
    visible = groups_visible_to(request.staff)
    one = _group_in(request.GET.get("of", ""), visible)
    of = str(one.pk) if one else "mine" if request.GET.get("of") == "mine" else ""
    page = weeks.pages(view, on)
    from_, to = moment(page.first, MIDNIGHT, zone), moment(page.last + timedelta(days=1), MIDNIGHT, zone)
    sessions = list(queries.sessions_to_read(request.staff, from_, to, of=of)[: READABLE + 1])
    if too_many := len(sessions) > READABLE:
        sessions = []
    context = {
        "title": f"{on:%B %Y}" if view == "month" else f"Week of {day(page.first, today)}",
        "zone": zone_name(now, zone),
        "view": view,
        "too_many": too_many,
        "on": on,
        "of": of,
        "one": one,
        "groups": _to_choose_from(visible),
        "open": set(visible.filter(pk__in={s.group_id for s in sessions}).values_list("pk", flat=True)),
        "days": weeks.days(view, on, today, sessions, lambda s: local_date(s.starts_at, zone)),
        "count": len(sessions),
        "to": {name: _address(view, there, of) for name, there in (("before", page.before), ("after", page.after))}
        | {"today": _address(view, today, of), "week": _address("week", on, of), "month": _address("month", on, of)},
    }
    return render(request, "timetable/calendar.html", context)


def _address(view: str, on: date, of: str) -> str:
    return f"{reverse('timetable:calendar')}?{urlencode({'view': view, 'on': on.isoformat(), 'of': of})}"


def _day_in(typed: str, today: date) -> date:
    """The day asked for; today for what is none, or too far away for anyone to have meant it."""
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        return today
    return on if abs((on - today).days) < 3660 else today


def _group_in(typed: str, visible: QuerySet[Any]) -> Any | None:
    """The group asked for; None for what is none, or not for these eyes."""
    asked = uuid_or_none(typed)
    return visible.filter(pk=asked).first() if asked else None


def _to_choose_from(visible: QuerySet[Any]) -> list[Any]:
    """By name; none where there are too many for a list, so that a group is chosen on its own page."""
    groups = list(visible.order_by("name")[: CHOICES + 1])
    return groups if len(groups) <= CHOICES else []


@require_safe
@staff_page(*permissions.SEES_GROUPS)
def links(request: HttpRequest) -> HttpResponse:
    """The links of one of the staff: their own, and one for each group they see."""
    made = list(calendars.links_of(staff=request.staff))
    with_link = {link.group_id for link in made}
    visible = groups_visible_to(request.staff)
    asked = _group_in(request.GET.get("group", ""), visible)
    groups = [asked] if asked else _to_choose_from(visible)
    context = {
        "own": _told(next((link for link in made if link.group is None), None)),
        "of_groups": [(link.group, _told(link)) for link in made if link.group],
        "groups": [group for group in groups if group.pk not in with_link],
        "too_many": not groups and visible.exists(),
    }
    return render(request, "timetable/calendar_links.html", context)


@require_POST
@staff_page(*permissions.SEES_GROUPS)
def change_link(request: HttpRequest) -> HttpResponse:
    """Makes or stops one of one's own links; `group` is empty for what one leads oneself."""
    group = None
    if wanted := request.POST.get("group"):
        group = _group_in(wanted, groups_visible_to(request.staff))
        if group is None:
            raise Http404
    if request.POST.get("act") == "stop":
        for link in calendars.links_of(staff=request.staff).filter(group=group):
            calendars.stop_link(link=link)
        tell(request, "The link is stopped. Calendars that read it find nothing there any more.")
    else:
        calendars.make_link(staff=request.staff, group=group)
        tell(request, "The link is made.")
    return redirect("timetable:links")


@require_safe
@patient_page
def my_calendar(request: HttpRequest) -> HttpResponse:
    """A patient's own next weeks, and their link."""
    now, zone = timezone.now(), timezone.get_current_timezone()
    coming = queries.sessions_of_patient(request.patient).filter(ends_at__gt=now, starts_at__lt=now + AHEAD)
    by_week: dict[date, list[Any]] = {}
    for session in coming.order_by("starts_at"):
        on = local_date(session.starts_at, zone)
        by_week.setdefault(on - timedelta(days=on.weekday()), []).append(session)
    link = calendars.links_of(patient=request.patient).first()
    told = list(cannot_come.of_patient(request.patient, now))
    context = {
        "weeks": list(by_week.items()),
        "own": _told(link),
        "today": local_date(now, zone),
        "told": {row.session_id for row in told},
        "told_by_others": {row.session_id for row in told if row.said_by != CannotCome.SaidBy.PATIENT},
        "cannot_until": now + cannot_come.AHEAD,
    }
    return render(request, "timetable/my_calendar.html", context)


@require_POST
@patient_page
def change_my_link(request: HttpRequest) -> HttpResponse:
    if request.POST.get("act") == "stop":
        for link in calendars.links_of(patient=request.patient):
            calendars.stop_link(link=link)
        tell(request, _("The link is stopped. Calendars that read it find nothing there any more."))
    else:
        calendars.make_link(patient=request.patient)
        tell(request, _("The link is made."))
    return redirect("timetable:my_calendar")


def _told(link: Any) -> dict[str, str] | None:
    """The address of a link, and the addresses at which calendars take it; None without a link."""
    if link is None:
        return None
    address = calendars.url_of(link)
    webcal = f"webcal://{address.partition('://')[2]}"
    return {
        "address": address,
        "group": str(link.group_id or ""),
        "apple": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        "outlook": f"https://outlook.live.com/calendar/0/addfromweb?url={quote(address, safe='')}",
    }
