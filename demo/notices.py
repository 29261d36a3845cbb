"""The center's privacy notice: a first version from before anybody came, a second one of last week, who has which."""

from datetime import datetime, timedelta
from random import Random

from stepdown.admissions.models import Episode
from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.models import Seat
from stepdown.privacy import services_notice, wording_notice
from stepdown.privacy.in_care import patients_in_care
from stepdown.privacy.models import Notice

REACH = {"contact": "Priya Keepsafe, privacy officer", "phone": "+15125550111", "email": "privacy@fernbrook.example"}
# What the second version says and the first did not.
NEW = {
    "en": "- ask us to reach you in another way or at another place\n",
    "es": "- pedirnos que le contactemos de otra manera o en otro lugar\n",
}
SINCE = timedelta(days=9)


def first_notice(since: datetime) -> Notice:
    """In effect a month before the first session that the demo remembers."""
    words = {lang: wording_notice.first_words(lang).replace(line, "") for lang, line in NEW.items()}
    at = since - timedelta(days=40)
    return services_notice.publish(
        number=1, written=words, effective_on=(at + timedelta(days=7)).date(), by=_officer(), now=at, **REACH
    )


def second_notice(now: datetime, seed: int) -> None:
    """Most people in care have read it since; of those with a seat held for them, all but the first."""
    rng, at = Random(seed), now - SINCE
    notice = services_notice.publish(
        number=2,
        written={lang: wording_notice.first_words(lang) for lang in NEW},
        changed={
            "en": "You may now ask us to reach you in another way, or at another place.",
            "es": "Ahora puede pedirnos que le contactemos de otra manera o en otro lugar.",
        },
        effective_on=at.date(),
        by=_officer(),
        now=at - timedelta(days=5),
        **REACH,
    )
    for patient in patients_in_care().order_by("pk"):
        if rng.random() < 0.9:
            _read(patient, notice, at + timedelta(days=rng.randrange(1, 8), minutes=rng.randrange(600)))
    kit = Staff.objects.with_role(Role.ADMISSIONS).get()
    offered = Seat.objects.held().filter(episode__status=Episode.Status.PLANNED).select_related("patient")
    for seat in offered.order_by("chair__number", "pk")[1:]:
        services_notice.give(patient=seat.patient, notice=notice, language=seat.patient.language, by=kit)


def _read(patient: Patient, notice: Notice, at: datetime) -> None:
    services_notice.give(patient=patient, notice=notice, language=patient.language, given_at=at)


def _officer() -> Staff:
    return Staff.objects.with_role(Role.PRIVACY).get()
