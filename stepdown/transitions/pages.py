"""What the pages of transitions draw, put together from queries."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stepdown.admissions.domain.parts import ANCHORS
from stepdown.admissions.models import Episode
from stepdown.people.models import Staff
from stepdown.placement.models import Seat
from stepdown.transitions import permissions, queries
from stepdown.transitions.domain.criteria import Finding
from stepdown.transitions.forms import DischargeForm, RatingForm, ReturnForm, StepDownForm
from stepdown.transitions.queries import Timeline
from stepdown.transitions.queries_ratings import ratings_of
from stepdown.ui.charts import Drawing, Level, way_through
from stepdown.ui.when import day_short


def way_of(line: Timeline | None, today: date) -> Drawing | None:
    """The way from where someone came from to where they go, as steps going down."""
    if line is None:
        return None
    lang = get_language() or "en"

    def begins(step: queries.Step) -> str:
        if step.begins is None:
            return _("until %(day)s") % {"day": day_short(step.ends, today, lang)} if step.ends else ""
        on = day_short(step.begins, today, lang)
        return _("From %(day)s") % {"day": on} if step.planned else on

    def told(step: queries.Step) -> str:
        if step.begins is None:
            return f"{step.name} {begins(step)}"
        said = _("%(name)s, planned from %(day)s" if step.planned else "%(name)s since %(day)s")
        return said % {"name": step.name, "day": day_short(step.begins, today, lang)}

    levels = [Level(step.name, begins(step)) for step in line.steps]
    sentence = f"{'; '.join(map(told, line.steps))}."
    return way_through(levels, line.at, line.share, _("Now"), sentence)


def frame(episode: Episode, staff: Staff, now: datetime) -> dict[str, Any]:
    """What every page about one episode shows: the way, the seat they have or had last, the move that is planned."""
    line = queries.timeline(episode)
    seat = queries.seat_to_leave(episode, now)
    return {
        "episode": episode,
        "patient": episode.patient,
        "now": now,
        "seat": seat,
        "transition": queries.open_transition(episode),
        "timeline": line,
        "way": way_of(line, timezone.localdate(now)),
        "may_decide": permissions.decide(staff, episode),
    }


def step_down_form(episode: Episode, seat: Seat, now: datetime, data: Any = None) -> StepDownForm:
    """The form of a step down from that seat."""
    has_ended = seat.ends_at is not None and seat.ends_at <= now
    choices = queries.choices(episode, aftercare=True, after=max(seat.ends_at or now, now), now=now)
    if all(choice.first_at is None for choice in choices):
        # The planned end lies beyond the timetable; an earlier step down is still possible.
        choices = queries.choices(episode, aftercare=True, after=now, now=now)
    last = queries.last_session(seat) if has_ended else None
    sessions = [last] if last else queries.sessions_left(seat, now)
    return StepDownForm(data, choices=choices, sessions=sessions, planned_end=seat.ends_at)


def step_down_page(episode: Episode, staff: Staff, form: StepDownForm | None = None) -> dict[str, Any]:
    now = timezone.now()
    page = frame(episode, staff, now)
    seat = page["seat"]
    may = permissions.step_down(staff, episode, seat)
    page |= {"may": may, "may_end": permissions.discharge(staff, episode), "may_rate": permissions.rate(staff, episode)}
    iop = seat if seat and not seat.group.program.is_aftercare else None
    if iop:
        page["criteria"] = criteria = queries.criteria_of(episode, iop, now)
        page["met"] = sum(c.finding == Finding.MET for c in criteria)
        page["last_session"] = queries.last_session(iop)
    if may and page["transition"] is None:
        page["form"] = form or step_down_form(episode, seat, now)
    return page


def rating_page(episode: Episode, staff: Staff, form: RatingForm | None = None) -> dict[str, Any]:
    page = frame(episode, staff, timezone.now())
    page |= {"may": permissions.rate(staff, episode), "rated": ratings_of(episode), "anchors": ANCHORS}
    if page["may"]:
        page["form"] = form or RatingForm()
    return page


def return_form(episode: Episode, now: datetime, data: Any = None) -> ReturnForm:
    return ReturnForm(data, choices=queries.choices(episode, aftercare=False, after=now, now=now))


def return_page(episode: Episode, staff: Staff, form: ReturnForm | None = None) -> dict[str, Any]:
    now = timezone.now()
    page = frame(episode, staff, now)
    page["may"] = permissions.return_to_iop(staff, episode, page["seat"])
    if page["may"] and page["transition"] is None:
        page["form"] = form or return_form(episode, now)
    return page


def discharge_page(episode: Episode, staff: Staff, form: DischargeForm | None = None) -> dict[str, Any]:
    page = frame(episode, staff, timezone.now())
    page["may"] = permissions.discharge(staff, episode)
    if page["may"]:
        page["form"] = form or DischargeForm(initial={"last_day": timezone.localdate()})
    return page
