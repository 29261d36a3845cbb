"""Drawings made on the server by plain functions: geometry in SVG attributes, colors by class, the same said in words.

Each function takes a dataclass and gives a `Drawing`: the SVG, one sentence for screen readers, and a table of the same
numbers. `<c-drawing :of="drawing" />` shows all three; `{{ drawing.svg }}` alone is for small ones inside a table.
"""

from stepdown.ui.charts.attendance import MARKS, Strip, attendance_marks, attendance_strip, attendance_weeks, marks_key
from stepdown.ui.charts.calendar import RulerItem, WeekBlock, day_ruler, week_grid
from stepdown.ui.charts.plan import PlanStep, room_plan
from stepdown.ui.charts.progress import Level, sparkline, waiting_bar, way_through
from stepdown.ui.charts.seats import Chair, SeatSpan, chairs_key, seat_circle, seat_forecast
from stepdown.ui.charts.svg import Drawing
from stepdown.ui.charts.trend import PHONE as TREND_PHONE
from stepdown.ui.charts.trend import WIDTH as TREND_WIDTH
from stepdown.ui.charts.trend import Trend, TrendBand, TrendEvent, TrendPoint, TrendSession, trend_meta
from stepdown.ui.charts.trend_drawing import trend

__all__ = [
    "MARKS",
    "TREND_PHONE",
    "TREND_WIDTH",
    "Chair",
    "Drawing",
    "Level",
    "PlanStep",
    "RulerItem",
    "SeatSpan",
    "Strip",
    "Trend",
    "TrendBand",
    "TrendEvent",
    "TrendPoint",
    "TrendSession",
    "WeekBlock",
    "attendance_marks",
    "attendance_strip",
    "attendance_weeks",
    "chairs_key",
    "day_ruler",
    "marks_key",
    "room_plan",
    "seat_circle",
    "seat_forecast",
    "sparkline",
    "trend",
    "trend_meta",
    "waiting_bar",
    "way_through",
    "week_grid",
]
