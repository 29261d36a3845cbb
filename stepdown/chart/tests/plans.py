"""The smallest true plans: someone in a group, what they were assessed with, a plan that can be signed, or is."""

from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.admissions.tests.factories import AssessmentFactory, EpisodeFactory
from stepdown.chart import services_plan, wording
from stepdown.chart.domain.plan import Document, Intervention, Objective, Problem
from stepdown.chart.models import PlanAnswer, PlanVersion
from stepdown.people.models import Patient, Staff
from stepdown.people.tests.factories import PatientFactory
from stepdown.placement.models import Seat
from stepdown.placement.tests.factories import GroupFactory, SeatFactory

GROUP = Intervention("Group Cedar", "three times a week, 3 h each", "Ines Sample, LADC")


def in_group(
    leader: Staff | None = None,
    patient: Patient | None = None,
    *,
    days: int = 3,
    assessed: bool = False,
    **fields: object,
) -> Seat:
    """Someone whose first session was so many days ago, in a group of that leader, who is licensed."""
    group = GroupFactory(**({"leader": leader} if leader else {}), **fields)
    begun = timezone.now() - timedelta(days=days)
    episode = EpisodeFactory(patient=patient or PatientFactory(), active=True)
    episode.admitted_on = timezone.localdate(begun)
    if assessed:
        words = {"readiness": "My kids.", "use": "I want to drive home without stopping."}
        assessment = AssessmentFactory(finished=True, decided=True, words=words)
        assessment.answers["ratings"] |= {"d5": 3, "d6": 2}
        assessment.save()
        episode.assessment = assessment
    episode.save()
    return SeatFactory(
        group=group, episode=episode, accepted=True, starts_at=begun, offered_at=begun - timedelta(days=1)
    )


def document(objectives: int = 1, **problem: object) -> Document:
    """One problem with so many objectives that payers take."""
    steps = tuple(
        Objective(
            str(uuid4()),
            f"Rides out an urge in {n + 2} ways",
            "check-in at the door",
            "5 days a week",
            (timezone.localdate() + timedelta(days=30)).isoformat(),
            (GROUP,),
        )
        for n in range(objectives)
    )
    fields = {"dimension": "d5", "words": "Drinks after work.", "goal": "I want my mornings back."}
    return Document("My kids.", "", "Monday", (Problem(str(uuid4()), objectives=steps, **(fields | problem)),))


def draft(seat: Seat, given: Document | None = None, *, review: str = "") -> PlanVersion:
    """A draft with that content, complete unless told otherwise; the leader writes it."""
    leader = seat.group.leader
    version = services_plan.begin_version(episode=seat.episode, by=leader)
    return services_plan.save_draft(version=version, document=given or document(), review=review, by=leader)


def boxes(version: PlanVersion, **over: object) -> dict[str, object]:
    """What the page of a draft sends when nothing is touched."""
    data: dict[str, object] = {"seen": version.version, "hope": version.document.hope, "review": version.review}
    for p, problem in enumerate(version.document.problems):
        data |= {
            f"p{p}-key": problem.key,
            f"p{p}-dimension": problem.dimension,
            f"p{p}-words": problem.words,
            f"p{p}-goal": problem.goal,
        }
        for o, each in enumerate(problem.objectives):
            name = f"p{p}-o{o}"
            data |= {f"{name}-{part}": getattr(each, part) for part in ("key", "words", "measure", "target", "due")}
            for i, row in enumerate(each.interventions):
                data |= {f"{name}-i{i}-{part}": getattr(row, part) for part in ("what", "often", "by")}
    return data | {key.replace("_", "-"): value for key, value in over.items()}


def signed_plan(seat: Seat, given: Document | None = None, **options: object) -> PlanVersion:
    """A plan in force, signed by the group's leader."""
    review = "" if not seat.episode.plan_versions.exists() else "Went through it together."
    version = draft(seat, given, review=review)
    return services_plan.sign_plan(
        version=version, attestation=services_plan.ATTESTATION, by=seat.group.leader, **options
    )


def seen_of(version: PlanVersion, language: str = "en") -> str:
    """The digest of what the patient's page shows."""
    return sha256(wording.plan_text(version, language).encode()).hexdigest()


def signed_by_both(seat: Seat) -> PlanAnswer:
    version = signed_plan(seat)
    return services_plan.sign_as_patient(
        version=version, patient=seat.patient, signed_name=seat.patient.name, seen=seen_of(version), language="en"
    )


def plan_of(episode: Episode) -> PlanVersion:
    return episode.plan_versions.select_related("episode__patient").first()


def program_over(seat: Seat) -> None:
    """Their episode has ended, as it should, and with it their seat."""
    episode = seat.episode
    Seat.objects.filter(pk=seat.pk).update(ends_at=timezone.now())
    episode.ended_at, episode.ended_by, episode.status = timezone.now(), seat.group.leader, Episode.Status.COMPLETED
    episode.end_note = "Goes on in Aftercare."
    episode.save()
