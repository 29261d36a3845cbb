import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from stepdown.kernel.spans import Span
from stepdown.ui import charts, gallery

CENTRAL = ZoneInfo("America/Chicago")
START = datetime(2026, 3, 11, 23, 0, tzinfo=UTC)  # 6:00 pm Central
ATTACK = "O'Neil <script>\"&"
CHAIR = charts.Chair(
    1, "taken", "Ivo", "wk 12", [charts.SeatSpan(date(2026, 1, 5), date(2026, 3, 20), note="to Mar 20")]
)


def at(minutes):
    return START + timedelta(minutes=minutes)


def spans(*pairs):
    return [Span(at(a), at(b)) for a, b in pairs]


SESSION = Span(at(0), at(180))
BREAKS = spans((60, 70), (120, 125))


def strip(*stays, **more):
    return charts.attendance_strip(charts.Strip(SESSION, spans(*stays), BREAKS, **more), CENTRAL)


def bars(drawing, class_):
    """(x, width) of every bar of a class."""
    root = ElementTree.fromstring(drawing.svg)
    return [(float(r.get("x")), float(r.get("width"))) for r in root.iter("rect") if r.get("class") == class_]


EVERY = [
    pytest.param(drawing, id=name)
    for name, value in gallery.drawings().items()
    for drawing in (value if isinstance(value, list) else [value])
    if isinstance(drawing, charts.Drawing)
]


@pytest.mark.parametrize("drawing", EVERY)
def test_every_drawing_is_well_formed_and_says_itself(drawing):
    root = ElementTree.fromstring(drawing.svg)
    assert drawing.sentence
    if root.tag == "svg":
        assert root.get("role") == "img"
        assert root.get("aria-label") == drawing.sentence
    assert all(len(row) == len(drawing.headings) for row in drawing.rows)


@pytest.mark.parametrize("drawing", EVERY)
def test_no_drawing_has_a_style_or_a_color_of_its_own(drawing):
    assert "style" not in drawing.svg
    assert not re.search(r'(fill|stroke)="', drawing.svg)
    assert "#" not in drawing.svg


@pytest.mark.parametrize("drawing", EVERY)
def test_no_number_in_a_drawing_is_broken(drawing):
    assert not re.search(r"nan|inf|None|e-\d", drawing.svg.replace("Noon", ""))


def test_a_stay_is_drawn_to_scale():
    assert bars(strip((90, 180)), "at-presence") == [(210.0, 210.0)]


def test_two_devices_at_once_are_one_bar():
    assert bars(strip((0, 100), (50, 180)), "at-presence") == [(0.0, 420.0)]


def test_nothing_is_drawn_outside_the_session():
    assert bars(strip((-30, 240)), "at-presence") == [(0.0, 420.0)]


def test_breaks_to_come_are_not_drawn_yet():
    assert len(bars(strip((0, 92), now=at(92)), "at-break")) == 1


def test_time_in_a_side_room_has_its_own_tint_and_counts_as_presence():
    drawn = strip((0, 44), (56, 180), side=spans((44, 56)))
    assert bars(drawn, "at-side") == [(102.7, 28.0)]
    assert "stayed to the end" in drawn.sentence
    assert "12 minutes in a side room" in drawn.sentence


@pytest.mark.parametrize(
    ("stays", "more", "sentence"),
    [
        ([(7, 180)], {"minutes": 158, "of": 165}, "Came 7 minutes late, stayed to the end. 158 of 165 minutes."),
        ([(0, 170)], {}, "Came on time, left 10 minutes early."),
        ([(0, 60)], {"ended": at(60)}, "Came on time, stayed to the end."),
        ([(0, 98), (112, 180)], {}, "Came on time, stayed to the end, away from 7:38 pm to 7:52 pm."),
        ([(0, 98), (99, 180)], {}, "Came on time, stayed to the end."),
        ([(0, 92)], {"now": at(92)}, "Came on time, is in the room."),
        ([(0, 80)], {"now": at(92)}, "Came on time, left at 7:20 pm."),
        ([], {"minutes": 0, "of": 165}, "Was not in the room. 0 of 165 minutes."),
        (
            [],
            {"minutes": 120, "of": 165, "recorded": 0},
            "Was not in the room. Recorded 0 minutes, corrected to 120 of 165.",
        ),
        (
            [(0, 180)],
            {"minutes": 60, "of": 165, "recorded": 165},
            "Came on time, stayed to the end. Recorded 165 minutes, corrected to 60 of 165.",
        ),
    ],
)
def test_a_strip_says_what_it_shows(stays, more, sentence):
    assert strip(*stays, **more).sentence == sentence


def test_the_table_of_a_strip_has_every_span_in_order_of_time():
    rows = strip((0, 98), (112, 180)).rows
    assert [row[2] for row in rows] == ["in the room", "break", "away", "in the room", "break"]
    assert rows[0][:2] == ("6:00 pm", "7:38 pm")


def test_corrected_minutes_fill_the_strip_and_what_the_room_recorded_stays_below():
    drawn = strip((0, 60), (81, 180), minutes=55, of=165, recorded=154)
    assert bars(drawn, "at-corrected") == [(0.0, 140.0)]
    assert bars(drawn, "at-raw") == [(0.0, 140.0), (189.0, 91.0), (291.7, 128.3)]
    assert bars(drawn, "at-presence") == []
    assert ("6:00 pm", "7:00 pm", "recorded by the room") in drawn.rows


def test_a_corrected_strip_of_somebody_the_room_did_not_see_is_filled_and_of_somebody_else_is_empty():
    assert bars(strip(minutes=165, of=165, recorded=0), "at-corrected") == [(0.0, 420.0)]
    assert bars(strip((0, 180), minutes=0, of=165, recorded=165), "at-corrected") == []


def test_marks_are_told_apart_by_shape():
    shapes = {kind: charts.attendance_marks([kind]).svg.split("<", 2)[2] for kind in charts.MARKS}
    assert len(set(shapes.values())) == len(charts.MARKS)


def test_marks_are_read_in_runs_and_those_to_come_are_left_out():
    drawn = charts.attendance_marks(["future", "present", "present", "partial", "missed"])
    assert drawn.sentence == "There 2 times, in part, missed"
    assert charts.attendance_marks(["future"]).sentence == "No group yet"


def test_a_mark_nobody_knows_is_refused():
    with pytest.raises(KeyError):
        charts.attendance_marks(["late"])


def test_a_score_that_is_missing_leaves_a_gap_and_is_never_zero():
    drawn = charts.sparkline([5, 5, None, 3, 3], "Urge")
    assert drawn.svg.count('class="tr-1"') == 2
    assert drawn.sentence == "Urge: 5, 5, not given, 3, 3"
    assert "21.0" not in drawn.svg


@pytest.mark.parametrize("values", [[], [None], [4], [None, 4]])
def test_a_short_course_is_still_a_drawing(values):
    ElementTree.fromstring(charts.sparkline(values, "Urge").svg)


def test_chairs_stand_clockwise_from_the_leader():
    drawn = charts.seat_circle("Ines", [charts.Chair(n) for n in range(1, 4)])
    corners = [(float(r.get("x")), float(r.get("y"))) for r in ElementTree.fromstring(drawn.svg).iter("rect")]
    (right_x, right_y), (below_x, below_y), (left_x, left_y) = corners
    assert left_x < below_x < right_x
    assert left_y == right_y < below_y


def test_the_circle_counts_its_chairs():
    chairs = [charts.Chair(1, "taken", "Ivo"), charts.Chair(2, "held", "Tia"), charts.Chair(3)]
    drawn = charts.seat_circle("Ines", chairs, "1 held to 6:00 pm")
    assert drawn.sentence == "3 chairs in a circle around Ines: 1 taken, 1 held, 1 free."
    assert drawn.rows[2] == ("3", "–", "free", "")


def test_a_forecast_counts_free_chairs_at_the_start_of_each_week():
    drawn = charts.seat_forecast([CHAIR, charts.Chair(2)], date(2026, 3, 9), date(2026, 3, 11), weeks=3, plan=8)
    assert drawn.sentence.endswith("Free at the start of each week: 1, 1, 2.")
    assert ("1", "Ivo", "Jan 5 to Mar 20 (to Mar 20)") in drawn.rows


def test_a_forecast_shows_now_only_when_now_is_in_it():
    assert "at-now" in charts.seat_forecast([CHAIR], date(2026, 3, 9), date(2026, 3, 11)).svg
    assert "at-now" not in charts.seat_forecast([CHAIR], date(2026, 3, 9), date(2026, 8, 1)).svg


def test_items_at_the_same_time_stand_in_lanes():
    items = [charts.RulerItem(at(0), at(60), name) for name in ("Cedar", "Alder")] + [
        charts.RulerItem(at(60), at(90), "Oak")
    ]
    drawn = charts.day_ruler(items, Span(at(-60), at(180)), CENTRAL)
    tops = {float(r.get("y")) for r in ElementTree.fromstring(drawn.svg).iter("rect")}
    assert tops == {3.0, 43.0}


def test_a_day_says_its_items_and_the_time():
    drawn = charts.day_ruler([charts.RulerItem(at(0), at(180), "Cedar")], Span(at(-60), at(180)), CENTRAL, at(-12))
    assert drawn.sentence == "Cedar 6:00 to 9:00 pm. It is 5:48 pm."
    assert charts.day_ruler([], Span(at(0), at(60)), CENTRAL).sentence == "Nothing planned."


def test_a_day_across_a_change_of_clocks_keeps_its_hours():
    spring = datetime(2026, 3, 8, 6, 0, tzinfo=UTC)  # midnight Central, an hour is skipped at 2:00
    drawn = charts.day_ruler([], Span(spring, spring + timedelta(hours=6)), CENTRAL)
    assert re.findall(r">(\d+ [ap]m)<", drawn.svg) == ["12 am", "1 am", "3 am", "4 am", "5 am", "6 am", "7 am"]


def test_the_lamp_stands_where_one_is_on_the_way():
    levels = [
        charts.Level("Hospital", "January"),
        charts.Level("Group", "Feb 9"),
        charts.Level("Aftercare", "From May 4"),
    ]
    drawn = charts.way_through(levels, 1, 0.5, "Week 6", "You are in week 6.")
    lamp = next(ElementTree.fromstring(drawn.svg).iter("circle"))
    assert float(lamp.get("cx")) == pytest.approx(175, abs=0.1)
    assert lamp.get("cy") == "42"
    assert drawn.rows[1] == ("Group", "Feb 9", "Week 6")


def test_on_a_day_the_name_of_what_has_just_begun_stands_behind_the_line_of_the_hour():
    items = [charts.RulerItem(at(0), at(180), "Cedar")]
    for minutes in (-30, 3, 90):
        drawn = ElementTree.fromstring(charts.day_ruler(items, Span(at(-600), at(180)), CENTRAL, at(minutes)).svg)
        name = next(float(t.get("x")) for t in drawn.iter("text") if t.text == "Cedar")
        line = next(p.get("d") for p in drawn.iter("path") if p.get("class") == "at-now")
        assert not name - 2 < float(re.search(r"M([\d.]+)", line)[1]) < name + 33


WAYS = [
    [("Hospital", 1.0), ("Telehealth IOP", 2.4), ("Aftercare", 1.4)],
    [("Sampleton Day Hospital", 1.0), ("Telehealth IOP", 1.0), ("Aftercare", 1.0)],
    [("Detoxification", 1.0), ("Residential care at Lakeside", 1.0), ("Telehealth IOP", 2.4), ("Aftercare", 1.4)],
    [("Telehealth IOP", 1.0), ("Aftercare", 2.4)],
    [("Hospital", 1.0), ("Partial hospitalization", 1.0), ("Telehealth IOP", 2.4), ("Telehealth Aftercare", 1.4)],
]


def foot(drawing):
    """The words of the drawing that stand in its lowest line, where the days are; and those above."""
    words = list(drawing.iter("text"))
    lowest = max(float(word.get("y")) for word in words)
    return [w for w in words if float(w.get("y")) == lowest], [w for w in words if float(w.get("y")) < lowest]


@pytest.mark.parametrize("way", WAYS)
def test_a_name_on_the_way_stays_on_its_own_step(way):
    levels = [charts.Level(name, "Nov 24, 2025", weight) for name, weight in way]
    drawn = charts.way_through(levels, len(way) - 1, 0.5, "Week 12", "You are here.")
    parts = ElementTree.fromstring(drawn.svg)
    line = next(part.get("d") for part in parts.iter("path") if part.get("class") == "step-line")
    edges = [0.0, *(float(x) for x in re.findall(r"H([\d.]+)", line))]
    _, names = foot(parts)
    for words in names:
        x = float(words.get("x"))
        assert x + len(words.text) * 6.6 <= min(edge for edge in edges if edge > x), words.text
    assert " ".join(words.text for words in names) == " ".join(name for name, _ in way), "no word is cut"
    assert max(float(w.get("y")) for w in names) + 15 < float(foot(parts)[0][0].get("y")), "nor meets the days"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("share", [0, 0.3, 1])
def test_the_days_below_the_way_leave_each_other_room(way, share):
    levels = [charts.Level(name, "From Nov 24", weight) for name, weight in way]
    drawn = charts.way_through(levels, len(way) - 2, share, "Semana 12", "You are here.")
    spans = []
    for words in foot(ElementTree.fromstring(drawn.svg))[0]:
        width, x = len(words.text) * 6.6, float(words.get("x"))
        spans.append((x - {"end": width, "middle": width / 2}.get(words.get("text-anchor"), 0), width))
    spans.sort()
    assert "Semana 12" in drawn.svg
    assert all(x + width <= after + 0.1 for (x, width), (after, _) in pairwise(spans))
    assert spans[0][0] >= 0
    assert sum(spans[-1]) <= 350.1


def test_waiting_too_long_is_a_part_of_the_bar_of_its_own():
    assert bars(charts.waiting_bar(22, 30), "over") == []
    assert bars(charts.waiting_bar(48, 30), "over") == [(60.0, 36.0)]
    assert bars(charts.waiting_bar(48, 30), "bar") == [(0.0, 60.0)]
    assert charts.waiting_bar(1, 30).sentence == "Waiting for 1 minute, we call within 30 minutes."


def test_a_week_is_said_as_a_table_in_order():
    blocks = [
        charts.WeekBlock(4, time(12, 30), time(13, 20), "Just you", "alone"),
        charts.WeekBlock(0, time(18), time(21), "Group"),
    ]
    drawn = charts.week_grid(blocks, "An evening week.")
    assert drawn.rows == (
        ("Monday", "6:00 pm – 9:00 pm", "Group"),
        ("Friday", "12:30 pm – 1:20 pm", "Just you"),
    )


def test_the_plan_marks_what_is_over_and_what_is_now():
    steps = [charts.PlanStep("Check-in", 15), charts.PlanStep("Process", 45), charts.PlanStep("Break", 10, rest=True)]
    drawn = charts.room_plan(steps, 30)
    assert 'class="seg m15 done"' in drawn.svg
    assert 'class="seg m45 now" aria-current="step"' in drawn.svg
    assert 'class="seg m10 rest"' in drawn.svg
    assert drawn.sentence.endswith("Now: Process.")


def test_names_are_escaped_in_every_drawing():
    person = charts.Chair(1, "taken", ATTACK[:7], ATTACK, [charts.SeatSpan(date(2026, 3, 9), None, "held", ATTACK)])
    drawings = [
        charts.seat_circle(ATTACK[:7], [person], ATTACK),
        charts.seat_forecast([person], date(2026, 3, 9), date(2026, 3, 11)),
        charts.day_ruler([charts.RulerItem(at(0), at(600), ATTACK, ATTACK)], Span(at(0), at(600)), CENTRAL),
        charts.way_through([charts.Level(ATTACK, ATTACK)], 0, 0.9, ATTACK, ATTACK),
        charts.week_grid([charts.WeekBlock(0, time(9), time(12), ATTACK)], ATTACK),
        charts.room_plan([charts.PlanStep(ATTACK, 30)], 3),
        charts.sparkline([3], ATTACK),
    ]
    for drawing in drawings:
        assert "<script" not in drawing.svg
        ElementTree.fromstring(drawing.svg)


def test_marks_by_the_week_say_the_same_as_in_one_row():
    weeks = [(1, [("present", "Mar 2"), ("missed", "Mar 4")]), (2, [("present", "Mar 9")])]
    drawn = charts.attendance_weeks(weeks)
    assert drawn.sentence == "There, missed, there"
    assert drawn.rows == (("Mar 2", "there"), ("Mar 4", "missed"), ("Mar 9", "there"))
    assert drawn.svg.count("<svg") == len(weeks) == drawn.svg.count("<small>")


def test_a_table_of_a_drawing_names_it_and_escapes_what_it_says():
    table = charts.Drawing("", "A & B", ("Day", "<x>"), (("Mar 2", "<b>"),)).table
    assert '<caption class="sr">A &amp; B</caption>' in table
    assert '<th scope="row">Mar 2</th><td>&lt;b&gt;</td>' in table


def test_a_drawing_is_another_one_as_soon_as_its_data_or_the_language_are():
    """Drawings are kept by what they show."""
    one = charts.Trend(
        "PHQ-9", [charts.TrendPoint(date(2026, 3, 2), 17.0)], 0, 27, date(2026, 3, 2), today=date(2026, 3, 9)
    )
    drawn = charts.trend(one)
    assert charts.trend(replace(one, points=[charts.TrendPoint(date(2026, 3, 2), 17.0)])) is drawn
    assert charts.trend(replace(one, points=[charts.TrendPoint(date(2026, 3, 2), 16.0)])).rows != drawn.rows
    assert charts.trend(replace(one, today=date(2026, 3, 10))).svg != drawn.svg
    with override("es"):
        assert charts.trend(one).headings != drawn.headings
    assert charts.trend(one) is drawn
