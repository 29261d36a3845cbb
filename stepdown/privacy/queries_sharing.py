"""What a patient consented to share, how it stands, and who at the center sees it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from stepdown.kernel.decision import Decision
from stepdown.kernel.prepared import prepared
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import patients_visible_to
from stepdown.privacy import texts, wording_consents
from stepdown.privacy.domain import consents as domain
from stepdown.privacy.domain import supporters
from stepdown.privacy.domain.minors import Signs
from stepdown.privacy.domain.sharing import ORDINARY, Data, Kind, Whom
from stepdown.privacy.models import (
    ConsentEvent,
    ConsentRefusal,
    Disclosure,
    Parent,
    ParentSignature,
    PrivacyTask,
    SharingConsent,
)
from stepdown.privacy.queries_minors import is_minor, who_signs
from stepdown.privacy.wording_gate import failures_said
from stepdown.privacy.wording_sharing import DATA, TO_PATIENT
from stepdown.ui.navigation import MANY, Waiting

KEEPS_SHARING = (Role.COUNSELOR, Role.ADMISSIONS, Role.PRIVACY, Role.DIRECTOR)
SHOWN = 50


@dataclass(frozen=True)
class Shown:
    """One consent as a page shows it. state: "draft", "waits" (for a parent), "holds" or
    "ended"; why: the sentence why it does not hold;
    looks: how often whom it names looked at it by themself, the last time at `last_look`."""

    row: SharingConsent
    state: str
    why: str
    may_revoke: Decision
    may_have_page: Decision
    looks: int = 0
    last_look: datetime | None = None

    @property
    def title(self) -> str:
        return wording_consents.title(self.row)

    @property
    def name(self) -> str:
        return self.row.recipient.name if self.row.recipient else str(self.row.get_kind_display())

    @property
    def said(self) -> str:
        """To the patient."""
        return self.row.recipient.name if self.row.recipient else gettext("Your doctors and your health plan")

    @property
    def called(self) -> str:
        """As the patient speaks of them: family and friends by their first name."""
        is_near = self.row.recipient is not None and self.row.recipient.whom in (Whom.FAMILY, Whom.SUPPORTER)
        return self.name.split(" ")[0] if is_near else self.name

    @property
    def has_page(self) -> bool:
        return self.row.recipient is not None and self.row.recipient.supporter_id is not None

    @property
    def until(self) -> str:
        return wording_consents.until(self.row)

    @property
    def can_see(self) -> list[str]:
        return [str(TO_PATIENT[Data(each)]) for each in self.row.information_scope]

    @property
    def cannot_see(self) -> list[str]:
        left = [each for each in ORDINARY if each not in self.row.information_scope]
        return [
            str(TO_PATIENT[each]) for each in [*left, Data.COUNSELING_NOTES] if each not in self.row.information_scope
        ]

    @property
    def scope(self) -> list[str]:
        return [str(DATA[Data(each)]) for each in self.row.information_scope]

    @property
    def happened(self) -> dict[str, ConsentEvent]:
        return {event.what: event for event in self.row.happened.all()}


def patients_kept_by(staff: Staff) -> QuerySet[Patient]:
    """Whose sharing this person sees: a privacy officer everyone's, others that of their patients."""
    return Patient.objects.all() if staff.has_role(Role.PRIVACY) else patients_visible_to(staff)


def parents_kept_by(staff: Staff) -> QuerySet[Parent]:
    """Everybody whom patients named to sign with them, also those who do not any more, with what they have signed. Two
    queries."""
    signed = ParentSignature.objects.select_related("agreement", "sharing__recipient")
    found = Parent.objects.filter(patient__in=patients_kept_by(staff)).select_related(
        "patient", "supporter", "false_by"
    )
    return found.prefetch_related(Prefetch("signatures", signed.defer("agreement__text", "sharing__text")))


def sees_chart(staff: Staff) -> bool:
    return staff.has_role(Role.COUNSELOR, Role.ADMISSIONS, Role.DIRECTOR)


def _whole(rows: QuerySet[SharingConsent]) -> QuerySet[SharingConsent]:
    return rows.select_related("patient", "recipient", "prepared_by", "parent_signature__parent").prefetch_related(
        "happened__by"
    )


def consents_kept_by(staff: Staff) -> QuerySet[SharingConsent]:
    return _whole(SharingConsent.objects.filter(patient__in=patients_kept_by(staff)))


def consents_visible_to(patient: Patient) -> QuerySet[SharingConsent]:
    return _whole(SharingConsent.objects.filter(patient=patient))


def shown(row: SharingConsent, now: datetime) -> Shown:
    value = row.as_domain()
    found = domain.failures(value, now)
    if row.signed_at is None:
        state = "draft"
    elif found:
        may_wait = is_minor(row.patient, now) and domain.is_complete_but_for_parent(value, now)
        state = "waits" if may_wait else "ended"
    else:
        state = "holds"
    return Shown(row, state, failures_said(found), domain.may_revoke(value, now), supporters.may_have_page(value, now))


def shown_with_looks(row: SharingConsent, now: datetime) -> Shown:
    count, last = _looks_at(row.patient).get(row.pk, (0, None))
    return replace(shown(row, now), looks=count, last_look=last)


def sharing_of(patient: Patient, now: datetime | None = None) -> dict[str, list[Shown]]:
    """All consents of a patient by their state, newest first. Three queries."""
    at = now or timezone.now()
    looks = _looks_at(patient)
    found: dict[str, list[Shown]] = {"draft": [], "waits": [], "holds": [], "ended": []}
    for row in consents_visible_to(patient).defer("text")[:SHOWN]:
        one = shown(row, at)
        count, last = looks.get(row.pk, (0, None))
        found[one.state].append(replace(one, looks=count, last_look=last))
    return found


def _looks_at(patient: Patient) -> dict[UUID | None, tuple[int, datetime | None]]:
    """consent id -> how often somebody looked at their own page by it, and when last."""
    rows = Disclosure.objects.filter(patient=patient, supporter__isnull=False).order_by().values("consent")
    counted = rows.annotate(count=Count("pk"), last=Max("at")).values_list("consent", "count", "last")
    return {consent: (count, last) for consent, count, last in counted}


def text_of(row: SharingConsent) -> texts.Text:
    """The words as they were signed, or as they are to be read before."""
    words = row.text or wording_consents.consent_text(row, who_signs(row.patient, timezone.now()) or Signs.PATIENT)
    return texts.laid_out(words, version="", language=row.language)


def shared_now(patient: Patient, now: datetime) -> list[Shown]:
    """The consents of a patient that hold. Two queries."""
    return [one for one in (shown(row, now) for row in _signed(patient.pk)) if one.state == "holds"]


@prepared
def _signed(patient: UUID) -> QuerySet[SharingConsent]:
    return _whole(SharingConsent.objects.filter(patient=patient, signed_at__isnull=False)).defer("text")[:SHOWN]


def last_refusal(patient: Patient | UUID) -> ConsentRefusal | None:
    return ConsentRefusal.objects.filter(patient=patient).order_by("-at").first()


def payment_is_refused(patient: Patient) -> ConsentRefusal | None:
    """The refusal that stands: none was signed after it."""
    refusal = last_refusal(patient)
    if refusal is None:
        return None
    since = SharingConsent.objects.filter(patient=patient, kind=Kind.TPO, signed_at__gt=refusal.at)
    return None if since.exists() else refusal


def tasks_of(staff: Staff) -> QuerySet[PrivacyTask]:
    """What is still to be done, oldest first: of whoever's sharing this person sees."""
    waiting = PrivacyTask.objects.filter(done_at=None).select_related("patient", "consent__recipient", "opened_by")
    return waiting if staff.has_role(Role.PRIVACY) else waiting.filter(patient__in=patients_kept_by(staff))


def work_waiting(staff: Staff) -> Waiting:
    """For the menu. One query."""
    return Waiting(len(tasks_of(staff).values_list("pk")[:MANY]))


def asked_of(patient: Patient) -> set[str]:
    """Kinds of what the patient asked for that nobody has done yet."""
    return set(PrivacyTask.objects.filter(patient=patient, done_at=None).values_list("kind", flat=True))


def signs_on_paper(patient: Patient) -> bool:
    """Whether they told us to stop signing on a screen, and have not taken that back since. What they signed before
    stays signed. Source: RULE PRIV-44."""
    no_screen, screen = PrivacyTask.Kind.NO_SCREEN, PrivacyTask.Kind.SCREEN
    said = PrivacyTask.objects.filter(patient=patient, kind__in=[no_screen, screen]).order_by("opened_at").last()
    return said is not None and said.kind == no_screen
