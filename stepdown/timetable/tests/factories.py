"""The smallest true sessions."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from stepdown.placement.tests.factories import GroupFactory
from stepdown.timetable.models import CannotCome, Handout, Session, Topic


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic
        django_get_or_create = ("week", "place")

    week = 1
    place = 1
    title = "Cravings"


class HandoutFactory(DjangoModelFactory):
    """In English, unless `language` says otherwise."""

    class Meta:
        model = Handout
        django_get_or_create = ("topic", "language")

    topic = factory.SubFactory(TopicFactory)
    language = "en"
    title = "Cravings"
    summary = "How an urge rises and falls."
    points = ["It rises.", "It peaks.", "It falls."]
    tool = "Urge surfing"
    steps = ["Sit down.", "Breathe.", "Watch it pass."]
    questions = ["How long did it last?", "What helped?"]


class SessionFactory(DjangoModelFactory):
    """A session that started five minutes ago and lasts as long as its program says; `starts_at` sets another time."""

    class Meta:
        model = Session

    group = factory.SubFactory(GroupFactory)
    leader = factory.SelfAttribute("group.leader")
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=5))
    ends_at = factory.LazyAttribute(lambda s: s.starts_at + timedelta(minutes=s.group.program.meeting_minutes))
    service_date = factory.LazyAttribute(lambda s: s.starts_at.astimezone(s.group.zone).date())


class CannotComeFactory(DjangoModelFactory):
    """The `patient`, who told us two days before the `session` that they have a court date; not judged yet."""

    class Meta:
        model = CannotCome

    starts_at = factory.SelfAttribute("session.starts_at")
    told_at = factory.LazyAttribute(lambda row: row.starts_at - timedelta(days=2))
    why = "Court date"
