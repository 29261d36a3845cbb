"""What people do in admissions: take a call, log it, assess, handle danger, decide."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.admissions import admitted, interview, permissions
from stepdown.admissions.domain import states
from stepdown.admissions.domain.advice import emergencies
from stepdown.admissions.domain.answers import unknown_answers
from stepdown.admissions.domain.screen_told import said_yes
from stepdown.admissions.models import Assessment, Call, CameFrom, Danger, Episode, Inquiry, Level, LevelStay
from stepdown.admissions.told import new_patient, told_anew
from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Patient, Staff

# Levels that this center gives itself; every other decision refers the person elsewhere.
OURS = (Level.IOP, Level.OUTPATIENT)

# The level of a stay elsewhere. Hospital care is care around the clock, so it stands with residential care.
_STAY_LEVEL = {
    CameFrom.HOSPITAL: Level.RESIDENTIAL,
    CameFrom.PARTIAL_HOSPITALIZATION: Level.PHP,
    CameFrom.RESIDENTIAL: Level.RESIDENTIAL,
    CameFrom.WITHDRAWAL_MANAGEMENT: Level.WITHDRAWAL_MANAGEMENT,
    CameFrom.IOP: Level.IOP,
}


@transaction.atomic
def open_inquiry(
    *,
    name: str,
    phone: str,
    best_time: str = Inquiry.BestTime.NOW,
    leave_message: str = Inquiry.LeaveMessage.NO,
    language: str = "en",
    came_by: str = Inquiry.CameBy.WEB,
    came_from: str = "",
    court_or_dui: bool = False,
    note: str = "",
    self_screen: Mapping[str, Any] | None = None,
    once: UUID | None = None,
    by: Staff | None = None,
) -> Inquiry:
    """Someone asked for a call, or called. `by`: the staff member who took the call, who then keeps it.

    self_screen: answers by item id, only when the person sent them along. once: the id it gets; with the same id again
    nothing is made.
    """
    once = once or uuid4()
    one_at_a_time(str(once))
    if made := Inquiry.objects.filter(pk=once).first():
        return made
    return Inquiry.objects.create(
        pk=once,
        name=name,
        phone=phone,
        best_time=best_time,
        leave_message=leave_message,
        language=language,
        came_by=came_by,
        came_from=came_from,
        court_or_dui=court_or_dui or said_yes(self_screen, "ss_dui"),
        note=note,
        self_screen=self_screen,
        assigned_to=by,
    )


def _locked(inquiry: Inquiry) -> Inquiry:
    """The inquiry as it is now, held until the end of the transaction. Raises RuleBroken when it is closed."""
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    if inquiry.closed_at:
        raise RuleBroken(_("This inquiry is closed. Take a new one when the person calls again."))
    return inquiry


@transaction.atomic
def log_call(
    *,
    inquiry: Inquiry,
    outcome: str,
    next_step: str,
    next_at: datetime | None = None,
    note: str = "",
    once: UUID | None = None,
    by: Staff,
) -> Call:
    """Keep one try to talk and move the inquiry on. Raises RuleBroken when it is closed already.

    next_at: when to call again or to assess. The first one who talks with the person keeps the inquiry. once: the id
    the call gets; with the same id again nothing is logged.
    """
    once = once or uuid4()
    one_at_a_time(str(once))
    if made := Call.objects.filter(pk=once).first():
        return made
    inquiry = _locked(inquiry)
    call = Call.objects.create(
        pk=once, inquiry=inquiry, by=by, outcome=outcome, next_step=next_step, next_at=next_at, note=note
    )
    inquiry.status = states.after_call(inquiry.status, outcome, next_step)
    inquiry.next_call_at = next_at
    inquiry.assigned_to = inquiry.assigned_to or by
    if inquiry.status in Inquiry.CLOSED:
        inquiry.closed_at, inquiry.closed_by, inquiry.close_reason = timezone.now(), by, note[:300]
    inquiry.save()
    return call


@transaction.atomic
def assign(*, inquiry: Inquiry, to: Staff | None, seen: str = "", by: Staff) -> Inquiry:
    """Hand the inquiry to someone, or (None) back to everyone.

    seen: the id of who kept it when the page was opened, or another word for nobody. Raises RuleBroken when somebody
    else took it since.
    """
    inquiry = _locked(inquiry)
    keeper = inquiry.assigned_to
    if seen and keeper not in (None, by, to) and str(keeper.pk) != seen:
        raise RuleBroken(_("%(who)s took this over while your page was open.") % {"who": keeper.name})
    inquiry.assigned_to = to
    inquiry.save(update_fields=["assigned_to"])
    return inquiry


@transaction.atomic
def close(*, inquiry: Inquiry, status: str, reason: str, by: Staff) -> Inquiry:
    """End an inquiry without an admission. Raises RuleBroken when it is closed already."""
    inquiry = _locked(inquiry)
    _end(inquiry, status, reason, by)
    return inquiry


def _end(inquiry: Inquiry, status: str, reason: str, by: Staff) -> None:
    if status not in states.NEXT[inquiry.status]:
        raise RuleBroken(_("This inquiry cannot end this way."))
    inquiry.status, inquiry.close_reason = status, reason[:300]
    inquiry.closed_at, inquiry.closed_by = timezone.now(), by
    inquiry.save()


@transaction.atomic
def start_assessment(*, inquiry: Inquiry, by: Staff) -> Assessment:
    """The open assessment of this inquiry; a new one when there is none. What is known already is filled in."""
    inquiry = _locked(inquiry)
    existing = Assessment.objects.filter(inquiry=inquiry, decided_at=None).first()
    if existing:
        return existing
    assessment = Assessment(
        inquiry=inquiry,
        started_by=by,
        saved_by=by,
        answers=unknown_answers(),
        about={"phone": inquiry.phone, "language": inquiry.language},
        came_from=inquiry.came_from,
    )
    interview.derive(assessment, interview.covered_states(), interview.today_of(assessment))
    assessment.advice = asdict(interview.worked_out(assessment))
    assessment.save()
    if inquiry.assigned_to is None:
        inquiry.assigned_to = by
        inquiry.save(update_fields=["assigned_to"])
    return assessment


@dataclass(frozen=True)
class Replaced:
    """An answer that someone else gave meanwhile and that this save replaced. The history keeps it."""

    name: str
    theirs: Any
    by: str


@dataclass(frozen=True)
class Saved:
    """What a save did. `danger` is set when it is to be handled before anything else."""

    assessment: Assessment
    replaced: list[Replaced]
    danger: Danger | None


@transaction.atomic
def save_answers(*, assessment: Assessment, values: Mapping[str, Any], seen: Mapping[str, Any], by: Staff) -> Saved:
    """Keep the answers of one part.

    values: by storage name (see interview.py). seen: the same names as they stood when the page was opened; an answer
    that this person did not change is left as it is now, so two people at work in one assessment lose nothing: the
    last save of an answer wins, and what it replaced is told and kept in the history.
    Raises RuleBroken when the assessment is decided already.
    """
    assessment = _open_assessment(assessment)
    before = emergencies(assessment.answers)
    replaced = []
    for name, value in values.items():
        known, now = name in seen, interview.value_of(assessment, name)
        if known and interview.same(value, seen[name]):
            continue
        changed_meanwhile = known and not interview.same(now, seen[name]) and not interview.same(now, value)
        if changed_meanwhile and assessment.saved_by_id != by.pk:
            replaced.append(Replaced(name, now, str(assessment.saved_by or "")))
        interview.set_value(assessment, name, value)
    assessment.saved_at, assessment.saved_by = timezone.now(), by
    _work_out(assessment)
    assessment.save()
    _tell_inquiry(assessment)
    new = [rule for path, rule in emergencies(assessment.answers).items() if path not in before]
    return Saved(assessment, replaced, _danger_of(assessment, new, by))


def _locked_assessment(assessment: Assessment) -> Assessment:
    assessments = Assessment.objects.select_for_update(of=("self",)).select_related("inquiry", "saved_by")
    return assessments.get(pk=assessment.pk)


def _must_be_open(assessment: Assessment) -> None:
    if assessment.decided_at:
        raise RuleBroken(_("This assessment is decided. It stays as it was then."))


def _open_assessment(assessment: Assessment) -> Assessment:
    assessment = _locked_assessment(assessment)
    _must_be_open(assessment)
    return assessment


def _work_out(assessment: Assessment) -> None:
    """Derived answers, the advice, and whether everything is known."""
    interview.derive(assessment, interview.covered_states(), interview.today_of(assessment))
    advice = interview.worked_out(assessment)
    assessment.advice = asdict(advice)
    if advice.missing:
        assessment.ready_at = None
    elif assessment.ready_at is None:
        assessment.ready_at = timezone.now()


def _tell_inquiry(assessment: Assessment) -> None:
    """What the board filters by: where the person comes from, and whether a court or a DUI is part of it."""
    dui = assessment.answers["signs"]["dui_owi"] is True
    came_from = assessment.came_from or assessment.inquiry.came_from
    Inquiry.objects.filter(pk=assessment.inquiry_id).update(
        came_from=came_from, court_or_dui=assessment.inquiry.court_or_dui or dui
    )


def _danger_of(assessment: Assessment, new: Iterable[str], by: Staff) -> Danger | None:
    """The open danger, opened or widened by the rules that this save fired; None when there is nothing to handle.
    Danger that comes back after it was settled is new."""
    is_open = assessment.dangers.select_for_update(of=("self",)).filter(done_at=None).first()
    rules = list(dict.fromkeys([*(is_open.rules if is_open else ()), *new]))
    if is_open is None:
        return Danger.objects.create(assessment=assessment, rules=rules, noted_by=by, handled_by=by) if rules else None
    if rules != is_open.rules:
        is_open.rules = rules
        is_open.save(update_fields=["rules"])
    return is_open


@transaction.atomic
def raise_danger(*, assessment: Assessment, by: Staff) -> Danger:
    """Danger came up, whatever the answers say so far. The open one, when it is being handled already."""
    assessment = _open_assessment(assessment)
    danger = assessment.dangers.filter(done_at=None).first()
    return danger or Danger.objects.create(assessment=assessment, noted_by=by, handled_by=by)


@transaction.atomic
def settle_danger(*, danger: Danger, done: str, handled_by: Staff, by: Staff) -> Danger:
    """Say what was done, so that the assessment can go on. Raises RuleBroken when it was said already."""
    danger = Danger.objects.select_for_update(of=("self",)).get(pk=danger.pk)
    if danger.done_at:
        raise RuleBroken(_("What was done about this danger is recorded already."))
    danger.done, danger.done_at, danger.handled_by = done, timezone.now(), handled_by
    with rules_speak():
        danger.save()
    return danger


@transaction.atomic
def decide(
    *, assessment: Assessment, level: str, reason: str = "", by: Staff, existing: Patient | None = None
) -> Episode | None:
    """A licensed person decides the level of care. Admits for the levels we give ourselves, else refers elsewhere.

    reason: needed when the level is not the advised one. existing: the patient this person already is, whose contact
    data become those of the interview.
    Returns the planned episode, or None when the person is referred; deciding the same twice is deciding once.
    Raises RuleBroken with the sentence of the rule that stands against it, PermissionDenied for someone who may not.
    Source: program manual, "Level of care": a licensed person decides, and may overrule with a reason.
    """
    assessment = _locked_assessment(assessment)
    if (assessment.decided_by_id, assessment.decided_level) == (by.pk, level):
        return Episode.objects.filter(assessment=assessment).first()
    _must_be_open(assessment)
    _work_out(assessment)
    permissions.decide(by, assessment).or_forbid()
    advice = assessment.advice or {}
    if level != advice["advice"] and not reason.strip():
        raise RuleBroken(_("Say why you decide otherwise than advised."), "reason")
    if level in OURS:
        permissions.admit(assessment).or_break()
    inquiry = _locked(assessment.inquiry)
    assessment.decided_level, assessment.decision_reason = level, reason.strip()
    assessment.decided_by, assessment.decided_at = by, timezone.now()
    assessment.save()
    if level not in OURS:
        _end(inquiry, states.REFERRED_OUT, _("Recommended: %(level)s") % {"level": Level(level).label}, by)
        return None
    inquiry.patient = told_anew(existing, assessment, by) if existing else new_patient(assessment)
    with rules_speak():
        episode = _planned_episode(assessment, inquiry.patient)
    _end(inquiry, states.ADMITTED, "", by)
    admitted.told(episode)
    return episode


def _planned_episode(assessment: Assessment, patient: Patient) -> Episode:
    about = assessment.about
    episode = Episode.objects.create(
        patient=patient,
        assessment=assessment,
        came_from=assessment.came_from or CameFrom.DIRECT,
        came_from_name=assessment.came_from_name,
        referred_by=assessment.referred_by,
        bands=about.get("bands") or [],
        days_away=about.get("days_away") or [],
    )
    came_from, days = CameFrom(episode.came_from), _days_elsewhere(about)
    if days and came_from in _STAY_LEVEL:
        name = episode.came_from_name or str(came_from.label)
        LevelStay.objects.create(episode=episode, level=_STAY_LEVEL[came_from], name=name, here=False, days=days)
    return episode


def _days_elsewhere(about: Mapping[str, Any]) -> tuple[date | None, date] | None:
    """The days of the stay before, half open; None unless its last day is known."""
    if not about.get("came_until"):
        return None
    until = date.fromisoformat(about["came_until"])
    since = date.fromisoformat(about["came_since"]) if about.get("came_since") else None
    return since, max(until, since + timedelta(days=1)) if since else until
