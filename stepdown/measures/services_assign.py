"""Which instruments are to be answered: assigned by the battery, given by hand, asked for by an answer."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.kernel.instruments import Definition, parse
from stepdown.measures.care import open_care
from stepdown.measures.domain.battery import FOLLOWED_BY, NEVER_BY_ITSELF, ONCE_AN_EPISODE, Stage, open_today
from stepdown.measures.domain.texts import text_hash, with_text
from stepdown.measures.instruments import instrument, instruments, turned_off
from stepdown.measures.models import Administration, TextPack, TurnedOff
from stepdown.people.models import Patient, Staff
from stepdown.people.queries import the_center

log = structlog.get_logger(__name__)
FOLLOW_UP_OPEN = timedelta(days=14)
NEEDS_TEXT = "Its words are not loaded yet. A clinical director loads its text pack on the page of instruments."


@transaction.atomic
def assign_due(*, now: datetime, patients: Iterable[UUID] | None = None) -> int:
    """Creates what the battery asks of everyone in care today, or of these patients, and lets lapse what was not
    answered in its time. Whatever is there already stays as it is. Returns how many were created.

    Instruments without words (RULE INS-01), those the center has turned off, and those that only a clinician in the
    same room can do are left out.
    """
    zone = ZoneInfo(the_center().time_zone)
    today = now.astimezone(zone).date()
    lapsed = Administration.objects.open().filter(lapses_on__lte=today).update(lapsed_at=now)
    off = turned_off() | NEVER_BY_ITSELF
    askable = {name for name, definition in instruments().items() if definition.has_text and name not in off}
    rows = [
        Administration(
            patient_id=patient,
            instrument=each.instrument,
            why=each.occasion.stage,
            occasion=each.occasion.key,
            assigned_at=now,
            due_on=each.occasion.due_on,
            lapses_on=each.occasion.lapses_on,
        )
        for patient, care in open_care(now, zone, patients).items()
        for each in open_today(care, today)
        if each.instrument in askable
    ]
    known = set(
        Administration.objects.filter(
            patient__in={row.patient_id for row in rows}, occasion__in={row.occasion for row in rows}
        ).values_list("patient", "instrument", "occasion")
    )
    new = [row for row in rows if (row.patient_id, row.instrument, row.occasion) not in known]
    Administration.objects.bulk_create(new, ignore_conflicts=True, batch_size=2000)
    lapsed += _take_the_place(new, now)
    log.info("instruments assigned", created=len(new), lapsed=lapsed)
    return len(new)


def _take_the_place(new: list[Administration], now: datetime) -> int:
    """Lets lapse what the battery asked before and a newer asking repeats; how many. What staff gave stays."""
    pairs = {(row.patient_id, row.instrument) for row in new}
    before = Administration.objects.open().filter(patient__in={patient for patient, _name in pairs}, assigned_by=None)
    before = before.exclude(why=Stage.FOLLOW_UP).exclude(pk__in=[row.pk for row in new])
    old = [pk for pk, *pair in before.values_list("pk", "patient", "instrument") if tuple(pair) in pairs]
    return Administration.objects.filter(pk__in=old).update(lapsed_at=now)


@transaction.atomic
def give(
    *, patient: Patient, name: str, about: str = "", once: UUID | None = None, by: Staff, now: datetime | None = None
) -> Administration:
    """One instrument by hand, due today. about: the substance, of a checklist that goes by substance. once: the id it
    gets; with the same id again nothing is given. Raises RuleBroken when its words are not there."""
    now, once = now or timezone.now(), once or uuid4()
    one_at_a_time(str(once))
    if given := Administration.objects.filter(pk=once).first():
        if given.patient_id == patient.pk:
            return given
        once = uuid4()
    if not instrument(name).has_text:
        raise RuleBroken(NEEDS_TEXT)
    with rules_speak():
        return Administration.objects.create(
            pk=once, patient=patient, instrument=name, about=about.strip(), why=Stage.BY_HAND,
            occasion=f"{Stage.BY_HAND}:{once}", assigned_at=now, assigned_by=by, due_on=_today(now),
        )  # fmt: skip


def ask_next(*, administration: Administration, flag: str, now: datetime, times: int = 0) -> Administration | None:
    """What a flag asks for next (`battery.FOLLOWED_BY`), given once each time that it comes up; None when it asks for
    nothing, or for something without words, or turned off. What waits already, for whatever reason, is not given
    twice, nor what an episode is asked once.

    times: how often the flag came up on this form before."""
    name = FOLLOWED_BY.get((administration.instrument, flag))
    if name is None or not instrument(name).has_text or name in turned_off():
        return None
    patient, today = administration.patient, _today(now)
    one_at_a_time(f"{name} asked of {patient.pk}")
    if waits := Administration.objects.open().filter(patient=patient, instrument=name).order_by("due_on").first():
        return _hastened(waits, today)
    if name in ONCE_AN_EPISODE and (answered := _answered_in_episode(patient, name)):
        return answered
    occasion = f"{Stage.FOLLOW_UP}:{administration.pk}"
    found, _is_new = Administration.objects.get_or_create(
        patient=patient,
        instrument=name,
        occasion=f"{occasion}:{times}" if times else occasion,
        defaults={
            "why": Stage.FOLLOW_UP, "assigned_at": now, "due_on": today, "lapses_on": today + FOLLOW_UP_OPEN,
        },
    )  # fmt: skip
    return found


def _hastened(waits: Administration, today: date) -> Administration:
    """Due today, and asked as long as what an answer calls for is."""
    waits.due_on = min(waits.due_on, today)
    waits.lapses_on = waits.lapses_on and max(waits.lapses_on, today + FOLLOW_UP_OPEN)
    waits.save(update_fields=["due_on", "lapses_on"])
    return waits


def _answered_in_episode(patient: Patient, name: str) -> Administration | None:
    """The last one answered since the decision for the episode that is open."""
    planned = Episode.objects.filter(patient=patient, ended_at=None).values_list("planned_at", flat=True)
    rows = Administration.objects.finished().filter(
        patient=patient, instrument=name, finished_at__gte=Subquery(planned[:1])
    )
    return rows.order_by("-finished_at").first()


@transaction.atomic
def turn(*, name: str, on: bool, by: Staff) -> None:
    """Lets the center ask an instrument by itself, or not; what is given already stays."""
    if on:
        TurnedOff.objects.filter(instrument=name).delete()
    else:
        TurnedOff.objects.get_or_create(instrument=name, defaults={"by": by})
    log.info("instrument turned", instrument=name, on=on, by=by.pk)


@transaction.atomic
def load_text(*, definition: Definition, pack: dict[str, Any], by: Staff) -> TextPack:
    """Keeps a text pack that fits (`texts.faults` finds none); from now on the instrument can be given."""
    words = parse(with_text(definition.raw, pack))
    loaded = TextPack.objects.create(
        instrument=definition.id, version=definition.version, language=pack["language"], content=pack,
        text_hash=text_hash(words), by=by,
    )  # fmt: skip
    log.info("text pack loaded", instrument=definition.id, text_pack_id=loaded.pk, by=by.pk)
    return loaded


def _today(now: datetime) -> date:
    return now.astimezone(ZoneInfo(the_center().time_zone)).date()
