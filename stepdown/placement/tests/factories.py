"""The smallest true groups and seats."""

from datetime import UTC, date, datetime, time, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from stepdown.admissions.models import Band, Level
from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.people.tests.factories import LicenseFactory, StaffFactory
from stepdown.placement.models import Chair, Group, Program, Seat

# Where PatientFactory lets people sit, and so where a group's leader is licensed unless a test says otherwise.
HOME_STATE = "MN"


class ProgramFactory(DjangoModelFactory):
    """The IOP; ProgramFactory(aftercare=True) is the step after it."""

    class Meta:
        model = Program
        django_get_or_create = ("name",)

    class Params:
        iop = factory.Trait()
        aftercare = factory.Trait(
            name="Aftercare",
            level=Level.OUTPATIENT,
            meeting_minutes=90,
            meetings_a_week=1,
            weeks=None,
            review_days=90,
            breaks=[],
            is_aftercare=True,
        )

    name = "Telehealth IOP"
    level = Level.IOP
    meeting_minutes = 180
    meetings_a_week = 3
    weeks = 13


class GroupFactory(DjangoModelFactory):
    """A group with its chairs (`chairs=2`: two), whose leader is licensed in HOME_STATE (`licensed=False`: not).
    Without sessions: SessionFactory and extend_timetable make those."""

    class Meta:
        model = Group
        skip_postgeneration_save = True

    program = factory.SubFactory(ProgramFactory)
    name = factory.Sequence(lambda n: f"Juniper {n}")
    band = Band.EVENING
    days = factory.LazyFunction(lambda: [0, 2, 3])
    starts_at = time(18)
    time_zone = "America/Chicago"
    leader = factory.SubFactory(StaffFactory)
    opened_on = date(2026, 1, 5)

    @factory.post_generation
    def chairs(group, create, extracted, **kwargs):  # noqa: N805  # handed the group that was made
        if create:
            Chair.objects.bulk_create([Chair(group=group, number=n + 1) for n in range(extracted or 10)])

    @factory.post_generation
    def licensed(group, create, extracted, **kwargs):  # noqa: N805  # handed the group that was made
        if create and extracted is not False:
            LicenseFactory(staff=group.leader, state=HOME_STATE)


class SeatFactory(DjangoModelFactory):
    """A seat held for two days from now; SeatFactory(accepted=True) was accepted when it was offered.
    Takes the lowest chair of its group that no other seat uses, ever."""

    class Meta:
        model = Seat

    class Params:
        accepted = factory.Trait(accepted_at=factory.SelfAttribute("offered_at"))
        aftercare = factory.Trait(group=factory.SubFactory(GroupFactory, program__aftercare=True))

    episode = factory.SubFactory(EpisodeFactory)
    patient = factory.SelfAttribute("episode.patient")
    group = factory.SubFactory(GroupFactory)
    chair = factory.LazyAttribute(
        lambda seat: seat.group.chairs.exclude(seats__released_at=None, seats__isnull=False).order_by("number").first()
    )
    starts_at = datetime(2026, 1, 6, tzinfo=UTC)
    ends_at = None
    offered_at = factory.LazyFunction(timezone.now)
    offered_by = factory.LazyAttribute(lambda seat: seat.group.leader)
    held_until = factory.LazyAttribute(lambda seat: seat.offered_at + timedelta(hours=48))
