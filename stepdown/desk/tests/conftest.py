import pytest
import time_machine

from stepdown.desk.tests.scenes import EVENING
from stepdown.people.tests.factories import CenterFactory


@pytest.fixture
def at_twelve_to_six(db):
    with time_machine.travel(EVENING, tick=False):
        CenterFactory()
        yield
