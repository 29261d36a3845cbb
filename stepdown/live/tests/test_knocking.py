"""Who leaves the door and comes to it again, in the running product."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.live import queries
from stepdown.live.light_client import LightPerson
from stepdown.live.light_crowd import Crowd
from stepdown.live.models import Knock
from stepdown.live.tests.conftest import LiveGroup

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("minutes", [1, 5])
def test_who_comes_again_long_after_they_left_waits_since_then(crowd: Crowd, group: LiveGroup, minutes: int):
    """The tables are told that they left so many minutes ago."""
    group.leader()
    patient, person = group.patient(let_in=False)
    crowd.until(lambda: person.heard("waiting"), "the patient waits")
    crowd.run(person.stop())
    crowd.until(lambda: not queries.presence(group.session).waiting, "they left")
    now = timezone.now()
    gone_at = now - timedelta(minutes=minutes)
    Knock.objects.filter(patient=patient).update(at=gone_at, ended_at=gone_at)
    group.comes(patient)
    crowd.until(lambda: queries.presence(group.session).waiting, "they wait again")
    (waiting,) = queries.presence(group.session).waiting
    assert waiting.since == gone_at if minutes == 1 else waiting.since > now


def test_the_door_tells_the_place_that_the_leaders_list_has(crowd: Crowd, group: LiveGroup):
    group.leader()
    first, person = group.patient(let_in=False)
    crowd.until(lambda: person.heard("waiting"), "the first waits")
    second, other = group.patient(let_in=False)
    crowd.until(lambda: place(other) == 2, "the second waits behind them")
    crowd.run(person.stop())
    crowd.until(lambda: place(other) == 1, "the first left")
    long_ago = timezone.now() - timedelta(minutes=5)
    Knock.objects.filter(patient=first).update(at=long_ago, ended_at=long_ago)
    person = group.comes(first)
    crowd.until(lambda: len(queries.presence(group.session).waiting) == 2, "they wait again")
    assert [one.patient for one in queries.presence(group.session).waiting] == [second, first]
    crowd.until(lambda: place(person) == 2, "they are told that they are second")
    assert place(other) == 1


def place(person: LightPerson) -> int | None:
    """Theirs in the row, as they were told last; None before that."""
    told = person.heard("waiting")
    return told[-1]["place"] if told else None
