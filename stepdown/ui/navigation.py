"""The menus of the frame. A stage adds its pages in its AppConfig.ready(), so that a menu never leads nowhere:

    from stepdown.ui import navigation
    navigation.staff.register(
        navigation.NavItem(_("Groups"), "group", "placement:groups", roles=("counselor", "director"), order=20)
    )

Orders leave room: 10 my day, 20 groups, 30 patients, 40 notes, 50 admissions, 60 seats, 70 licenses.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

MANY = 100  # a menu counts no further


class Waiting(NamedTuple):
    """How many things wait at a page for someone, and how many of them are late; both may stop at MANY."""

    all: int
    late: int = 0

    @property
    def said(self) -> str:
        """What the menu shows: the late ones, when there are any."""
        count = self.late or self.all
        return f"{MANY - 1}+" if count >= MANY else str(count)


NOTHING = Waiting(0)


@dataclass(frozen=True)
class NavItem:
    """One page of a menu.

    url_name  a name that reverse() knows without arguments.
    roles     values of Role that see it; empty: everyone for whom the menu is.
    waiting   what waits there for this person; 0 shows nothing, and late ones show instead of all, in the urgent tint.
    order     smaller stands first.
    first_for values of Role whose work begins on this page: for them it stands before the rest.
    """

    label: str | Promise
    icon: str
    url_name: str
    roles: tuple[str, ...] = ()
    waiting: Callable[[Any], Waiting] | None = None
    order: int = 50
    first_for: tuple[str, ...] = ()

    @property
    def waits(self) -> str:
        """Id of the place where the frame shows what waits there."""
        return "waits-" + self.url_name.replace(":", "-")

    def place(self, person: Any) -> tuple[bool, int]:
        """Sorts the menu of this person."""
        is_first = person is not None and bool(self.first_for) and person.has_role(*self.first_for)
        return (not is_first, self.order)


@dataclass(frozen=True)
class Link:
    """An entry as the frame draws it. waits: id of the place for what waits there; empty where nothing does."""

    label: str | Promise
    icon: str
    url: str
    current: bool
    waits: str = ""


@dataclass(frozen=True)
class Section:
    """Links of one person under a heading, such as "My groups": `links(staff)` gives (label, icon, url)."""

    title: str | Promise
    links: Callable[[Any], Iterable[tuple[str, str, str]]]


@dataclass(frozen=True)
class Strip:
    """A line above every page of one person while something extraordinary holds: where it leads, and how to end it."""

    said: str
    url: str
    act: str
    act_url: str


@dataclass
class Menu:
    """Items by url name, so that registering twice (as happens when apps load again) keeps one."""

    items: dict[str, NavItem] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    strips: dict[str, Callable[[HttpRequest], Strip | None]] = field(default_factory=dict)

    def register(self, item: NavItem) -> None:
        self.items[item.url_name] = item

    def register_section(self, key: str, section: Section) -> None:
        self.sections[key] = section

    def register_strip(self, key: str, strip: Callable[[HttpRequest], Strip | None]) -> None:
        self.strips[key] = strip

    def links(self, request: HttpRequest, person: Any) -> list[Link]:
        """The links this person sees, in order. The longest address that the page's own begins with is current."""
        seen = [(item, reverse(item.url_name)) for item in self._seen_by(person)]
        within = [url for _, url in seen if _within(request.path, url)]
        current = max(within, key=len, default=None)
        return [
            Link(item.label, item.icon, url, url == current, item.waits if item.waiting and person is not None else "")
            for item, url in seen
        ]

    def waiting(self, person: Any) -> dict[str, Waiting]:
        """What waits for this person, by the id of its place; a query or two for each."""
        return {item.waits: item.waiting(person) for item in self._seen_by(person) if item.waiting}

    def _seen_by(self, person: Any) -> list[NavItem]:
        return [
            item
            for item in sorted(self.items.values(), key=lambda item: item.place(person))
            if not item.roles or (person is not None and person.has_role(*item.roles))
        ]


def _within(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url if url.endswith("/") else f"{url}/"))


staff = Menu()
patient = Menu()
public = Menu()

# The page that counts what waits, as a name for reverse(); the frame asks it once it stands.
waiting_url_name: str | None = None

# The page that finds people, groups and pages, as a name for reverse(); the frame shows no search box without it.
search_url_name: str | None = None
search_roles: tuple[str, ...] = ()


def register_search(url_name: str, roles: tuple[str, ...]) -> None:
    """Shows the search box in the frame of staff with these roles; it sends `q` to this page by POST, as names stay out
    of addresses."""
    global search_url_name, search_roles
    search_url_name, search_roles = url_name, roles


def search_for(person: Any) -> str | None:
    """The page that this person searches on; None where their frame has no search box."""
    return search_url_name if person is not None and person.has_role(*search_roles) else None


def register_waiting(url_name: str) -> None:
    """Fills the places of `Link.waits` from this page, which answers with `_waiting.html`."""
    global waiting_url_name
    waiting_url_name = url_name
