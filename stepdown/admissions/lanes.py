"""The board's own lanes: to call, to assess, to decide. Three queries for any number of people."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.admissions import board, queries
from stepdown.admissions.domain import reasons, screen_told, waiting
from stepdown.admissions.models import Danger, Inquiry
from stepdown.people.models import Center, Staff
from stepdown.people.queries import the_center
from stepdown.ui import when

# More than this many open inquiries in one lane are counted, not read.
READ_AT_MOST = 200
HOW_SOON_LASTS = 600  # seconds

OF_INQUIRY = {"inquiry": "inquiry__", "came_from": "inquiry__came_from"}  # from an assessment, for board.condition

_CALLED_ALL = _("Nobody waits for a call. New requests appear here at once.")
_ASSESSED_ALL = _("Nobody to assess. Log a call to plan an assessment.")
_DECIDED_ALL = _("Nothing to decide. Finished assessments appear here.")
_REACH = {"no": _("No message"), "short": _("A short message is OK"), "text": _("Text only")}
_BEST = {"now": _("Any time"), "morning": _("Morning"), "afternoon": _("Afternoon"), "evening": _("Evening")}


def hours_of(center: Center) -> waiting.Hours:
    return waiting.Hours(center.calls_from, center.calls_until, ZoneInfo(center.time_zone))


@dataclass(frozen=True)
class Waiting:
    """Someone who waits for a call, and how long."""

    inquiry: Inquiry
    wait: waiting.Wait

    @property
    def call_first(self) -> bool:
        return screen_told.call_first(self.inquiry.self_screen)


def waiting_people(inquiries: Iterable[Inquiry], center: Center, now: datetime) -> list[Waiting]:
    """Those who told of danger first, then the longest wait, then those to call later."""
    hours, limit = hours_of(center), center.call_within_minutes
    people = [
        Waiting(
            inquiry,
            waiting.wait(
                asked_at=inquiry.asked_at,
                best_time=inquiry.best_time,
                next_call_at=inquiry.next_call_at,
                now=now,
                hours=hours,
                limit=limit,
            ),
        )
        for inquiry in inquiries
    ]
    return sorted(people, key=lambda each: (not each.call_first, -each.wait.minutes, each.wait.due_from))


def to_call(staff: Staff, show: str) -> board.LaneContent:
    now, center = timezone.now(), the_center()
    inquiries = queries.to_call(staff).filter(board.condition(staff, show))
    people = waiting_people(inquiries.order_by("asked_at")[:READ_AT_MOST], center, now)
    cards = [_call_card(each, staff, center, now) for each in people]
    return _content(cards)


def _call_card(each: Waiting, staff: Staff, center: Center, now: datetime) -> board.Card:
    inquiry, wait = each.inquiry, each.wait
    later = wait.due_from > now
    page = reverse("admissions:inquiry", args=[inquiry.pk])
    return board.Card(
        name=inquiry.name,
        url=page,
        wait=f"From {at_said(wait.due_from, now)}" if later else when.minutes_said(wait.minutes),
        tone="urgent" if wait.late or each.call_first else "",
        line=_before_the_call(inquiry),
        meta=f"{_BEST[inquiry.best_time]}. {_REACH[inquiry.leave_message]}",
        strong=_kept_by(inquiry, staff),
        act="Call",
        act_url=f"{page}#call",
        bar=None if later else waiting.bar(wait.minutes, center.call_within_minutes),
    )


def at_said(moment: datetime, now: datetime) -> str:
    """Short, for a card; the zone's name stands at the top of the page: "2:30 pm", "Thu 10:00 am", "Mar 27"."""
    zone = timezone.get_current_timezone()
    on, today = when.local_date(moment, zone), when.local_date(now, zone)
    clock = when.clock(moment, zone, named=False)
    if on == today:
        return clock
    if abs((on - today).days) < 7:
        return f"{when.weekday(on, short=True)} {clock}"
    return when.day_short(on, today)


def _since(moment: datetime, now: datetime) -> str:
    """ "20 min" on the same day, then "Since yesterday", "Since March 9"."""
    zone = timezone.get_current_timezone()
    on, today = when.local_date(moment, zone), when.local_date(now, zone)
    if on == today:
        return when.minutes_said(int((now - moment).total_seconds() // 60))
    return "Since yesterday" if (today - on).days == 1 else f"Since {when.day(on, today)}"


def _before_the_call(inquiry: Inquiry) -> str:
    """What the caller needs to know: danger that the self-screen showed comes before the person's own note."""
    told = screen_told.headline(inquiry.self_screen)
    return told if screen_told.call_first(inquiry.self_screen) else inquiry.note or told


def _kept_by(inquiry: Inquiry, staff: Staff) -> str:
    keeper = inquiry.assigned_to
    if keeper is None:
        return ""
    return "Yours" if keeper.pk == staff.pk else keeper.first_name


def to_assess(staff: Staff, show: str) -> board.LaneContent:
    now = timezone.now()
    inquiries = (
        queries.to_assess(staff)
        .filter(board.condition(staff, show))
        .annotate(begun=Count("assessments", filter=Q(assessments__decided_at=None)))
        .order_by("next_call_at", "asked_at")
    )
    people = sorted(inquiries[:READ_AT_MOST], key=lambda each: each.next_call_at or now)
    return _content([_assess_card(each, staff, now) for each in people])


def _assess_card(inquiry: Any, staff: Staff, now: datetime) -> board.Card:
    at = inquiry.next_call_at
    wait, tone = "Now", "calm"
    if at and at < now and inquiry.status == Inquiry.Status.ASSESSMENT_SCHEDULED:
        wait, tone = f"Was {at_said(at, now)}", "attention"
    elif at and at > now:
        wait, tone = at_said(at, now), ""
    return board.Card(
        name=inquiry.name,
        url=reverse("admissions:inquiry", args=[inquiry.pk]),
        wait=wait,
        tone=tone,
        line=inquiry.note,
        strong=_from(inquiry),
        meta=_kept_by(inquiry, staff) or "Nobody's yet",
        act="Go on" if inquiry.begun else "Start",
        act_url=reverse("admissions:assess", args=[inquiry.pk]),
    )


def _from(inquiry: Inquiry) -> str:
    stepping_down = inquiry.came_from not in ("", "direct")
    return f"From: {inquiry.get_came_from_display().lower()}" if stepping_down else ""


def to_decide(staff: Staff, show: str) -> board.LaneContent:
    now = timezone.now()
    open_danger = Danger.objects.filter(assessment=OuterRef("pk"), done_at=None).values("pk")
    assessments = (
        queries.to_decide(staff)
        .filter(board.condition(staff, show, **OF_INQUIRY))
        .annotate(danger=Subquery(open_danger[:1]))
        .select_related("inquiry__assigned_to")
        .order_by(F("danger").asc(nulls_last=True), "ready_at")
    )
    return _content([_decide_card(each, staff, now) for each in assessments[:READ_AT_MOST]])


def _decide_card(assessment: Any, staff: Staff, now: datetime) -> board.Card:
    inquiry, advice = assessment.inquiry, assessment.advice or {}
    since = assessment.ready_at or assessment.saved_at
    sure = "" if advice["confidence"] == "clear" else f", {advice['confidence']}"
    card = board.Card(
        name=queries.called(assessment),
        url=reverse("admissions:inquiry", args=[inquiry.pk]),
        wait=_since(since, now),
        tone="attention" if now - since >= timedelta(days=1) else "",
        line=next((reasons.RULES[rule][1] for rule in advice["rules"]), ""),
        strong=f"Advice: {queries.level_said(advice['advice']).lower()}{sure}",
        meta=_kept_by(inquiry, staff) or "Nobody's yet",
        act="Decide",
        act_url=reverse("admissions:decision", args=[inquiry.pk]),
    )
    if not assessment.danger:
        return card
    url = reverse("admissions:danger", args=[inquiry.pk, assessment.danger])
    line = card.line or "Staff noted danger."
    return replace(card, wait="Danger now", tone="urgent", line=line, strong="", act="Help now", act_url=url)


def _content(cards: list[board.Card]) -> board.LaneContent:
    hidden = len(cards) - board.CARDS_SHOWN
    more = f"{hidden} more" if hidden > 0 else ""
    return board.LaneContent(cards[: board.CARDS_SHOWN], len(cards), more)


def _call_counts(staff: Staff) -> dict[str, int]:
    return board.count_each(queries.to_call(staff), staff)


def _assess_counts(staff: Staff) -> dict[str, int]:
    return board.count_each(queries.to_assess(staff), staff)


def _decide_counts(staff: Staff) -> dict[str, int]:
    return board.count_each(queries.to_decide(staff), staff, **OF_INQUIRY)


def register() -> None:
    """The three lanes that admissions fills itself; `offered` belongs to the stage that seats people."""
    for lane in (
        board.Lane("call", _("To call"), to_call, _call_counts, 10, _CALLED_ALL),
        board.Lane("assess", _("To assess"), to_assess, _assess_counts, 20, _ASSESSED_ALL),
        board.Lane("decide", _("To decide"), to_decide, _decide_counts, 30, _DECIDED_ALL),
    ):
        board.register_lane(lane)


def _hour(at: time) -> str:
    """8 am, 5:30 pm"""
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {'pm' if at.hour >= 12 else 'am'}"


def how_soon(zone: ZoneInfo, month: datetime, now: datetime) -> tuple[int, float | None]:
    """How many came to their first group since the month began, and the median of days from their first call. Counted
    at most every ten minutes, as in a large center it is a second's work."""
    key = f"admissions-how-soon-{month:%Y-%m}"
    counted: tuple[int, float | None] | None = cache.get(key)
    if counted is None:
        ways = board.first_groups(month, now)
        counted = len(ways), waiting.median_days(ways, zone)
        cache.set(key, counted, HOW_SOON_LASTS)
    return counted


def board_page(staff: Staff, show: str) -> dict[str, Any]:
    """The board with its news: how many have waited too long, asked today, and how soon people came to a group."""
    center, now = the_center(), timezone.now()
    zone = ZoneInfo(center.time_zone)
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    came, days = how_soon(zone, today.replace(day=1), now)
    filled = [(lane, lane.cards(staff, show)) for lane in board.lanes()]
    waiting_now = waiting_people(
        queries.to_call(staff).order_by("asked_at")[:READ_AT_MOST],
        center,
        now,
    )
    due = [each for each in waiting_now if each.wait.due_from <= now]
    counts = [lane.counts(staff) for lane in board.lanes()]
    labels = {
        board.EVERYONE: _("Everyone"),
        board.MINE: _("Mine"),
        board.STEP_DOWN: _("Step-down"),
        board.COURT: _("Court or DUI"),
    }
    return {
        "lanes": filled,
        "late": sum(each.wait.late for each in waiting_now),
        "waiting": len(due),
        "asked_today": queries.asked_since(staff, today),
        "first_groups": came,
        "median_days": days,
        "next": due[0].inquiry if due else None,
        "center": center,
        "hours": f"{_hour(center.calls_from)} to {_hour(center.calls_until)}",
        "show": show,
        "filters": [(key, labels[key], sum(each[key] for each in counts)) for key in board.SHOWS],
    }
