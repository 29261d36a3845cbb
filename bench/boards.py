"""Run in a process of its own by bench.center: asks each page of seats and timetable, charts and the search in notes in
turn, by the people whose page it is, and prints what it took.

ROUNDS=40 changes how often, PAGES=seats,groups asks only those with one of the words in their name, and SLOW=20 prints
the statements that took longer than so many milliseconds.
"""

import os
import time
from collections.abc import Iterator

import django

ROUNDS = int(os.environ.get("ROUNDS") or 40)
ONLY = os.environ.get("PAGES", "")
SLOW = float(os.environ.get("SLOW") or 0)


def main() -> None:
    django.setup()
    from django.test.utils import override_settings

    from bench.table import table

    with override_settings(
        ALLOWED_HOSTS=["testserver"],
        STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    ):
        rows = [list(_measured(*page)) for page in _pages() if any(word in page[0] for word in ONLY.split(","))]
    print(f"\nPages of seats and timetable: milliseconds over {ROUNDS} requests, the menu among them")
    print(table(["page", "p50", "p95", "queries", "kB"], rows))


def _pages() -> Iterator[tuple]:
    """(name, client, address, what is posted or None)."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from stepdown.admissions.models import Episode
    from stepdown.people.models import Role, Staff
    from stepdown.people.tests.clients import as_patient, sign_in
    from stepdown.people.tests.factories import CenterFactory, StaffFactory
    from stepdown.placement.models import Group, Seat
    from stepdown.placement.queries import on_waitlist

    def works_here(role: Role) -> Staff:
        email = f"{role}@example.com"
        return Staff.objects.filter(account__email=email).first() or StaffFactory(
            email=email, roles=[role], name=f"One {role}"
        )

    CenterFactory()
    now = timezone.now()
    director, admissions = works_here(Role.DIRECTOR), works_here(Role.ADMISSIONS)
    leader = works_here(Role.COUNSELOR)
    group = Group.objects.get(name="Group 777")
    Group.objects.filter(leader=group.leader_id).update(leader=leader)
    for one in Group.objects.filter(leader=leader):
        one.sessions.update(leader=leader)
    asks = {one: sign_in(Client(), one) for one in (director, leader, admissions)}
    sitting = Seat.objects.accepted().at(now).filter(group=group).select_related("patient").first()
    session = group.sessions.filter(starts_at__gt=now).earliest("starts_at")
    waiting = on_waitlist(Episode.objects.all())[0]
    pages = (
        ("director's day", director, "desk:day"),
        ("counselor's day", leader, "desk:day"),
        ("admissions' board", admissions, "admissions:board"),
        ("programs, for the menu alone", director, "placement:programs"),
        ("groups", director, "placement:groups"),
        ("groups, counselor", leader, "placement:groups"),
        ("seats", director, "placement:seats"),
        ("patients", director, "placement:patients"),
        ("waitlist", director, "placement:waitlist"),
        ("plans", director, "placement:plans"),
        ("weeks ahead", director, "desk:outlook"),
        ("licenses", director, "timetable:licenses"),
        ("absences, director", director, "timetable:absences"),
        ("absences, counselor", leader, "timetable:absences"),
        ("mark an absence", director, "timetable:mark_absence"),
        ("closures", director, "timetable:closures"),
        ("calendar links", director, "timetable:links"),
        ("open a group", director, "timetable:new"),
        ("group", director, "placement:group", group.pk),
        ("chain of offers", director, "placement:chain", group.pk),
        ("sessions of a group", director, "timetable:sessions", group.pk),
        ("change a group", director, "timetable:change", group.pk),
        ("choose a seat", admissions, "placement:offer", waiting.pk),
        ("move to another group", director, "placement:move", sitting.pk),
        ("kept apart", director, "placement:pairs", sitting.patient_id),
        ("patient's chart", director, "desk:patient", sitting.patient_id),
        ("patient's chart, counselor", leader, "desk:patient", sitting.patient_id),
        ("session", director, "timetable:session", session.pk),
        ("stand in", director, "timetable:stand_in", session.pk),
    )
    for name, who, url, *args in pages:
        yield name, asks[who], reverse(url, args=args), None
    for name, who, query in (
        ("calendar week, director", director, ""),
        ("calendar month, director", director, "?view=month"),
        ("calendar week of a group", director, f"?of={group.pk}"),
        ("calendar week, counselor", leader, ""),
        ("calendar month, counselor", leader, "?view=month"),
    ):
        yield name, asks[who], reverse("timetable:calendar") + query, None
    yield "search a person", asks[director], reverse("desk:find"), {"q": "Bulk777"}
    yield "search a group", asks[director], reverse("desk:find"), {"q": "Group 777"}
    for name, who in (("director", director), ("counselor", leader)):
        for kind, words in (("rare", "number777"), ("common", "sleeping"), ("everywhere", "surfing")):
            yield f"search notes, {name}, {kind}", asks[who], reverse("chart:search"), {"words": words}
    patients_notes = reverse("chart:patient_notes", args=[sitting.patient_id])
    yield "search a patient's notes", asks[leader], patients_notes, {"words": "sleeping"}
    patient = as_patient(Client(), sitting.patient)
    yield "patient's home", patient, reverse("desk:home"), None
    yield "patient's calendar", patient, reverse("timetable:my_calendar"), None


def _measured(name, client, address, posted) -> Iterator[object]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.table import percentile

    def ask():
        return client.get(address, follow=True) if posted is None else client.post(address, posted)

    answer = ask()
    assert answer.status_code == 200, f"{name} answered {answer.status_code}"
    assert "sign-in" not in answer.request["PATH_INFO"], f"{name} asked to sign in"
    with CaptureQueriesContext(connection) as captured:
        ask()
    queries = captured.captured_queries
    for query in queries if SLOW else ():
        if float(query["time"]) * 1000 > SLOW:
            print(f"{name}: {float(query['time']) * 1000:.0f} ms {query['sql'][:3000]}\n", flush=True)
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1000)
    yield from (
        name,
        f"{percentile(times, 0.5):.0f}",
        f"{percentile(times, 0.95):.0f}",
        len(queries),
        len(answer.content) // 1024,
    )


if __name__ == "__main__":
    main()
