"""What people in groups were asked and answered since they began: most of it, a little better from week to week."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from stepdown.kernel.instruments import Definition, asked, evaluate
from stepdown.measures.care import open_care
from stepdown.measures.domain.battery import NEVER_BY_ITSELF, Asked, Care, Stage, open_today
from stepdown.measures.domain.texts import text_hash
from stepdown.measures.instruments import instruments
from stepdown.measures.models import Administration, CheckIn, Scoring
from stepdown.measures.permissions import self_rated
from stepdown.measures.services import figures, finish, save_answer
from stepdown.measures.services_assign import assign_due
from stepdown.measures.services_work import settle
from stepdown.people.models import Patient
from stepdown.people.queries import the_center
from stepdown.placement.models import Seat

from .bulk import copy_in

ANSWERED = 0.86  # of what was asked
NOBODY_SAYS = {"phq9_9", "bami_7e", "bam_7e", "sip_15"}  # what raises work items is told by two people only, see `told`
SUBSTANCES = ("Alcohol", "Opioids", "Cocaine")
HEARD = "Passing thought, no plan, no intent. Home with a sister; safety plan gone through, calls again tomorrow."
LOW = (1, 2, 2, 2, 1, 1, 1, 0, 1)  # to the nine questions of the PHQ-9


def measured(now: datetime, seed: int = 20) -> None:
    """For everyone in a group now. The same seed and moment give the same answers."""
    rng = Random(seed)
    zone = ZoneInfo(the_center().time_zone)
    known = {n: d for n, d in instruments().items() if d.has_text and n not in NEVER_BY_ITSELF}
    patients = Patient.objects.in_bulk()
    leaders = dict(Seat.objects.accepted().at(now).values_list("patient", "group__leader"))
    rows: list[Administration] = []
    cares = open_care(now, zone)
    for patient in sorted((p for p, care in cares.items() if care.began), key=lambda p: patients[p].name):
        rows += _asked_so_far(patient, cares[patient], leaders[patient], known, now, zone, rng)
    copy_in(rows)
    finished = [row for row in rows if row.finished_at]
    copy_in(
        Scoring(administration=row, scored_at=row.finished_at, **figures(evaluate(known[row.instrument], row.values)))
        for row in finished
    )
    assign_due(now=now)
    told(now)
    checked_in(now, zone, rng)


def _asked_so_far(
    patient: UUID,
    care: Care,
    leader: UUID,
    known: dict[str, Definition],
    now: datetime,
    zone: ZoneInfo,
    rng: Random,
) -> list[Administration]:
    today = now.astimezone(zone).date()
    found: dict[tuple[str, str], Administration] = {}
    assert care.began is not None
    heavy, eases = rng.uniform(0.3, 0.75), rng.uniform(0.0, 0.05)
    care = replace(care, planned_on=max(care.planned_on, care.began - timedelta(days=7)), meets_today=False)
    for n in range((today - care.began).days + 1):
        on = care.began + timedelta(days=n)
        for each in open_today(care, on):
            key = each.instrument, each.occasion.key
            if each.instrument not in known or key in found:
                continue
            row = _row(patient, each, on, now, zone)
            definition = known[each.instrument]
            days = 0 if each.occasion.stage is not Stage.INTAKE else rng.randrange(0, 4)
            at = _evening(on + timedelta(days=days), zone, rng)
            if at < now - timedelta(hours=20) and rng.random() < ANSWERED:
                _answer(row, definition, max(0.05, heavy - eases * (n // 7)), at, leader, rng)
            elif each.occasion.lapses_on <= today:
                row.lapsed_at = _evening(each.occasion.lapses_on, zone, rng)
            found[key] = row
    return list(found.values())


def _row(patient: UUID, each: Asked, on: date, now: datetime, zone: ZoneInfo) -> Administration:
    return Administration(
        patient_id=patient,
        instrument=each.instrument,
        why=each.occasion.stage,
        occasion=each.occasion.key,
        assigned_at=min(now, datetime(on.year, on.month, on.day, 3, tzinfo=zone)),
        due_on=each.occasion.due_on,
        lapses_on=each.occasion.lapses_on,
    )


def _evening(on: date, zone: ZoneInfo, rng: Random) -> datetime:
    return datetime(on.year, on.month, on.day, rng.randrange(17, 21), rng.randrange(60), tzinfo=zone)


def _answer(row: Administration, definition: Definition, heavy: float, at: datetime, leader: UUID, rng: Random) -> None:
    """heavy: how hard things are, 0 to 1."""
    higher_is_better = [name for score in definition.scores if score.higher_is == "better" for name in score.items]
    values: dict[str, int] = {}
    while left := [item for item in asked(definition, values) if item.id not in values]:
        item = left[0]
        points = sorted(item.points, key=lambda value: item.points[value])
        level = 1 - heavy if item.id in higher_is_better else heavy
        place = round((len(points) - 1) * min(1.0, max(0.0, rng.gauss(level * 0.8, 0.18))))
        values[item.id] = points[0] if item.id in NOBODY_SAYS or definition.id == "cssrs-screener" else points[place]
    row.values, row.started_at, row.saved_at = values, at, at + timedelta(minutes=2)
    row.finished_at = at + timedelta(minutes=3)
    row.version, row.language, row.text_hash = definition.version, definition.language, text_hash(definition)
    if not self_rated(definition):
        row.mode, row.entered_by_id = Administration.Mode.INTERVIEW, leader
        row.about = rng.choice(SUBSTANCES) if definition.id == "dsm5-sud" else ""


SAID = ("", "", "Long shift, quiet evening.", "Talked with my sister.", "A friend asked me out. I stayed home.")
HELPED = ("", "A walk", "Called somebody", "Cooked", "Went to bed early")


def checked_in(now: datetime, zone: ZoneInfo, rng: Random) -> None:
    """About every second evening of the last week, the people of Cedar said how they are."""
    seats = Seat.objects.accepted().at(now).filter(group__name="Cedar").order_by("chair__number")
    days = [now.astimezone(zone).date() - timedelta(days=n) for n in range(1, 8)]
    copy_in(
        CheckIn(
            patient_id=patient,
            at=_evening(on, zone, rng),
            craving=min(6, max(0, round(rng.gauss(2, 2)))),
            mood=rng.choice(["low", "ok", "ok", "good"]),
            used_since=False,
            triggers=sorted(rng.sample(CheckIn.Trigger.values, rng.choice([0, 0, 1, 2]))),
            helped=rng.choice(HELPED),
            words=rng.choice(SAID),
        )
        for patient in seats.values_list("patient", flat=True)
        for on in days
        if rng.random() < 0.5
    )


def told(now: datetime) -> None:
    """Two people of Cedar answered the last question of the PHQ-9 with more than nothing: one nine days ago, which is
    settled, and one just now."""
    seats = Seat.objects.accepted().at(now).filter(group__name="Cedar").select_related("patient", "group__leader")
    first, second = list(seats.order_by("chair__number"))[1:3]
    for seat, at in ((first, now - timedelta(days=9)), (second, now - timedelta(minutes=35))):
        row = Administration.objects.create(
            patient=seat.patient,
            instrument="phq-9",
            why=Stage.BY_HAND,
            occasion=f"{Stage.BY_HAND}:demo",
            assigned_at=at - timedelta(hours=2),
            assigned_by=seat.group.leader,
            due_on=at.date(),
        )
        for number, value in enumerate(LOW, start=1):
            saved = save_answer(administration=row, item=f"phq9_{number}", value=value, now=at)
        (item,) = saved.raised
        if seat == first:
            finish(administration=row, now=at + timedelta(minutes=1))
            settle(item=item, disposition="plan", words=HEARD, by=seat.group.leader, now=at + timedelta(minutes=25))
