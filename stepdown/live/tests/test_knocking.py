"""Who leaves the door and comes to it again, in the running product."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.live import queries
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
