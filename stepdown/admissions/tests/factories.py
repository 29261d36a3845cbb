"""The smallest true inquiries, assessments and episodes."""

from dataclasses import asdict
from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from stepdown.admissions import interview
from stepdown.admissions.domain.advice import advise
from stepdown.admissions.domain.answers import default_answers, unknown_answers
from stepdown.admissions.models import Assessment, Band, Episode, Inquiry, Level
from stepdown.people.models import Role
from stepdown.people.tests.factories import LicenseFactory, PatientFactory, StaffFactory
from stepdown.privacy.tests.factories import give_notice


class InquiryFactory(DjangoModelFactory):
    """InquiryFactory(waited=50): asked 50 minutes ago. InquiryFactory(scheduled=True): talked, to be assessed."""

    class Meta:
        model = Inquiry

    class Params:
        waited = 5
        scheduled = factory.Trait(status=Inquiry.Status.ASSESSMENT_SCHEDULED)
        closed = factory.Trait(status=Inquiry.Status.LOST_CONTACT, closed_at=factory.LazyFunction(timezone.now))

    name = factory.Sequence(lambda n: f"Lou {n}")
    phone = factory.Sequence(lambda n: f"+1555555{n % 10000:04}")
    asked_at = factory.LazyAttribute(lambda self: timezone.now() - timedelta(minutes=self.waited))


def about_of(state="MN", **over):
    """Facts about a person that are enough to admit them."""
    return {
        "first_name": "Walt",
        "last_name": "Specimen",
        "chosen_name": "",
        "date_of_birth": "1988-03-14",
        "phone": "+15555550142",
        "address_line": "1200 Example Street, Apt 4",
        "city": "Sampleton",
        "state": state,
        "postal_code": "55401",
        "time_zone": "America/Chicago",
        "emergency_contact_name": "Ada Specimen",
        "emergency_contact_phone": "+15555550143",
        "bands": ["evening"],
        "days_away": [4],
        **over,
    }


class AssessmentFactory(DjangoModelFactory):
    """An open interview with nothing known. AssessmentFactory(finished=True): all asked, advice IOP, in Minnesota,
    where someone is licensed. AssessmentFactory(decided=True): ended in the decision for IOP."""

    class Meta:
        model = Assessment

    class Params:
        finished = factory.Trait(
            answers=factory.LazyFunction(default_answers),
            about=factory.LazyFunction(about_of),
            came_from="direct",
            ready_at=factory.LazyFunction(timezone.now),
        )
        decided = factory.Trait(
            decided_level=Level.IOP,
            decided_by=factory.SelfAttribute("started_by"),
            decided_at=factory.LazyFunction(timezone.now),
        )

    inquiry = factory.SubFactory(InquiryFactory, scheduled=True)
    started_by = factory.SubFactory(StaffFactory, roles=[Role.ADMISSIONS])
    answers = factory.LazyFunction(unknown_answers)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        assessment = model_class(*args, **kwargs)
        if assessment.ready_at:
            LicenseFactory(state=assessment.about["state"])
        interview.derive(assessment, interview.covered_states(), timezone.localdate())
        assessment.advice = asdict(advise(assessment.answers))
        assessment.save()
        return assessment


class EpisodeFactory(DjangoModelFactory):
    """Planned, evenings only, nobody seated yet, with the privacy notice (`noticed=False`: without);
    EpisodeFactory(active=True) has been admitted."""

    class Meta:
        model = Episode
        skip_postgeneration_save = True

    class Params:
        active = factory.Trait(status=Episode.Status.ACTIVE, admitted_on=date(2026, 1, 5))

    patient = factory.SubFactory(PatientFactory)
    bands = factory.LazyFunction(lambda: [Band.EVENING])

    @factory.post_generation
    def noticed(episode, create, extracted, **kwargs):  # noqa: N805  # handed the episode that was made
        if create and extracted is not False and episode.status == Episode.Status.PLANNED:
            give_notice(episode.patient)
