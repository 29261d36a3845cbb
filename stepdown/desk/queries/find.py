"""What someone looks for by its first letters: people they may see, groups they may see, pages of their menu."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from stepdown.desk.permissions import SEES_PATIENTS
from stepdown.placement import queries as placement
from stepdown.placement.models import Group
from stepdown.placement.queries.people import PatientRow
from stepdown.ui import navigation

SHOWN = 12
LONGEST = 80


@dataclass(frozen=True)
class Found:
    """`more`: there are people whose names fit too, beyond those shown."""

    words: str
    people: list[PatientRow]
    more: bool
    groups: list[Group]
    pages: list[navigation.Link]

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.groups or self.pages)


def find(request: HttpRequest, asked: str) -> Found:
    """In at most six queries. asked: beginnings of names, as they were typed."""
    words = asked.replace("\x00", "").strip()[:LONGEST]
    if not words:
        return Found("", [], False, [], [])
    staff, people, more = request.staff, [], False
    if staff.has_role(*SEES_PATIENTS):
        page = placement.patient_page(placement.patients_visible_to(staff), words, None, timezone.now())
        people, more = page.rows[:SHOWN], len(page.rows) > SHOWN
    groups = placement.groups_visible_to(staff).filter(name__istartswith=words).order_by("name")[:SHOWN]
    return Found(words, people, more, list(groups), _pages(request, words.lower()))


def _pages(request: HttpRequest, words: str) -> list[navigation.Link]:
    links = navigation.staff.links(request, request.staff)
    return [link for link in links if any(word.startswith(words) for word in _beginnings(str(link.label).lower()))]


def _beginnings(label: str) -> list[str]:
    """The label from each of its words on: "held days" is found by "held", "held d" and "days"."""
    words = label.split()
    return [" ".join(words[at:]) for at in range(len(words))]
