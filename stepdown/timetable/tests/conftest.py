"""A director, and a session in a week."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.people.models import Role
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory


@pytest.fixture
def director():
    CenterFactory()
    return StaffFactory(roles=[Role.DIRECTOR], name="Ruth Sample")


@pytest.fixture
def session(director):
    """A session in a week with one person from Minnesota, whose leader is there."""
    group = GroupFactory()
    SeatFactory(group=group, accepted=True)
    return SessionFactory(group=group, starts_at=timezone.now() + timedelta(days=7))
