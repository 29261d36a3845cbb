"""The smallest true inquiries, assessments and episodes."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from stepdown.admissions.models import Assessment, Band, CameFrom, Episode, Inquiry, Level
from stepdown.people.models import Role
from stepdown.people.tests.factories import PatientFactory, StaffFactory


class InquiryFactory(DjangoModelFactory):
    class Meta:
        model = Inquiry

    name = factory.Sequence(lambda n: f"Lou {n}")
    phone = factory.Sequence(lambda n: f"555-01{n % 100:02}")


class AssessmentFactory(DjangoModelFactory):
    """An interview just begun; AssessmentFactory(decided=True) ended in the decision for IOP."""

    class Meta:
        model = Assessment

    class Params:
        decided = factory.Trait(
            decided_level=Level.IOP,
            decided_by=factory.SelfAttribute("started_by"),
            decided_at=factory.LazyFunction(timezone.now),
        )

    inquiry = factory.SubFactory(InquiryFactory)
    started_by = factory.SubFactory(StaffFactory, roles=[Role.ADMISSIONS])
    came_from = CameFrom.DIRECT


class EpisodeFactory(DjangoModelFactory):
    """Planned, evenings only, nobody seated yet; EpisodeFactory(active=True) has been admitted."""

    class Meta:
        model = Episode

    class Params:
        active = factory.Trait(status=Episode.Status.ACTIVE, admitted_on=date(2026, 1, 5))

    patient = factory.SubFactory(PatientFactory)
    bands = factory.LazyFunction(lambda: [Band.EVENING])
