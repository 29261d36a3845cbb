"""Publishing a notice, and writing down who got it."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import one_at_a_time, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.privacy import wording_notice
from stepdown.privacy.domain.notice import filled
from stepdown.privacy.models import Notice, NoticeDelivery


@transaction.atomic
def publish(
    *,
    number: int,
    written: dict[str, str],
    contact: str,
    phone: str,
    email: str,
    effective_on: date,
    is_material: bool = True,
    changed: dict[str, str] | None = None,
    by: Staff,
    now: datetime | None = None,
) -> Notice:
    """Makes it the next version, final from now on. number: of the version this is to be, as its page said; written,
    changed: by language ("en", "es"). Raises RuleBroken when that version is published already."""
    reach: dict[str, Any] = {"contact": contact, "phone": phone, "email": email, "effective_on": effective_on}
    told = {lang: filled(words, wording_notice.facts(lang, **reach)) for lang, words in written.items()}
    changed = changed or {"en": "", "es": ""}
    with rules_speak():
        return Notice.objects.create(
            number=number,
            is_material=is_material,
            published_at=now or timezone.now(),
            published_by=by,
            **reach,
            **{f"changed_{lang}": said for lang, said in changed.items()},
            **{f"written_{lang}": words for lang, words in written.items()},
            **{f"text_{lang}": text for lang, text in told.items()},
            **{f"digest_{lang}": sha256(text.encode()).hexdigest() for lang, text in told.items()},
        )


@transaction.atomic
def give(
    *,
    patient: Patient,
    notice: Notice,
    language: str,
    outcome: str = NoticeDelivery.Outcome.CONFIRMED,
    why: str = "",
    given_at: datetime | None = None,
    by: Staff | None = None,
) -> NoticeDelivery:
    """The patient got this version. language: of what they got. by: who gave it to them on paper; None: they read it on
    their own screen. why: it is not confirmed. The same twice is once. Raises RuleBroken when it says no why."""
    one_at_a_time(f"notice {patient.pk}")
    if again := NoticeDelivery.objects.filter(patient=patient, notice=notice, outcome=outcome, why=why).first():
        return again
    now = timezone.now()
    spoken = "es" if language.startswith("es") else "en"
    with rules_speak():
        return NoticeDelivery.objects.create(
            patient=patient,
            notice=notice,
            language=spoken,
            digest=notice.digest(spoken),
            way=NoticeDelivery.Way.PAPER if by else NoticeDelivery.Way.SCREEN,
            outcome=outcome,
            why=why,
            given_at=given_at or now,
            recorded_at=max(now, given_at or now),
            recorded_by=by,
        )
