"""What people do with a plan: begin a version, write it, sign it, answer it, say how its objectives go."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.chart import queries_plan, services_deadlines, wording
from stepdown.chart.domain import draft as drafts
from stepdown.chart.domain import plan as domain
from stepdown.chart.domain.digest import digest_of, version_of
from stepdown.chart.models import Objective, PlanAnswer, PlanVersion, Progress
from stepdown.chart.seen import check
from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Device, Patient, Staff
from stepdown.people.supervision import supervision_on

log = structlog.get_logger(__name__)
ATTESTATION = (
    "I wrote this plan for the person named in it, from what they told us and what we saw, and I have read it as it "
    "stands."
)
SUPERVISES = (
    "I supervise the person who wrote this plan. I have read it as it stands here, and sign it as their supervisor."
)
READ = "Somebody else wrote this plan, or changed it last. I have read it as it stands here, and answer for it."
METHOD = "signed in with a second factor, proved again"
PATIENT_METHOD = "typed name on a known device"


class ChangedMeanwhile(RuleBroken):
    """Somebody else saved the draft after the page was opened."""

    def __init__(self, by: Staff) -> None:
        super().__init__(
            f"{by.name} changed this plan while you wrote. What you wrote is still in the boxes and not saved. Look at "
            "theirs in another tab, or save again to put yours in its place."
        )


@transaction.atomic
def begin_version(*, episode: Episode, by: Staff, now: datetime | None = None) -> PlanVersion:
    """The draft of this plan: the one that is open, or a new one. The first is made of what is known already, each
    later one of the version before. Raises RuleBroken when the episode has ended."""
    now = now or timezone.now()
    one_at_a_time(f"plan of {episode.pk}")
    if episode.ended_at:
        raise RuleBroken("This episode of care has ended. A plan begins with the next one.")
    latest = queries_plan.versions_of(episode).first()
    if latest and latest.signed_at is None:
        return latest
    known = queries_plan.known_of(episode, now)
    if latest:
        document = drafts.next_version(latest.document, known.schedule)
    else:
        document = drafts.drafted(known, lambda: str(uuid4()))
    with rules_speak():
        version = PlanVersion.objects.create(
            episode=episode,
            number=latest.number + 1 if latest else 1,
            content=domain.as_json(document),
            begun_by=by,
            saved_by=by,
            begun_at=now,
            saved_at=now,
        )
    log.info("plan version begun", version_id=version.pk, number=version.number)
    return version


@transaction.atomic
def save_draft(
    *, version: PlanVersion, document: domain.Document, review: str = "", seen: str = "", by: Staff
) -> PlanVersion:
    """Keeps a draft, complete or not. seen: `version` of the draft on the page; left out: whatever it was. Who saves it
    as it stands has written nothing: it stays whose it was.

    Raises ChangedMeanwhile, or RuleBroken when the version is signed.
    """
    version = _locked(version)
    if seen and seen != version.version and version.saved_by != by:
        raise ChangedMeanwhile(version.saved_by)
    stood = version.version
    version.content, version.review = domain.as_json(document), review.strip()
    if version.version != stood:
        version.saved_at, version.saved_by = timezone.now(), by
    with rules_speak():
        version.save(update_fields=["content", "review", "saved_at", "saved_by"])
    return version


def attestation_of(version: PlanVersion, by: Staff) -> str:
    """What stands above this person's signature: who saved the draft last is who wrote it."""
    if version.saved_by_id == by.pk:
        return ATTESTATION
    under = supervision_on(version.saved_by, timezone.localdate())
    return SUPERVISES if under and under.supervisor_id == by.pk else READ


def version_to_sign(version: PlanVersion, attestation: str) -> str:
    """Changes with every word of the plan, and of the statement above the signature."""
    return version_of(version.version, attestation)


@transaction.atomic
def sign_plan(
    *, version: PlanVersion, attestation: str, seen: str | None = None, by: Staff, now: datetime | None = None
) -> PlanVersion:
    """Signs once and for all; from here the version is in force, its objectives are rows, and its review is due.
    seen: `version_to_sign` of what was on the page.

    Raises ReadAgain when that is not what stands, RuleBroken with what is missing, or when it is signed. The digest is
    taken over `content_of`.
    """
    now = (now or timezone.now()).astimezone(UTC)
    version = _locked(version)
    missing = domain.missing(version.document, review=version.review if version.number > 1 else None)
    if version.signed_at is None:
        check(seen, version_to_sign(version, attestation))
        if missing:
            raise RuleBroken(" ".join(missing))
    version.signed_at, version.signed_by, version.signed_as = now, by, by.signature
    version.method, version.attestation = METHOD, attestation
    version.digest = digest_of(content_of(version))
    with rules_speak():
        version.save(update_fields=["signed_at", "signed_by", "signed_as", "method", "attestation", "digest"])
    _keep_objectives(version, now)
    services_deadlines.plan_was_signed(episode=version.episode, at=now, by=by)
    log.info("plan signed", version_id=version.pk, number=version.number)
    return version


def content_of(version: PlanVersion) -> dict[str, Any]:
    """Everything the counselor's signature stands for, as plain values; the digest is taken over this."""
    return {
        "version": str(version.pk),
        "episode": str(version.episode_id),
        "number": version.number,
        "content": version.content,
        "review": version.review,
        "signed_at": version.signed_at.astimezone(UTC).isoformat() if version.signed_at else None,
        "signed_by": str(version.signed_by_id),
        "signed_as": version.signed_as,
        "method": version.method,
        "attestation": version.attestation,
    }


def _keep_objectives(version: PlanVersion, now: datetime) -> None:
    """Each objective of the version is a row, new or with today's words; those it left out are dropped."""
    kept = [
        Objective(
            pk=UUID(objective.key),
            episode=version.episode,
            version=version,
            number=number,
            words=objective.words,
            measure=objective.measure,
            target=objective.target,
            due_on=objective.due_on,
        )
        for number, _problem, objective in version.document.numbered()
    ]
    Objective.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["version", "number", "words", "measure", "target", "due_on", "dropped_at"],
    )
    left_out = Objective.objects.filter(episode=version.episode, dropped_at=None)
    left_out.exclude(pk__in=[each.pk for each in kept]).update(dropped_at=now)


@transaction.atomic
def sign_as_patient(
    *,
    version: PlanVersion,
    patient: Patient,
    signed_name: str,
    seen: str,
    language: str,
    device: Device | None = None,
    now: datetime | None = None,
) -> PlanAnswer:
    """The patient signs the version in force. seen: SHA-256 of the text that was on their page.

    Raises RuleBroken when that is not the text of today, or they have signed. Source: RULE PRIV-43 to 45.
    """
    version = _in_force(version)
    text = wording.plan_text(version, language)
    digest = sha256(text.encode()).hexdigest()
    if seen != digest:
        raise RuleBroken(wording.read_again())
    with rules_speak():
        answer = PlanAnswer.objects.create(
            version=version,
            patient=patient,
            kind=PlanAnswer.Kind.SIGNED,
            language=language,
            text=text,
            text_digest=digest,
            version_digest=version.digest,
            statement=wording.statement(language),
            signed_name=signed_name.strip(),
            method=PATIENT_METHOD,
            device=device,
            at=now or timezone.now(),
        )
    log.info("plan signed by patient", version_id=version.pk, answer_id=answer.pk)
    return answer


@transaction.atomic
def answer_plan(
    *,
    version: PlanVersion,
    patient: Patient,
    kind: str,
    words: str,
    language: str,
    device: Device | None = None,
    now: datetime | None = None,
) -> PlanAnswer:
    """The patient asks for a change, or does not want to sign; the plan stays in force. Raises RuleBroken when it was
    replaced or signed meanwhile, or a change is asked for without words."""
    version = _in_force(version)
    if version.answers.filter(kind=PlanAnswer.Kind.SIGNED).exists() and kind == PlanAnswer.Kind.DECLINED:
        raise RuleBroken(wording.signed_already())
    with rules_speak():
        answer = PlanAnswer.objects.create(
            version=version,
            patient=patient,
            kind=kind,
            words=words.strip(),
            language=language,
            version_digest=version.digest,
            method=PATIENT_METHOD,
            device=device,
            at=now or timezone.now(),
        )
    log.info("plan answered by patient", version_id=version.pk, answer_id=answer.pk, kind=str(kind))
    return answer


@transaction.atomic
def record_progress(*, objective: Objective, status: str, words: str, on: date, by: Staff) -> Progress:
    """How an objective stood on a day. Raises RuleBroken when it is no longer in the plan, or without words."""
    if objective.dropped_at:
        raise RuleBroken("This objective is no longer in the plan.")
    with rules_speak():
        entry = Progress.objects.create(objective=objective, status=status, words=words.strip(), on=on, by=by)
    log.info("progress recorded", objective_id=objective.pk, progress_id=entry.pk)
    return entry


def _in_force(version: PlanVersion) -> PlanVersion:
    """Locked, and still the newest signed one. Raises RuleBroken otherwise."""
    version = _locked(version)
    newest = queries_plan.in_force(version.episode)
    if newest is None or newest.pk != version.pk:
        raise RuleBroken(wording.read_again())
    return version


def _locked(version: PlanVersion) -> PlanVersion:
    versions = PlanVersion.objects.select_for_update(of=("self",), no_key=True)
    return versions.select_related("episode__patient", "saved_by", "signed_by").get(pk=version.pk)
