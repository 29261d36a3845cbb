"""What the gallery shows: forms and drawings on made-up values, once for each theme."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from stepdown.kernel.spans import Span
from stepdown.ui import charts
from stepdown.ui.fields import (
    CheckChips,
    ChoiceCards,
    DateBoxes,
    DateBoxesField,
    Form,
    PhoneField,
    ScaleField,
    StateField,
    YesNoField,
)

CENTRAL = ZoneInfo("America/Chicago")
EVENING = datetime(2026, 3, 11, 23, 0, tzinfo=UTC)  # 6:00 pm Central


@dataclass(frozen=True)
class Spec:
    """One section: its id (and template), title and the sentence that says when to take it."""

    key: str
    title: str
    about: str

    @property
    def template(self) -> str:
        return f"ui/gallery/{self.key}.html"


SPECS = (
    Spec("color", "Color", "Meaning first. Lamp marks now, you and who speaks; it never carries a state."),
    Spec("type", "Type", "The serif is the voice: one title a page, a person’s own words. The sans does the work."),
    Spec("button", "Button", "One primary a page. The label says what will happen. Blocked: it stays, and says why."),
    Spec("link", "Link button", "Goes somewhere; never changes anything."),
    Spec("field", "Field", "Label, hint, error, control, in this order. What was typed stays."),
    Spec("choice", "Radio cards", "For two to five answers a person must weigh. The whole card is the target."),
    Spec("check", "Checkbox and chips", "Chips are checkboxes or radios in a row: note writing, filters."),
    Spec("scale", "Scale 0 to 10", "Eleven radios, both ends named, no colors: no answer is bad."),
    Spec("date", "Date", "Three boxes for a date one knows."),
    Spec(
        "select", "Select and search", "Select for six or more known answers. The / key puts the cursor in the search."
    ),
    Spec("summary", "Error summary", "On top after a failed save; takes focus; each line leads to its field."),
    Spec("notice", "Notice", "What happened, then what to do. Never more than one urgent on a page."),
    Spec("tasks", "Task list", "What is left to do and how far it is. The link is the row’s name."),
    Spec("facts", "Summary list", "Facts with an action each."),
    Spec("table", "Table", "Sorted by what needs someone. The last column acts."),
    Spec("tabs", "Tabs", "Pages of one thing. Real links; the address changes."),
    Spec("stepper", "Stepper and progress", "Up to five steps: bars. More: a progress bar. Always with the words."),
    Spec("timer", "Timer", "Counts what is left, in whole minutes until the last five. Spoken at 5 and 1 minutes."),
    Spec("person", "Person and initial tile", "A photograph never; a letter is enough. Tints go by seat."),
    Spec("tag", "Status tag", "A word first, a tint second. Not pressable."),
    Spec("empty", "Empty state", "Says why it is empty and what to do."),
    Spec("dialog", "Dialog", "Only to confirm what cannot be undone. Esc closes; focus goes back."),
    Spec(
        "toast", "Toast and help", "A toast confirms what was done, with the way back. Help is on every patient page."
    ),
    Spec("strip", "Attendance", "Solid: in the room. Sand: break. Second tint: side room. Empty: away. Amber: now."),
    Spec("trend", "Trend", "Bands behind, open dot at the start, dashed for reliable change, a diamond for an event."),
    Spec("seats", "Seats", "The circle the group sits in, clockwise from the leader; and who sits there when."),
    Spec("days", "Day and week", "Amber is now. Done is sunken, what comes next is tinted."),
    Spec("way", "The way through", "The steps, everywhere the same. The lamp is where you are."),
    Spec("plan", "Plan of the room", "The top line of the room: what is over, now and to come."),
    Spec("nav", "Navigation", "Staff: at the side, by role. Patients: under the thumb. No menus that hide things."),
)


class GalleryForm(Form):
    called = forms.CharField(
        label="What should we call you?",
        help_text="Any name you like.",
        widget=forms.TextInput(attrs={"class": "w-20"}),
        error_messages={"required": "Enter a name we can call you by."},
    )
    phone = PhoneField(
        label="Phone number",
        help_text="For example (512) 555-0142",
        error_messages={"required": "Enter your phone number."},
    )
    reason = forms.CharField(label="What worries you most?", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    near = forms.ChoiceField(
        label="Who else can hear or see?",
        choices=[("nobody", "Nobody, I am alone"), ("near", "Someone is near")],
        widget=ChoiceCards(hints={"near": "That is OK. We will help you find a way."}),
        error_messages={"required": "Choose who can hear or see."},
    )
    safe = YesNoField(label="Is home safe?", error_messages={"required": "Choose yes or no."})
    agree = forms.BooleanField(label="Send my answers with my request", required=False)
    skills = forms.MultipleChoiceField(
        label="In the group",
        choices=[("skill", "Practiced the skill"), ("feedback", "Gave feedback"), ("hard", "Hard to reach")],
        widget=CheckChips,
        required=False,
    )
    times = forms.MultipleChoiceField(
        label="When should we call?",
        choices=[("now", "Now"), ("morning", "Morning"), ("evening", "Evening")],
        widget=CheckChips(big=True),
        error_messages={"required": "Choose when we should call."},
    )
    urge = ScaleField(
        label="How strong is your urge?",
        ends=("No urge", "Strongest"),
        error_messages={"required": "Choose a number from 0 to 10."},
    )
    born = DateBoxesField(
        label="Date of birth",
        help_text="For example 3 27 1991",
        widget=DateBoxes(autocomplete="bday"),
        error_messages={"required": "Enter your date of birth."},
    )
    state = StateField(label="State you are in", error_messages={"required": "Choose the state you are in."})


ANSWERS: dict[str, Any] = {
    "called": "Noor",
    "phone": "(512) 555-014",
    "reason": "I sleep badly.",
    "near": "nobody",
    "safe": "yes",
    "agree": "on",
    "skills": ["skill"],
    "times": [],
    "urge": "4",
    "born_month": "3",
    "born_day": "27",
    "born_year": "1991",
    "state": "TX",
}


def pane(theme: str) -> dict[str, Any]:
    """Everything one pane draws. Names and ids carry the theme, so that both stand on one page."""
    form = GalleryForm({f"{theme}-{name}": answer for name, answer in ANSWERS.items()}, prefix=theme, auto_id="%s")
    form.is_valid()
    return {"theme": theme, "form": form, "charts": drawings()}


def _at(minutes: float) -> datetime:
    return EVENING + timedelta(minutes=minutes)


def _spans(*pairs: tuple[float, float]) -> list[Span]:
    return [Span(_at(start), _at(end)) for start, end in pairs]


def drawings() -> dict[str, Any]:
    session, breaks = Span(_at(0), _at(180)), _spans((60, 70), (120, 125))
    strips = (
        (charts.Strip(session, _spans((7, 180)), breaks, minutes=158, of=165), True),
        (charts.Strip(session, _spans((0, 44), (56, 98), (112, 180)), breaks, side=_spans((44, 56))), False),
        (charts.Strip(session, _spans((0, 92)), breaks, now=_at(92)), False),
        (charts.Strip(session, _spans((0, 70), (110, 180)), breaks, minutes=150, of=165, recorded=125), False),
    )
    chairs = _chairs()
    return {
        "strips": [charts.attendance_strip(strip, CENTRAL, axis=axis) for strip, axis in strips],
        "marks": [
            charts.attendance_marks(marks) for marks in (["future"] * 6 + ["present", "present", "missed"], MARKS)
        ],
        "urges": [
            charts.sparkline(values, "Urge in the last groups") for values in ([3, 5, 4, 6, 8], [5, None, 3, 3, 2])
        ],
        "marks_key": charts.marks_key(),
        "circle": charts.seat_circle("Ines", chairs, "1 held to 6:00 pm"),
        "chairs_key": charts.chairs_key("taken", "held", "aftercare", "free"),
        "forecast": charts.seat_forecast(chairs, date(2026, 3, 9), date(2026, 3, 11)),
        "day": charts.day_ruler(
            [
                charts.RulerItem(_at(-540), _at(-360), "Alder", "9 of 9 came, 2 notes to sign", "done"),
                charts.RulerItem(_at(-270), _at(-220), "Priya", "", "done"),
                charts.RulerItem(_at(-180), _at(-120), "Supervision", "", "done"),
                charts.RulerItem(_at(0), _at(180), "Cedar", "Cravings: urge surfing", "next"),
            ],
            Span(_at(-600), _at(180)),
            CENTRAL,
            _at(-12),
        ),
        "week": charts.week_grid(
            [charts.WeekBlock(day, time(18), time(21), "Group") for day in (0, 2, 3)]
            + [charts.WeekBlock(day, time(9), time(12), "or", "other") for day in (0, 2, 3)]
            + [charts.WeekBlock(4, time(12, 30), time(13, 20), "Just you", "alone")],
            "An evening week: group on Monday, Wednesday and Thursday from 6 to 9 pm, and 50 minutes on Friday.",
        ),
        "way": charts.way_through(
            [
                charts.Level("Hospital", "January", 66),
                charts.Level("Group, 3 days a week", "Feb 9", 186),
                charts.Level("Aftercare", "From May 4", 98),
            ],
            1,
            5 / 12,
            "Week 5",
            "You are in week 5 of 12 of the evening group. After that comes Aftercare, once a week.",
        ),
        "waits": [charts.waiting_bar(minutes, 30) for minutes in (112, 48, 22)],
        "trends": [charts.trend(one) for one in _trends()],
        "plan": charts.room_plan(
            [
                charts.PlanStep("Check-in", 15),
                charts.PlanStep("Process", 45),
                charts.PlanStep("Break", 10, rest=True),
                charts.PlanStep("Skills: urge surfing", 50),
                charts.PlanStep("Short break", 5, rest=True),
                charts.PlanStep("Practice", 40),
                charts.PlanStep("Check-out", 15),
            ],
            32,
        ),
    }


MARKS = ["present", "partial", "excused", "made_up", "present", "missed", "present", "present", "now"]


def _chairs() -> list[charts.Chair]:
    start, today = date(2025, 12, 29), date(2026, 3, 11)
    sitting = (
        ("Ivo", "wk 12", date(2026, 3, 20)),
        ("Gil", "wk 10", date(2026, 3, 27)),
        ("Hal", "wk 2", None),
        ("Una", "to Oak", date(2026, 3, 31)),
        ("Cy", "wk 1", None),
        ("Fay", "wk 7", date(2026, 4, 14)),
        ("Otto", "wk 5", date(2026, 4, 28)),
    )
    chairs = [
        charts.Chair(
            number,
            "aftercare" if note == "to Oak" else "taken",
            name,
            note,
            [charts.SeatSpan(start, end, note=f"to {end:%b} {end.day}" if end else "")],
        )
        for number, (name, note, end) in enumerate(sitting, 1)
    ]
    held = charts.SeatSpan(today, None, "held", "held until 6:00 pm tonight")
    return [*chairs, charts.Chair(8, "held", "Tia", "held", [held]), charts.Chair(9), charts.Chair(10)]


def _trends() -> list[charts.Trend]:
    start = date(2026, 2, 9)
    severity = (
        ("minimal", 0, 4),
        ("mild", 5, 9),
        ("moderate", 10, 14),
        ("moderately severe", 15, 19),
        ("severe", 20, 27),
    )
    marks = ["present"] * 6 + ["partial", "present", "excused", "present", "missed", "present"]
    mood = charts.Trend(
        "PHQ-9",
        [charts.TrendPoint(start + timedelta(weeks=week), value) for week, value in ((0, 17), (2, 14), (4, 9))],
        0,
        27,
        start,
        bands=[charts.TrendBand(least, most, name) for name, least, most in severity],
        change=5,
        events=[charts.TrendEvent(date(2026, 3, 1), "used once")],
        sessions=[
            charts.TrendSession(start + timedelta(weeks=n // 3, days=(0, 2, 3)[n % 3]), mark)
            for n, mark in enumerate(marks)
        ],
        today=date(2026, 3, 11),
    )
    wellbeing = [(0, 28), (2, 36), (4, None), (6, 52), (8, 48)]
    return [
        mood,
        charts.Trend(
            "Well-being",
            [
                charts.TrendPoint(start + timedelta(weeks=week), value, "1 missing" if value is None else "")
                for week, value in wellbeing
            ],
            0,
            100,
            start,
            is_better_higher=True,
            bands=[
                charts.TrendBand(0, 28, "very low"),
                charts.TrendBand(29, 50, "low"),
                charts.TrendBand(51, 100, "good"),
            ],
            change=10,
            width=350,
        ),
    ]
