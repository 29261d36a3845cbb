"""What the pages of admissions show about people. The board's lanes are in lanes.py."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from stepdown.admissions import interview, permissions
from stepdown.admissions.domain import parts, screen_told
from stepdown.admissions.domain import reasons as words
from stepdown.admissions.domain.advice import INCOMPLETE, OUT_OF_SCOPE, Advice
from stepdown.admissions.models import Assessment, Call, Danger, Episode, Inquiry, Level
from stepdown.kernel.decision import Decision
from stepdown.people.models import Patient, Staff
from stepdown.people.visibility import not_hidden
from stepdown.ui.navigation import Waiting


def inquiries_visible_to(staff: Staff) -> QuerySet[Inquiry]:
    """The care team sees every inquiry, but of whoever's record is restricted; nobody else sees any."""
    if not staff.has_role(*permissions.TEAM):
        return Inquiry.objects.none()
    return Inquiry.objects.filter(not_hidden(staff)).select_related("assigned_to", "patient", "closed_by")


def patients_in_care() -> QuerySet[Patient]:
    """Those admitted and not discharged."""
    return Patient.objects.filter(episodes__status__in=(Episode.Status.ACTIVE, Episode.Status.ON_HOLD))


def with_last_service(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """When each was last served, which is the end of their last episode (`last_service_at`, None: no episode is over),
    and whether one is open (`is_in_care`), also one that has not begun."""
    of_patient = Episode.objects.filter(patient=OuterRef("pk"))
    ended = of_patient.exclude(ended_at=None).order_by("-ended_at").values("ended_at")[:1]
    return patients.annotate(last_service_at=Subquery(ended), is_in_care=Exists(of_patient.filter(ended_at=None)))


def calls_waiting(staff: Staff) -> Waiting:
    """How many people wait for a call, for the menu."""
    return Waiting(to_call(staff).count())


def to_decide(staff: Staff) -> QuerySet[Assessment]:
    """Assessments that are complete, or in which danger is open, without a decision yet."""
    danger = Danger.objects.filter(done_at=None).values("assessment")
    mine = Assessment.objects.filter(inquiry__in=inquiries_visible_to(staff).filter(status__in=Inquiry.OPEN))
    return mine.filter(Q(ready_at__isnull=False) | Q(pk__in=danger), decided_at=None)


def to_call(staff: Staff) -> QuerySet[Inquiry]:
    """Those who wait for a call; whose assessment waits for a decision does not."""
    return _undecided(staff).filter(status__in=Inquiry.TO_CALL)


def to_assess(staff: Staff) -> QuerySet[Inquiry]:
    """Those with whom an assessment is to begin or to go on."""
    return _undecided(staff).filter(status__in=Inquiry.TO_ASSESS)


def _undecided(staff: Staff) -> QuerySet[Inquiry]:
    return inquiries_visible_to(staff).exclude(pk__in=to_decide(staff).values("inquiry"))


def asked_since(staff: Staff, since: datetime) -> int:
    """How many asked on the site for a call from that moment on, whatever has become of it."""
    return inquiries_visible_to(staff).filter(asked_at__gte=since, came_by=Inquiry.CameBy.WEB).count()


def care_team() -> list[Staff]:
    """Who can keep an inquiry."""
    return list(Staff.objects.current().filter(roles__overlap=list(permissions.TEAM)))


def is_logged(once: UUID) -> bool:
    """Whether the call that a form was about to log with this id is logged."""
    return Call.objects.filter(pk=once).exists()


def last_assessment(inquiry: Inquiry) -> Assessment | None:
    """The open one, else the one decided last."""
    assessments = inquiry.assessments.select_related("saved_by", "started_by", "inquiry")
    return assessments.order_by(F("decided_at").desc(nulls_first=True)).first()


def open_assessment(inquiry: Inquiry) -> Assessment | None:
    return inquiry.assessments.filter(decided_at=None).select_related("saved_by", "started_by", "inquiry").first()


def open_danger(assessment: Assessment) -> Danger | None:
    return assessment.dangers.filter(done_at=None).select_related("noted_by", "handled_by").first()


def danger_by(inquiry: Inquiry, danger_id: UUID) -> Danger | None:
    return Danger.objects.filter(pk=danger_id, assessment__inquiry=inquiry).select_related("assessment").first()


def planned_episode(inquiry: Inquiry) -> Episode | None:
    """The episode that the decision about this inquiry planned."""
    return Episode.objects.filter(assessment__inquiry=inquiry).first()


def inquiry_page(inquiry: Inquiry, staff: Staff) -> dict[str, Any]:
    """Facts, answers sent along, calls with their outcomes, past and open assessments."""
    assessments = list(inquiry.assessments.select_related("started_by", "decided_by").order_by("-started_at"))
    return {
        "inquiry": inquiry,
        "calls": list(inquiry.calls.select_related("by")),
        "self_screen": screen_told.told(inquiry.self_screen),
        "call_first": screen_told.call_first(inquiry.self_screen),
        "assessments": assessments,
        "open_assessment": next((each for each in assessments if each.decided_at is None), None),
        "may_work": permissions.work_on(staff, inquiry),
        "episode": planned_episode(inquiry) if inquiry.patient_id else None,
        "team": care_team(),
    }


@dataclass(frozen=True)
class AdviceShown:
    """Advice as staff reads it: a title, how sure, the reasons, what to talk about instead and what is still to ask."""

    advice: Advice
    title: str
    sure: str
    tone: str
    reasons: list[words.Reason] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    if_safe_place: str = ""
    questions: list[words.Question] = field(default_factory=list)


_TITLES = {
    OUT_OF_SCOPE: "Under 18: these rules are for adults",
    INCOMPLETE: "Not enough is known yet",
    "EMERGENCY_NOW": "A clinician takes over now",
}
_TONES = {"clear": "calm", "borderline": "attention", "conflict": "attention", "incomplete": ""}


def level_said(level: str) -> str:
    """A level of care as people say it."""
    return _TITLES.get(level) or str(Level(level).label)


def advice_shown(assessment: Assessment) -> AdviceShown:
    """The advice of an assessment with its reasons in plain words. Reads nothing from the database."""
    advice = Advice(**(assessment.advice or {}))
    title = level_said(advice.advice)
    if advice.provisional_advice:
        title = f"So far: {level_said(advice.provisional_advice).lower()}"
    then = words.with_a_safe_place(assessment.answers)
    questions = words.questions(advice, assessment.answers)
    if needed := [each for each in parts.facts_missing(assessment.about) if each not in ("date of birth", "state")]:
        questions.append(words.Question("about", f"{', '.join(needed).capitalize()}?", "about"))
    return AdviceShown(
        advice=advice,
        title=title,
        sure=words.CONFIDENCE[advice.confidence],
        tone=_TONES[advice.confidence],
        reasons=words.reasons(advice),
        alternatives=[words.ALTERNATIVES[text] for text in advice.alternatives],
        if_safe_place=_then(then) if then else "",
        questions=questions,
    )


def _then(advice: Advice) -> str:
    level = level_said(advice.provisional_advice or advice.advice).lower()
    sure = {"borderline": ", borderline", "conflict": ", with reasons that pull apart"}.get(advice.confidence, "")
    return f"With another safe place to stay, the advice becomes {level}{sure}."


def _as_now(assessment: Assessment) -> None:
    """With what follows from the answers today: somebody may be of age by now, or the rule another. Not saved."""
    interview.derive(assessment, interview.covered_states(), interview.today_of(assessment))
    if assessment.decided_at is None:
        assessment.advice = asdict(interview.worked_out(assessment))


def assessment_page(assessment: Assessment, staff: Staff, part: parts.Part) -> dict[str, Any]:
    """One part of the interview with everything that stands beside it."""
    _as_now(assessment)
    return {
        "inquiry": assessment.inquiry,
        "assessment": assessment,
        "part": part,
        "number": parts.PARTS.index(part) + 1,
        "total": len(parts.PARTS),
        "progress": parts.progress(assessment.answers, assessment.about),
        "before": parts.before(part.slug),
        "after": parts.after(part.slug),
        "advice": advice_shown(assessment),
        "may_decide": permissions.decide(staff, assessment),
        "called": called(assessment),
        "home_unsafe": assessment.answers["home"]["safe"] is False,
        "minutes": int((timezone.now() - assessment.started_at).total_seconds() // 60),
    }


def called(assessment: Assessment) -> str:
    """The name on the page: the one they chose, else the legal one, else the name they asked for a call under."""
    about = assessment.about
    full = f"{about.get('chosen_name') or about.get('first_name') or ''} {about.get('last_name') or ''}".strip()
    return full or assessment.inquiry.name


def danger_page(assessment: Assessment, danger: Danger) -> dict[str, Any]:
    """What to do now, and what is known about where the person is."""
    about = assessment.about
    place = ", ".join(str(about[key]) for key in ("address_line", "city", "state", "postal_code") if about.get(key))
    return {
        "inquiry": assessment.inquiry,
        "assessment": assessment,
        "danger": danger,
        "called": called(assessment),
        "place": place,
        "phone": about.get("phone") or assessment.inquiry.phone,
        "contact_name": about.get("emergency_contact_name"),
        "contact_phone": about.get("emergency_contact_phone"),
        "safe_way": about.get("safe_contact_note"),
        "known": [words.RULES[rule][1] for rule in danger.rules],
        "suicide": not {"E1", "E2"}.isdisjoint(danger.rules) or not danger.rules,
        "medical": not {"E4", "E5", "E6", "E7", "E9", "E10"}.isdisjoint(danger.rules) or not danger.rules,
        "violence": not {"E3", "E8"}.isdisjoint(danger.rules) or not danger.rules,
    }


def same_person(assessment: Assessment, staff: Staff) -> list[Patient]:
    """Patients with the same name and date of birth: perhaps this person was here before. Whose record is restricted is
    told to nobody by this."""
    about = assessment.about
    if not all(about.get(key) for key in ("first_name", "last_name", "date_of_birth")):
        return []
    return list(
        Patient.objects.filter(
            not_hidden(staff, "pk"),
            first_name__iexact=about["first_name"].strip(),
            last_name__iexact=about["last_name"].strip(),
            date_of_birth=about["date_of_birth"],
        ).order_by("-created_at")[:5]
    )


def decision_page(assessment: Assessment, staff: Staff) -> dict[str, Any]:
    """The advice, what may be decided, and whether this person was here before."""
    _as_now(assessment)
    admit: Decision = permissions.admit(assessment)
    return {
        "inquiry": assessment.inquiry,
        "assessment": assessment,
        "advice": advice_shown(assessment),
        "may_decide": permissions.decide(staff, assessment),
        "may_admit": admit,
        "called": called(assessment),
        "words": [(part.title, assessment.words[part.slug]) for part in parts.PARTS if assessment.words.get(part.slug)],
        "progress": parts.progress(assessment.answers, assessment.about),
    }
