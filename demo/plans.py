"""Plans of the demo: for the first two groups and for everyone who began in the last month. One is late, one waits."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from django.utils import timezone

from stepdown.chart import services_plan, wording
from stepdown.chart.domain.icd10 import first_day
from stepdown.chart.domain.plan import Document, Intervention, Objective, Problem
from stepdown.chart.models import Objective as ObjectiveRow
from stepdown.chart.models import PlanVersion
from stepdown.chart.services_deadlines import make_first_plan_deadlines
from stepdown.chart.services_diagnoses import record_diagnosis
from stepdown.people.models import Staff
from stepdown.people.supervision import supervision_on
from stepdown.placement.models import Seat

GROUPS = ("Cedar", "Alder")
WRITTEN_AFTER, REVIEWED_EVERY = timedelta(days=5), timedelta(days=28)
CODES = (
    ("F10.20", "alcohol use disorder, moderate or severe"),
    ("F11.20", "opioid use disorder, moderate or severe"),
    ("F10.10", "alcohol use disorder, mild"),
    ("F15.20", "stimulant use disorder, moderate or severe"),
)
HOPES = (
    "I want my mornings back, and my sister’s trust.",
    "I want to be the one who drives the kids to school.",
    "I want to sleep at night and keep my job.",
    "I want my brother to pick up the phone again.",
)
# dimension, what makes it hard, the goal in their words, objectives: (words, target, measure).
NEEDS = (
    ("d5", "The hour after work is when the urge is strongest; the drive home goes past the store.",
     "I want to get home without stopping.",
     (("Uses two ways to ride out an urge", "5 days a week", "urge at the door, own word"),
      ("Drives home another way", "4 of 5 work days", "own word in group"))),
    ("d6", "Lives alone and sees few people who do not drink or use.",
     "I want people around me who want me well.",
     (("Calls one supportive person", "3 times a week", "own word, names the person"),)),
    ("d3", "Sleeps four hours a night and feels low most mornings.",
     "I want to wake up and not dread the day.",
     (("Goes to bed before 11 pm", "6 nights a week", "sleep log"),)),
)  # fmt: skip
# Theo finds his plan on his page, to read and sign.
NOT_SIGNED_YET = ("Theo",)
REVIEW = "Went through each step together. What works goes on; the dates are new."


def make_plans(now: datetime) -> None:
    seats = Seat.objects.accepted().at(now).filter(group__program__is_aftercare=False, episode__ended_at=None)
    seats = seats.select_related("episode__patient", "group__program", "group__leader")
    own = seats.filter(group__name__in=GROUPS)
    lately = seats.filter(starts_at__gte=now - timedelta(days=31))
    chosen = {seat.pk: seat for seat in [*own.order_by("group__name", "chair__number"), *lately.order_by("starts_at")]}
    begun = [seat for seat in chosen.values() if seat.starts_at + WRITTEN_AFTER < now]
    long_ago = now - timedelta(days=36)
    late = next((seat for seat in begun if seat.group.name == GROUPS[0] and seat.starts_at < long_ago), None)
    missing = next((seat for seat in begun if seat.starts_at > now - timedelta(days=25)), None)
    for i, seat in enumerate(begun):
        if seat != missing:
            _plan(seat, i, now, reviewed=seat != late)
    make_first_plan_deadlines(now=now)


def _plan(seat: Seat, i: int, now: datetime, *, reviewed: bool) -> None:
    leader, at = seat.group.leader, seat.starts_at + WRITTEN_AFTER
    code, plainly = CODES[i % len(CODES)]
    from_on = max(timezone.localdate(at), first_day())
    if from_on <= timezone.localdate(now):
        record_diagnosis(patient=seat.patient, code=code, from_on=from_on, by=_signer(leader, at))
    document = _document(seat, i, f"{code}, {plainly}")
    while at < now:
        version = _version(seat, _due(document, at), at)
        if not reviewed or at + REVIEWED_EVERY >= now:
            break
        _progress(version, i, at + REVIEWED_EVERY - timedelta(days=1))
        at += REVIEWED_EVERY
    if i % 4 != 2 and seat.patient.first_name not in NOT_SIGNED_YET:
        language = seat.patient.language
        seen = sha256(wording.plan_text(version, language).encode()).hexdigest()
        services_plan.sign_as_patient(
            version=version, patient=seat.patient, signed_name=seat.patient.name, seen=seen, language=language,
            now=min(at + timedelta(hours=3), now),
        )  # fmt: skip
    elif i % 8 == 2:
        services_plan.answer_plan(
            version=version, patient=seat.patient, kind="change", language=seat.patient.language,
            words="Five days is a lot. I can say four and mean it.", now=min(at + timedelta(hours=5), now),
        )  # fmt: skip


def _version(seat: Seat, document: Document, at: datetime) -> PlanVersion:
    leader = seat.group.leader
    version = services_plan.begin_version(episode=seat.episode, by=leader, now=at - timedelta(hours=2))
    review = "" if version.number == 1 else REVIEW
    version = services_plan.save_draft(version=version, document=document, review=review, by=leader)
    signer = _signer(leader, at)
    attestation = services_plan.attestation_of(version, signer)
    return services_plan.sign_plan(version=version, attestation=attestation, by=signer, now=at)


def _signer(leader: Staff, at: datetime) -> Staff:
    under = supervision_on(leader, timezone.localdate(at))
    return under.supervisor if under else leader


def _document(seat: Seat, i: int, diagnosis: str) -> Document:
    program, by = seat.group.program, seat.group.leader.signature
    group = Intervention(f"Group {seat.group.name}, {program.name}", "three times a week, 3 h each", by)
    talk = Intervention("Individual session by video", "once a week, 50 min", by)
    needs = [NEEDS[0], NEEDS[1 + i % 2]] if i % 3 else [NEEDS[0]]
    problems = tuple(
        Problem(
            str(uuid4()), dimension, (diagnosis,) if dimension == "d5" else (), words, "", goal, "",
            tuple(Objective(str(uuid4()), step, how, target, "", (group, talk)) for step, target, how in steps),
        )
        for dimension, words, goal, steps in needs
    )  # fmt: skip
    schedule = f"{program.name}, group {seat.group.name}, with {by}: three times a week, 3 h each."
    return Document(HOPES[i % len(HOPES)], "", schedule, problems)


def _due(document: Document, at: datetime) -> Document:
    """With new dates, six weeks ahead."""
    due = (timezone.localdate(at) + timedelta(days=45)).isoformat()
    return replace(
        document,
        problems=tuple(
            replace(each, objectives=tuple(replace(step, due=due) for step in each.objectives))
            for each in document.problems
        ),
    )


def _progress(version: PlanVersion, i: int, at: datetime) -> None:
    said = (
        ("partly", "Four of five days, and called before the fifth."),
        ("met", "Five days in each of the last two weeks."),
        ("not_yet", "Tried it once; we look for a way that fits the shifts."),
    )
    for n, objective in enumerate(ObjectiveRow.objects.filter(version=version)):
        status, words = said[(i + n) % len(said)]
        services_plan.record_progress(
            objective=objective, status=status, words=words, on=timezone.localdate(at), by=version.signed_by
        )
