"""The demo center itself: who works there, which programs and groups it runs."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from allauth.mfa.totp.internal.auth import generate_totp_secret

from stepdown.admissions.models import Band
from stepdown.people.models import Center, License, Role, Staff
from stepdown.people.services import enroll_staff
from stepdown.placement.models import Chair, Group, Program, Tag
from stepdown.placement.programs import BEGIN_WITH, Kind

PASSWORD = "step-down-together"  # noqa: S105 - the demo's sign-in is printed on purpose
CENTRAL, EASTERN = "America/Chicago", "America/New_York"
STATES = {CENTRAL: ("TX", "OK"), EASTERN: ("OH", "FL")}


@dataclass(frozen=True)
class Worker:
    """A staff member to enroll. The sign-in is `who`@fernbrook.example."""

    who: str
    name: str
    letters: str
    role: Role
    zone: str = CENTRAL
    home: str = ""


WORKERS = (
    Worker("ines", "Ines Leadwell", "LADC", Role.COUNSELOR, home="14 Example Lane, Apt 3"),
    Worker("omar", "Omar Leadsome", "LCDC", Role.COUNSELOR),
    Worker("jon", "Jon Secondby", "LPC Associate", Role.COUNSELOR),
    Worker("mira", "Mira Groupwise", "LPC", Role.COUNSELOR, EASTERN),
    Worker("paul", "Paul Listenwell", "LCSW", Role.COUNSELOR, EASTERN),
    Worker("dee", "Dee Steadyhand", "LADC", Role.COUNSELOR, EASTERN),
    Worker("ruth", "Ruth Overby", "LPC-S", Role.DIRECTOR),
    Worker("kit", "Kit Admitwell", "LADC", Role.ADMISSIONS),
    Worker("bill", "Bill Countwright", "", Role.BILLER, home="220 Example Avenue"),
    Worker("priya", "Priya Keepsafe", "", Role.PRIVACY),
    Worker("ada", "Ada Keysmith", "", Role.ADMINISTRATOR),
    Worker("alma", "Alma Checkwell", "", Role.AUDITOR),
)

MWT, TTF = [0, 2, 3], [1, 3, 4]


@dataclass(frozen=True)
class Plan:
    """One group to make: weekdays (0 is Monday), clock in its own zone, who leads."""

    name: str
    band: Band
    days: list[int]
    at: time
    zone: str
    leader: int
    aftercare: bool = False
    tags: tuple[str, ...] = ()


GROUPS = (
    Plan("Cedar", Band.EVENING, MWT, time(18), CENTRAL, 0),
    Plan("Alder", Band.MORNING, MWT, time(9), CENTRAL, 0),
    Plan("Juniper", Band.EVENING, TTF, time(17, 30), CENTRAL, 1),
    Plan("Willow", Band.MORNING, TTF, time(9), CENTRAL, 1),
    Plan("Maple", Band.EVENING, MWT, time(18), EASTERN, 3),
    Plan("Birch", Band.MORNING, MWT, time(9, 30), EASTERN, 3),
    Plan("Hazel", Band.EVENING, TTF, time(18, 30), EASTERN, 4, tags=(Tag.PROFESSIONALS,)),
    Plan("Linden", Band.MORNING, MWT, time(8, 30), CENTRAL, 2),
    Plan("Oak", Band.EVENING, [1], time(18), CENTRAL, 0, aftercare=True),
    Plan("Elm", Band.MORNING, [1], time(10), EASTERN, 5, aftercare=True),
)


def make_center() -> Center:
    return Center.objects.create(
        name="Fernbrook Center",
        phone="+15125550100",
        time_zone=CENTRAL,
        calls_from=time(8),
        calls_until=time(20),
    )


def make_staff(workers: tuple[Worker, ...] = WORKERS, *, today: date) -> list[Staff]:
    staff = []
    for worker in workers:
        person = enroll_staff(
            email=f"{worker.who}@fernbrook.example",
            password=PASSWORD,
            name=worker.name,
            letters=worker.letters,
            roles=[worker.role],
            time_zone=worker.zone,
            totp_secret=generate_totp_secret(),
            address_line=worker.home,
            postal_code="78701" if worker.home else "",
        )
        staff.append(person)
        if worker.role in (Role.COUNSELOR, Role.DIRECTOR, Role.ADMISSIONS):
            states = STATES[worker.zone] if worker.role == Role.COUNSELOR else ("TX", "OK", "OH", "FL")
            license_them(person, states, today, ends_soon=worker.who == "omar")
    return staff


def license_them(person: Staff, states: tuple[str, ...], today: date, *, ends_soon: bool = False) -> None:
    License.objects.bulk_create(
        License(
            staff=person,
            kind=person.letters,
            state=state,
            number=f"DEMO-{state}-{person.name.split()[-1].upper()}",
            issued_on=today - timedelta(days=900),
            expires_on=today + timedelta(days=24 if ends_soon and i else 500),
        )
        for i, state in enumerate(states)
    )


def make_programs() -> tuple[Program, Program]:
    iop = Program.objects.create(name="Telehealth IOP", **BEGIN_WITH[Kind.IOP])
    return iop, Program.objects.create(name="Aftercare", **BEGIN_WITH[Kind.AFTERCARE])


def make_groups(
    plans: tuple[Plan, ...], staff: list[Staff], programs: tuple[Program, Program], since: date
) -> list[Group]:
    """Groups with ten chairs each, without their sessions."""
    iop, aftercare = programs
    groups = Group.objects.bulk_create(
        Group(
            program=aftercare if plan.aftercare else iop,
            name=plan.name,
            band=plan.band,
            days=plan.days,
            starts_at=plan.at,
            time_zone=plan.zone,
            leader=staff[plan.leader],
            opened_on=since,
            tags=list(plan.tags),
        )
        for plan in plans
    )
    Chair.objects.bulk_create(Chair(group=g, number=n) for g in groups for n in range(1, 11))
    return groups


def many_workers(count: int) -> tuple[Worker, ...]:
    """Counselors for a large center; every second one in the eastern zone."""
    return tuple(
        Worker(f"counselor{i}", f"Counsel Number{i}", "LADC", Role.COUNSELOR, EASTERN if i % 2 else CENTRAL)
        for i in range(count)
    )


def many_plans(groups: int, first_leader: int, rng: Random) -> tuple[Plan, ...]:
    """Groups for a large center. Each counselor leads a morning and an evening one; one in twelve is Aftercare."""
    plans = []
    for i in range(groups):
        leader = first_leader + i // 2
        zone = EASTERN if (i // 2) % 2 else CENTRAL
        aftercare = i % 12 == 11
        days = [rng.choice([1, 4])] if aftercare else MWT
        at = time(18) if i % 2 else time(9)
        band = Band.EVENING if i % 2 else Band.MORNING
        plans.append(Plan(f"Group {i + 1}", band, days, at, zone, leader, aftercare))
    return tuple(plans)
