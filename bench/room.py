"""How long from opening the link, and from being let in, to the first picture of somebody else, with 2 to 4 real pages
in a room of up to 12.

The others are light people who speak the real protocol. Run inside the network namespace of the tests (`make bench
ONLY=room`); it prints a table and asserts nothing about time.
"""

import os
from collections.abc import Iterator

import pytest
from django.urls import reverse

from bench.table import percentile, table
from stepdown.live import queries, services, tickets
from stepdown.live.light_crowd import Crowd
from stepdown.live.tests.factories import patient_at_door
from stepdown.people.links import url_of
from stepdown.people.services import issue_link
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory
from tests.browser import PHONE
from tests.walk_in import as_patient, as_staff

pytestmark = pytest.mark.browser
JOINS = int(os.environ.get("JOINS", "5"))
ROWS: list[list[object]] = []
FIRST: list[list[object]] = []
LET_IN: list[list[object]] = []
FIRST_PICTURE = """async () => {
    const room = document.querySelector("#room");
    const { arrived } = await import(room.dataset.moduleSrc);
    for (;;) {
        const streams = Object.values(await arrived(room));
        if (streams.some((stream) => stream.frames > 0)) return performance.now();
        await new Promise((go) => setTimeout(go, 20));
    }
}"""


@pytest.fixture(scope="module", autouse=True)
def printed() -> Iterator[None]:
    yield
    print("\n\nRoom: milliseconds from opening the link to the first remote picture, on a device that was here before")
    print(table(["people in the room", "real pages", "joins", "p50", "p95"], ROWS))
    print("\nRoom: the same on a device that was never here, which first fetches every file")
    print(table(["people in the room", "real pages", "joins", "p50", "p95"], FIRST))
    print("\nRoom: milliseconds from being let in to the first remote picture, for who waits at the door")
    print(table(["people in the room", "real pages", "let in", "p50", "p95"], LET_IN))


@pytest.fixture
def crowd(product) -> Iterator[Crowd]:
    crowd = Crowd(url=f"ws://127.0.0.1:{product.live_port}/live/", origin=product.url)
    yield crowd
    crowd.close()


def room_with(product, new_page, crowd: Crowd, *, light: int) -> Session:
    """A room with its leader on a real page and so many light people, the first of them a co-leader."""
    CenterFactory()
    group = GroupFactory(leader=StaffFactory(), co_leader=StaffFactory())
    session = SessionFactory(group=group, co_leader=group.co_leader)
    leader = as_staff(new_page(), product.url, session.leader)
    leader.goto(product.url + reverse("live:staff_room", args=[session.pk]))
    leader.locator(".tile").first.wait_for()
    for number in range(light):
        if number == 0:
            crowd.comes(lambda: tickets.issue(session=session, staff=group.co_leader))
            continue
        patient = patient_at_door(session)
        services.let_in(session=session, patient=patient, by=session.leader)
        crowd.comes(lambda patient=patient: tickets.issue(session=session, patient=patient))
    crowd.until(lambda: all(person.join for person in crowd.people), "the light people are in", seconds=60)
    return session


def settled(crowd: Crowd, session: Session) -> None:
    """Returns when the light people have taken note of whoever left."""
    crowd.until(
        lambda: all(
            len(set(one.feeds.values())) == len(queries.people_in(session)) - 1 for one in crowd.people if one.join
        ),
        "who is in is offered to everyone, and nobody else",
    )


@pytest.mark.parametrize(("people", "pages"), [(2, 2), (3, 3), (4, 4), (12, 2), (12, 3), (12, 4)])
def test_join(product, new_page, crowd, people, pages):
    session = room_with(product, new_page, crowd, light=people - pages)
    firsts, times = [], []
    for _ in range(pages - 1):
        patient = patient_at_door(session)
        services.let_in(session=session, patient=patient, by=session.leader)
        page = as_patient(new_page(viewport=PHONE), product.url, patient)
        link = url_of(issue_link(patient=patient))
        for number in range(JOINS + 1):
            page.goto("about:blank")  # who taps on the link is not in the room
            settled(crowd, session)
            page.goto(link)
            (times if number else firsts).append(page.evaluate(FIRST_PICTURE))
    for rows, taken in ((ROWS, times), (FIRST, firsts)):
        rows.append([people, pages, len(taken), f"{percentile(taken, 0.5):.0f}", f"{percentile(taken, 0.95):.0f}"])


@pytest.mark.parametrize(("people", "pages"), [(3, 2), (12, 2)])
def test_let_in(product, new_page, crowd, people, pages):
    session = room_with(product, new_page, crowd, light=people - pages)
    patient = patient_at_door(session)
    page = as_patient(new_page(viewport=PHONE), product.url, patient)
    times = []
    for _ in range(JOINS):
        page.goto(product.url + reverse("live:room", args=[session.pk]))
        page.locator(".state[data-when=waiting]").wait_for()
        began = page.evaluate("performance.now()")
        services.let_in(session=session, patient=patient, by=session.leader)
        times.append(page.evaluate(FIRST_PICTURE) - began)
        services.send_out(session=session, patient=patient, by=session.leader)
        page.locator(".state[data-when=sent_out]").wait_for()
    LET_IN.append([people, pages, len(times), f"{percentile(times, 0.5):.0f}", f"{percentile(times, 0.95):.0f}"])
