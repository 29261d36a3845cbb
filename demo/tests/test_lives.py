from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from demo.figures import figures
from demo.lives import draw_manner, draw_visit
from stepdown.kernel.spans import Span

START = datetime(2026, 3, 11, 23, tzinfo=UTC)
SESSION = Span(START, START + timedelta(hours=3))


@given(st.integers())
def test_stays_lie_within_the_session_and_in_order(seed):
    rng = Random(seed)
    stays = draw_visit(rng, figures(), draw_manner(rng, figures()), SESSION, []).stays
    edges = [moment for stay in stays for moment in stay]
    assert edges == sorted(edges)
    assert all(SESSION.start <= moment <= SESSION.end for moment in edges)


@given(st.integers())
def test_who_missed_said_nothing_at_the_door(seed):
    rng = Random(seed)
    visit = draw_visit(rng, figures(), draw_manner(rng, figures()), SESSION, [])
    assert visit.stays or (visit.craving, visit.mood, visit.used) == (None, "", False)


def test_people_stay_as_long_as_the_retention_study_found():
    rng = Random(7)
    days = [figures().leaves_after(rng) for _ in range(4000)]
    for day, share in ((30, 0.80), (60, 0.63), (90, 0.50)):
        still = sum(d is None or d > day for d in days) / len(days)
        assert abs(still - share) < 0.03
