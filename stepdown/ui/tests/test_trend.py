import re
from collections import namedtuple
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from stepdown.ui import charts

START = date(2026, 2, 9)
BANDS = [charts.TrendBand(0, 9, "mild"), charts.TrendBand(10, 19, "moderate"), charts.TrendBand(20, 27, "severe")]
MOOD = charts.Trend("PHQ-9", [], 0, 27, START, bands=BANDS, change=5)


def points(*values, every=7):
    return [charts.TrendPoint(START + timedelta(days=every * n), value) for n, value in enumerate(values)]


def drawn(*values, **more):
    return charts.trend(replace(MOOD, points=points(*values), **more))


def parts(drawing, tag, class_):
    return [e for e in ElementTree.fromstring(drawing.svg).iter(tag) if e.get("class") == class_]


Bar = namedtuple("Bar", "x foot width height")


def bars_of(drawing, class_):
    """The small bars under the axis of one class, of which one path holds all."""
    each = r"M([\d.]+) ([\d.]+)v-([\d.]+)h([\d.]+)v"
    found = [numbers for path in parts(drawing, "path", class_) for numbers in re.findall(each, path.get("d"))]
    return [Bar(float(x), float(foot), float(width), float(height)) for x, foot, height, width in found]


def words(drawing):
    return [element.text for element in ElementTree.fromstring(drawing.svg).iter("text")]


def test_a_score_that_could_not_be_computed_is_a_gap_and_never_zero():
    drawing = drawn(17, 14, None, 12, 9)
    assert len(parts(drawing, "path", "tr-1")) == 2
    assert len(parts(drawing, "circle", "dot-1")) == 3
    assert drawing.rows[2] == ("Feb 23", "not scorable", "")
    assert "Not scorable 1 time" in drawing.sentence


def test_why_a_score_could_not_be_computed_stands_in_the_table():
    drawing = charts.trend(replace(MOOD, points=[charts.TrendPoint(START, None, "3 missing")]))
    assert drawing.rows == (("Feb 9", "not scorable", "3 missing"),)
    assert drawing.sentence == "PHQ-9: no score yet. Not scorable 1 time."


def test_one_score_between_gaps_is_a_dot_alone():
    drawing = drawn(17, None, 12, None)
    assert parts(drawing, "path", "tr-1") == []
    assert len(parts(drawing, "circle", "dot-1")) == 1


def test_the_first_score_is_open_and_named_and_the_last_says_its_value():
    drawing = drawn(None, 17, 14, 9)
    (start,) = parts(drawing, "circle", "dot-open")
    xs = [float(dot.get("cx")) for dot in (start, *parts(drawing, "circle", "dot-1"))]
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1], abs=0.2)
    assert {"17 at start", "9"} <= set(words(drawing))


def test_the_line_of_reliable_change_lies_below_where_lower_is_better():
    assert "Reliable change: 12 or less" in words(drawn(17))


def test_the_line_of_reliable_change_lies_above_where_higher_is_better():
    assert "Reliable change: 15 or more" in words(drawn(10, is_better_higher=True))


@pytest.mark.parametrize(("first", "change"), [(3, 5), (17, None)])
def test_there_is_no_line_where_the_scale_ends_before_it_or_no_number_exists(first, change):
    assert parts(drawn(first, change=change), "path", "tr-0") == []


@pytest.mark.parametrize(
    ("values", "more", "says"),
    [
        ((17,), {}, "Lower is better."),
        ((17, 12), {}, "Lower is better. 17 to 12, a reliable change (5 or more)"),
        ((17, 13), {}, "Lower is better. 17 to 13, no reliable change (5 or more)"),
        ((12, 17), {}, "Lower is better. 12 to 17, reliably worse (5 or more)"),
        ((12, 17), {"is_better_higher": True}, "Higher is better. 12 to 17, a reliable change (5 or more)"),
        ((17, 5), {"change": None}, "Lower is better. 17 to 5"),
        ((17, 9, None), {}, "Lower is better. 17 to 9, a reliable change (5 or more)"),
    ],
)
def test_the_line_beside_the_title_says_direction_and_change(values, more, says):
    assert charts.trend_meta(replace(MOOD, points=points(*values), **more)) == says


def test_the_sentence_has_all_numbers_of_few_points_and_ends_of_many():
    few, many = drawn(17, 14, 9).sentence, drawn(*range(20, 8, -1)).sentence
    assert few == (
        "PHQ-9: 17 on Feb 9, 14 on Feb 16, 9 on Feb 23. Last: mild. "
        "Lower is better. 17 to 9, a reliable change (5 or more)."
    )
    assert many.startswith("PHQ-9: 20 on Feb 9, 9 on Apr 27. Last: mild.")


def test_an_event_is_a_diamond_with_a_line_and_stands_in_sentence_and_table():
    drawing = drawn(17, 14, 9, events=[charts.TrendEvent(date(2026, 2, 12), "used once")])
    assert len(parts(drawing, "path", "event")) == 1
    assert "used once, Feb 12" in words(drawing)
    assert "Used once, Feb 12." in drawing.sentence
    assert drawing.rows[1] == ("Feb 12", "", "used once")


def test_what_events_are_stands_under_the_axis_where_none_has_room_to_say_it():
    events = [charts.TrendEvent(START + timedelta(days=14 * n), "return to use") for n in range(1, 5)]
    wide, narrow = drawn(17, 14, 9, events=events[:1]), drawn(17, 14, 9, events=events, width=350)
    assert "return to use, Feb 23" in words(wide)
    assert "Return to use" not in words(wide)
    assert "Return to use" in words(narrow)
    assert len(parts(narrow, "path", "event")) == 4 + 1


def test_an_event_with_little_room_says_its_day():
    events = [charts.TrendEvent(START + timedelta(days=days), "return to use") for days in (40, 61)]
    assert {"return to use, Mar 21", "Apr 11"} <= set(words(drawn(9, 9, 9, events=events, change=None, width=560)))


def test_a_wide_trend_is_drawn_for_a_phone_as_well():
    wide, narrow = drawn(17, 14), drawn(17, 14, width=350)
    assert wide.narrow == narrow.svg
    assert narrow.narrow == ""


def test_sessions_stand_under_the_axis_told_apart_by_shape():
    marks = ["present", "made_up", "partial", "excused", "missed"]
    sessions = [charts.TrendSession(START + timedelta(days=7 * n), mark) for n, mark in enumerate(marks)]
    drawing = drawn(17, sessions=sessions)
    bars = {class_: bars_of(drawing, class_) for class_ in ("at-presence", "at-excused", "at-miss")}
    assert [len(found) for found in bars.values()] == [3, 1, 1]
    full, made_up, half = bars["at-presence"]
    assert (full.height, made_up.height, half.height) == (10, 10, 5)
    assert {bar.foot for found in bars.values() for bar in found} == {214, 213.5}
    assert "3 of 5 groups" in words(drawing)
    assert "3 of 5 groups." in drawing.sentence


def test_sessions_and_scores_share_one_axis():
    drawing = drawn(17, 14, 9, sessions=[charts.TrendSession(START + timedelta(days=14))])
    score = float(parts(drawing, "circle", "dot-1")[1].get("cx"))
    (bar,) = bars_of(drawing, "at-presence")
    assert bar.x + bar.width / 2 == pytest.approx(score, abs=0.1)


@pytest.mark.parametrize(("is_better_higher", "tints"), [(False, [1, 2, 3]), (True, [3, 2, 1])])
def test_the_calmest_band_is_the_better_end(is_better_higher, tints):
    svg = ElementTree.fromstring(drawn(17, is_better_higher=is_better_higher).svg)
    found = [e.get("class") for e in svg.iter("rect") if e.get("class").startswith("bd-")]
    assert found == [f"bd-{tint}" for tint in tints]


def test_bands_meet_halfway_between_their_numbers_and_cover_the_scale():
    svg = ElementTree.fromstring(drawn(17).svg)
    bands = [e for e in svg.iter("rect") if e.get("class").startswith("bd-")]
    assert sum(float(e.get("height")) for e in bands) == pytest.approx(186, abs=0.2)
    assert float(bands[0].get("height")) == pytest.approx(186 * 9.5 / 27, abs=0.1)


def test_weeks_count_from_the_first_day_also_back():
    drawing = charts.trend(replace(MOOD, points=[charts.TrendPoint(START - timedelta(days=20), 9)]))
    assert {"-2", "Week 0", "12"} <= set(words(drawing))


def test_today_is_the_amber_line():
    assert len(parts(drawn(17, today=START + timedelta(days=30)), "path", "at-now")) == 1


def test_words_from_people_are_escaped():
    drawing = drawn(17, what="<b>", events=[charts.TrendEvent(START + timedelta(days=40), '"<script>')])
    assert "<script" not in drawing.svg
    assert "<b>" not in drawing.svg


def test_it_speaks_spanish():
    with translation.override("es"):
        drawing = drawn(17, 9, sessions=[charts.TrendSession(START)])
    assert "17 al comienzo" in words(drawing)
    assert "Más bajo es mejor. 17 a 9, un cambio confiable (5 o más)" in drawing.sentence
    assert drawing.headings == ("Día", "PHQ-9", "Qué dice")


@st.composite
def trends(draw):
    days = st.integers(-40, 300)
    values = st.none() | st.integers(0, 27)
    taken = sorted(draw(st.dictionaries(days, values, max_size=20)).items())
    return charts.Trend(
        "PHQ-9",
        [charts.TrendPoint(START + timedelta(days=day), value) for day, value in taken],
        0,
        27,
        START,
        is_better_higher=draw(st.booleans()),
        bands=draw(st.sampled_from([BANDS, []])),
        change=draw(st.sampled_from([None, 5])),
        events=[
            charts.TrendEvent(START + timedelta(days=day), "used once") for day in draw(st.lists(days, max_size=4))
        ],
        sessions=[charts.TrendSession(START + timedelta(days=day)) for day in draw(st.lists(days, max_size=8))],
        today=draw(st.none() | days.map(lambda day: START + timedelta(days=day))),
        width=draw(st.sampled_from([350, 760])),
    )


@given(trends())
def test_everything_lies_inside_and_bands_names_do_not_cover_each_other(one):
    svg = ElementTree.fromstring(charts.trend(one).svg)
    width, height = map(float, svg.get("viewBox").split()[2:])
    for dot in svg.iter("circle"):
        assert 0 <= float(dot.get("cx")) <= width
        assert 0 <= float(dot.get("cy")) <= height
    names = [e for e in svg.iter("text") if e.text in {"mild", "moderate", "severe"}]
    for one_name, other in combinations(names, 2):
        assert abs(float(one_name.get("y")) - float(other.get("y"))) >= 13
