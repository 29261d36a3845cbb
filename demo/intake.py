"""How people came in: when they asked, when a seat was offered and accepted, and the decision behind their episode."""

import copy
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from stepdown.admissions.domain.advice import advise
from stepdown.admissions.interview import age_on
from stepdown.admissions.models import Assessment, CameFrom, Episode, Inquiry, Level
from stepdown.people.models import Patient, Staff
from stepdown.placement.services import HOLD

from .center import CENTRAL

WHOLE: dict = {
    "age": 41,
    "emergency": dict.fromkeys(
        (
            "suicidal_intent_or_plan", "suicide_behavior_3mo", "homicidal_intent", "overdose_or_unresponsive_now",
            "severe_withdrawal_now", "acute_psychosis_or_delirium", "medical_emergency_now",
            "immediate_violence_danger",
        ),
        False,
    ),
    "withdrawal": {
        "daily_alcohol_or_sedative": False, "history_seizure_or_dt": False, "ciwa_ar": None, "cows": None,
        "opioid_dependent_without_moud": False, "pregnant": False,
    },
    "ratings": {"d1": 0, "d2": 0, "d3": 1, "d4": 1, "d5": 2, "d6": 1},
    "home": {"safe": True, "lives_with_people_who_use": False, "homeless": False, "safe_alternative_housing": None},
    "duties": {"work_or_school": True, "caregiving": True, "can_take_leave": False},
    "signs": {"dui_owi": True, "family_concern": True, "increasing_time_money": True},
    "dsm_severity": "moderate",
    "history": {"failed_outpatient": False, "failed_iop": False, "stepping_down_from": "none"},
    "preference": "none",
    "telehealth": {"private_space": True, "device_and_internet": True, "in_licensed_state": True},
}  # fmt: skip


@dataclass(frozen=True)
class Way:
    """The moments between asking for a call and saying yes to a seat."""

    asked: datetime
    decided: datetime
    offered: datetime
    held_until: datetime
    accepted: datetime


def way_in(starts: datetime, days: int, rng: Random) -> Way:
    """Asked so many days before the first session, talked the same day, said yes within a day; nobody at night."""
    asked = _by_day(starts - timedelta(days=days), rng, 9, 16)
    offered = _by_day(asked + timedelta(days=1), rng, 9, 13)
    return Way(
        asked=asked,
        decided=asked + timedelta(minutes=rng.randrange(70, 170)),
        offered=offered,
        held_until=offered + HOLD,
        accepted=_by_day(offered, rng, 14, 20),
    )


def _by_day(on: datetime, rng: Random, first: int, last: int) -> datetime:
    """Some minute of that day from one hour to the other, as the center's clock shows it."""
    zone = ZoneInfo(CENTRAL)
    day = on.astimezone(zone).date()
    return datetime.combine(day, time(rng.randrange(first, last), rng.randrange(60)), zone)


def assessed(
    patient: Patient, episode: Episode, way: Way, by: Staff, found: dict | None = None
) -> tuple[Inquiry, Assessment]:
    """The request for a call and the decided assessment that this episode came from. found: answers by part, where they
    are other than usual."""
    answers = copy.deepcopy(WHOLE)
    answers["age"] = age_on(patient.date_of_birth, way.decided.date())
    for part, values in (found or {}).items():
        answers[part] |= values
    if episode.came_from != CameFrom.DIRECT:
        answers["history"]["stepping_down_from"] = episode.came_from
    inquiry = Inquiry(
        name=patient.first_name,
        phone=patient.phone,
        language=patient.language,
        status=Inquiry.Status.ADMITTED,
        asked_at=way.asked,
        came_from=episode.came_from,
        court_or_dui=answers["signs"]["dui_owi"],
        assigned_to=by,
        patient=patient,
        closed_at=way.decided,
        closed_by=by,
    )
    assessment = Assessment(
        inquiry=inquiry,
        started_by=by,
        started_at=way.decided - timedelta(minutes=48),
        saved_at=way.decided,
        saved_by=by,
        answers=answers,
        about={"first_name": patient.first_name, "last_name": patient.last_name, "state": patient.state},
        came_from=episode.came_from,
        came_from_name=episode.came_from_name,
        ready_at=way.decided,
        advice=asdict(advise(answers)),
        decided_level=Level.IOP,
        decided_by=by,
        decided_at=way.decided,
    )
    episode.assessment = assessment
    return inquiry, assessment
