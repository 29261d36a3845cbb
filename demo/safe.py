"""Safety plans, a return to use and who is missed in the demo: one plan written together, one alone, one told event."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from stepdown.chart import services_drug_tests, services_returns, services_safety, services_welfare
from stepdown.chart.domain.drug_tests import AT_THE_START
from stepdown.chart.domain.safety_plan import Contact, Document
from stepdown.chart.models import Missed
from stepdown.live.services_incidents import write_down
from stepdown.placement.models import Seat

GROUP = "Cedar"
TOGETHER = Document(
    signs=("I lie awake and go over the day", "I stop answering my sister"),
    alone=("Walk to the river and back", "Cold water on my face, then tea", "Breathe out slowly ten times"),
    places=(Contact("The library on Sample Street"), Contact("Pat Sample, who plays cards", "+15125550171")),
    people=(Contact("My sister Ann Example", "+15125550172"), Contact("Lee Specimen, from work", "+15125550173")),
    professionals=(Contact("Dr. Quinn Placeholder", "+15125550174"),),
    safe=("Nothing to drink at home", "Ann keeps my sleeping pills and gives me a day’s worth"),
    reasons=("My kids", "The garden in spring"),
)
ALONE = Document(
    signs=("I drive the long way, past the store",),
    alone=("Put on music and tidy the kitchen",),
    people=(Contact("Kim Example", "+15125550175"),),
    reasons=("My daughter’s graduation",),
)


def make_missed(now: datetime) -> None:
    """Who missed a group in the last days is noticed as the job would; one of them was called without an answer."""
    services_welfare.keep(now=now)
    tried = Missed.objects.filter(over_at=None, next_act="call").order_by("noticed_at").select_related("owner").first()
    if tried:
        services_welfare.log_step(missed=tried, act="call", came="no_answer", how="phone", by=tried.owner, now=now)


def make_incidents(now: datetime) -> None:
    """One that happened at home, to be followed up."""
    seats = Seat.objects.accepted().at(now).filter(group__name=GROUP, episode__ended_at=None)
    seat = seats.select_related("patient", "group__leader").order_by("-chair__number").first()
    if seat:
        write_down(
            patient=seat.patient, kind="injury", done=["supervisor"], by=seat.group.leader,
            words="Slipped on the stairs at home and hurt a wrist. A neighbor drove to urgent care. Back home by noon.",
        )  # fmt: skip


def make_drug_tests(now: datetime) -> None:
    """For five people of one group: a test with nothing found, one to talk about, one that waits for its result, one
    that waits for the person, one whose time has passed."""
    seats = Seat.objects.accepted().at(now).filter(group__name=GROUP, episode__ended_at=None)
    seats = list(seats.select_related("patient", "group__leader").order_by("chair__number"))
    seats.sort(key=lambda seat: seat.patient.first_name != "June")
    for seat, days in zip(seats, (0, 4, 2, 6, 3), strict=False):
        leader, patient = seat.group.leader, seat.patient
        set_ago = now - timedelta(days=21)
        services_drug_tests.set_schedule(
            patient=patient, gaps=AT_THE_START, always=["etg", "fentanyl"], sometimes=["opioids", "cocaine", "benzos"],
            way="oral", by=leader, now=set_ago,
        )  # fmt: skip
        asked_at = now - timedelta(days=days, hours=1)
        test = services_drug_tests.ask_for_test(
            patient=patient, panels=["etg", "fentanyl", "opioids"], way="oral", by=leader, now=asked_at
        )
        if days in (0, 3):
            continue
        given_at, lot = asked_at + timedelta(hours=2), {"kit_lot": "SAMPLE-0042", "kit_expires_on": now.date()}
        services_drug_tests.collect(test=test, identity_checked=True, **lot, by=leader, now=given_at)
        if days > 2:
            result = "positive_unexpected" if days == 4 else "negative"
            services_drug_tests.write_result(
                test=test, stage="presumptive", result=result, shared="together", by=leader,
                now=given_at + timedelta(minutes=15),
            )  # fmt: skip


def make_safety_plans(now: datetime) -> None:
    """For the first people of one group; the second of them told that they drank, and waits for an answer."""
    seats = Seat.objects.accepted().at(now).filter(group__name=GROUP, episode__ended_at=None)
    seats = list(seats.select_related("patient", "group__leader").order_by("chair__number"))
    theo = [seat for seat in seats if seat.patient.first_name == "Theo"]
    others = [seat for seat in seats if seat not in theo]
    for seat in [*theo, *others[:1]]:
        services_safety.write_safety_plan(
            patient=seat.patient, document=TOGETHER, by=seat.group.leader, now=now - timedelta(days=9)
        )
    for seat in others[1:2]:
        services_safety.write_safety_plan(patient=seat.patient, document=ALONE, by=None, now=now - timedelta(days=4))
        told_at = now - timedelta(hours=20)
        zone = ZoneInfo(seat.patient.time_zone)
        services_returns.record_return(
            patient=seat.patient,
            on=timezone.localdate(told_at, zone) - timedelta(days=1),
            part="evening",
            words="Three beers after the shift. I stopped and poured the rest out.",
            by=None,
            now=told_at,
        )
