"""People on their way in, and on their way down: inquiries, interviews, held seats, planned steps."""

import copy
from datetime import date, timedelta

from stepdown.admissions.models import Assessment, Call, CameFrom, Inquiry
from stepdown.admissions.services import save_answers
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.services import issue_link
from stepdown.placement.models import Group, Seat
from stepdown.placement.services import offer_seat
from stepdown.transitions.queries import choices
from stepdown.transitions.services import plan_step_down

from . import names
from .history import Maker
from .intake import WHOLE
from .waitlist import waitlist

ASKED = (
    # name, minutes ago, best time, may we leave a message, note, items answered yes on the self-screen (None: not sent)
    ("M.", 112, "now", "no", "", ("ss_lost_control", "ss_stop_sick", "ss_daily_heavy", "ss_time_money")),
    ("R. Maybe", 48, "morning", "short", "His wife asked us to call him. He knows.", None),
    ("Jay", 22, "morning", "text", "", ("ss_dui", "ss_lost_control", "ss_time_money", "ss_duties", "ss_cannot_leave")),
    ("Anonymous", 9, "evening", "no", "Wants to ask what it costs.", None),
    ("Nobody Yet", 4, "evening", "no", "", ("ss_family_concern", "ss_home_unsafe")),
)
ITEMS = (
    "ss_lost_control ss_time_money ss_family_concern ss_dui ss_duties ss_tried_stop ss_stop_sick ss_daily_heavy "
    "ss_home_unsafe ss_cannot_leave ss_self_harm ss_overdose"
).split()

TALKED = (
    # name, hours since they asked, where they come from, minutes until the agreed time, note
    ("Lou Tryout", 20, CameFrom.HOSPITAL, 35, "Leaves Example General on Friday."),
    ("Bea Nobody", 27, "", 240, "Evenings only; two children."),
    ("Ana Notreal", 30, "", None, "Use the second number only."),
    ("Sol Madeup", 44, CameFrom.DIRECT, -55, "No answer twice. Wants the call after work."),
)


def people_on_the_way(maker: Maker) -> None:
    kit = Staff.objects.with_role(Role.ADMISSIONS).get()
    now = maker.now
    for i, (name, minutes, best, message, note, yes) in enumerate(ASKED):
        Inquiry.objects.create(
            name=name, phone=names.phone(900 + i), best_time=best, leave_message=message, note=note,
            self_screen=None if yes is None else {item: int(item in yes) for item in ITEMS},
            asked_at=now - timedelta(minutes=minutes),
        )  # fmt: skip
    for i, (name, hours, came_from, agreed, note) in enumerate(TALKED):
        inquiry = _talked(maker, kit, name, 920 + i, hours, came_from, agreed, note)
        if i == len(TALKED) - 1:
            _interview(
                maker, kit, inquiry, _without(WHOLE, ("home", "safe"), ("ratings", "d6"), ("dsm_severity", None)), 950
            )
    for i, name in enumerate(("Max Nowhere", "Vic Invented")):
        inquiry = _talked(maker, kit, name, 930 + i, 50 + i, CameFrom.DIRECT, -180, "")
        answers = copy.deepcopy(WHOLE)
        if i:
            answers["home"]["lives_with_people_who_use"] = True
            answers["ratings"]["d6"] = 3
            answers["duties"]["can_take_leave"] = True
        else:
            answers["ratings"]["d5"] = 3
        _interview(maker, kit, inquiry, answers, 960 + i)
        Assessment.objects.filter(inquiry=inquiry).update(ready_at=now - timedelta(hours=26 - 25 * i))
    _held_seats(maker, kit)
    waitlist(maker, kit)


def _talked(
    maker: Maker, kit: Staff, name: str, number: int, hours: int, came_from: str, agreed: int | None, note: str
) -> Inquiry:
    """Someone reached an hour after asking; `agreed`: in how many minutes they are assessed, None for now."""
    inquiry = Inquiry.objects.create(
        name=name,
        phone=names.phone(number),
        best_time="evening",
        status=Inquiry.Status.SCREENED if agreed is None else Inquiry.Status.ASSESSMENT_SCHEDULED,
        asked_at=maker.now - timedelta(hours=hours),
        came_from=came_from,
        note=note,
        next_call_at=None if agreed is None else maker.now + timedelta(minutes=agreed),
        assigned_to=kit,
    )
    Call.objects.create(
        inquiry=inquiry,
        by=kit,
        at=maker.now - timedelta(hours=hours - 1),
        outcome=Call.Outcome.REACHED,
        next_step=Call.NextStep.ASSESS_NOW if agreed is None else Call.NextStep.ASSESS_LATER,
        next_at=inquiry.next_call_at,
        note="Evenings only. Wants to know who sees that they came.",
    )
    return inquiry


def _interview(maker: Maker, kit: Staff, inquiry: Inquiry, answers: dict, number: int) -> None:
    first, last = inquiry.name.split(" ")
    assessment = Assessment.objects.create(
        inquiry=inquiry,
        started_by=kit,
        started_at=maker.now - timedelta(hours=3),
        saved_at=maker.now - timedelta(hours=2),
        answers=answers,
        about={
            "first_name": first, "last_name": last, "chosen_name": "", "date_of_birth": date(1985, 3, 27).isoformat(),
            "phone": inquiry.phone, "email": f"{first}.{last}@example.com".lower(), "language": "en",
            "time_zone": "America/Chicago", "address_line": f"{number} Example Street", "city": "Austin", "state": "TX",
            "postal_code": "78701", "emergency_contact_name": f"Pat {last}, a friend",
            "emergency_contact_phone": names.phone(number), "bands": ["evening"], "days_away": [],
        },
        words={"home": "It is quiet at home once the kids sleep."},
        came_from=CameFrom.DIRECT,
        referred_by="A friend",
    )  # fmt: skip
    save_answers(assessment=assessment, values={}, seen={}, by=kit)  # works out the advice and what is missing


def _without(answers: dict, *paths: tuple[str, str | None]) -> dict:
    less = copy.deepcopy(answers)
    for part, key in paths:
        if key is None:
            less[part] = None
        else:
            less[part][key] = None
    return less


def _held_seats(maker: Maker, kit: Staff) -> None:
    """Three people with a seat held for them."""
    for i, group in enumerate(Group.objects.filter(name__in=["Juniper", "Willow", "Maple"]).order_by("name")):
        state = "TX" if group.time_zone == "America/Chicago" else "OH"
        _, episode = maker.patient(state, group.leader, [group.band], since=maker.now - timedelta(days=2, hours=i))
        maker.batch.write()
        offer_seat(episode=episode, group=group, by=kit)


def steps_down(maker: Maker) -> None:
    """Of those who end within two weeks, every second one already has an Aftercare seat planned."""
    soon = Seat.objects.accepted().filter(
        ends_at__gt=maker.now + timedelta(days=2),
        ends_at__lt=maker.now + timedelta(days=16),
        group__program__weeks__gt=0,
    )
    for i, seat in enumerate(soon.order_by("ends_at")):
        fits = [c for c in choices(seat.episode, aftercare=True, after=seat.ends_at) if not c.against]
        if i % 2 == 0 and fits:
            plan_step_down(
                episode=seat.episode,
                group=fits[0].group,
                effective_at=seat.ends_at,
                reason="Three months done; agreed together.",
                by=seat.group.leader,
            )


def personal_links() -> None:
    for patient in Patient.objects.filter(episodes__ended_at=None).distinct():
        issue_link(patient=patient)
