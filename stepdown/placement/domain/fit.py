"""Why a group fits a person, and what stands against it. Values in, sentences out.

Source: RULE PROG-01 (placement refuses a group at cap, a schedule clash, and a state in which the leader is not
licensed, and a no-contact pair); program manual, "Group composition" (8 intended, 10 at most, do not place together).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stepdown.placement.domain.licenses import Validity, covered_until

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Person:
    """Whom a seat is looked for. bands: parts of the day they can come, empty when nobody asked.
    days_away: weekdays (0 is Monday) with other duties. place: the state they sit in, in words.
    apart_from, together_with: ids of people; true_of: what a group may be meant for that is true of them.
    wishes_band, wishes_days, wishes_language, wishes_tags: what they would like, and can do without."""

    level: str
    bands: frozenset[str]
    days_away: frozenset[int]
    place: str
    language: str = "en"
    apart_from: frozenset[object] = frozenset()
    together_with: frozenset[object] = frozenset()
    true_of: frozenset[str] = frozenset()
    wishes_band: str = ""
    wishes_days: frozenset[int] = frozenset()
    wishes_language: str = ""
    wishes_tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Place:
    """One group as it would be for that person. first_on, last_on: days of the first and the last session they would
    have (no last day: open-ended; no first day: the group has no session to come). taken: chairs in use or held at the
    first session. free_from: when a chair is free for the whole time, if not at once. licenses: the leader's licenses
    in the person's state. entry_until: the last day on which someone may join a closed group. people: ids
    of those who sit there or have it offered in that time, and of who leads it. language, tags: what is spoken, and
    whom it is meant for. then: the group as it is to be from a day within that time on, which is its first_on."""

    level: str
    program: str
    band: str
    days: frozenset[int]
    leader: str
    licenses: tuple[Validity, ...]
    first_on: date | None
    last_on: date | None
    chairs: int
    chairs_free: int
    taken: int
    intended: int
    free_from: date | None = None
    entry_until: date | None = None
    people: frozenset[object] = frozenset()
    language: str = "en"
    tags: frozenset[str] = frozenset()
    then: "Place | None" = None


@dataclass(frozen=True)
class Against:
    """Something against a group. `blocks`: the seat cannot be offered until it is settled."""

    sentence: str
    blocks: bool = False


@dataclass(frozen=True)
class Fit:
    reasons: tuple[str, ...]
    against: tuple[Against, ...]

    @property
    def possible(self) -> bool:
        return not any(a.blocks for a in self.against)

    @property
    def blocked_by(self) -> str:
        """The first reason why not, as a sentence; empty when a seat can be offered."""
        return next((a.sentence for a in self.against if a.blocks), "")

    @property
    def rank(self) -> tuple[int, int, int]:
        """Best first: possible before blocked, little against, much for."""
        return (sum(a.blocks for a in self.against), len(self.against), -len(self.reasons))


def said(on: date) -> str:
    """March 18."""
    return f"{MONTHS[on.month - 1]} {on.day}"


def listed(words: Iterable[str]) -> str:
    """ "Monday, Wednesday and Thursday"."""
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last


def weigh(person: Person, place: Place) -> Fit:
    """Every reason for and against, the blocking ones first among those against."""
    reasons: list[str] = []
    against: list[Against] = []
    for part in PARTS:
        for_it, not_it = part(person, place)
        reasons += for_it
        against += not_it
    against += _from_then_on(person, place, {each.sentence for each in against})
    return Fit(tuple(reasons), tuple(sorted(against, key=lambda a: not a.blocks)))


def obstacles(person: Person, place: Place) -> int:
    """How many reasons one look finds why no seat can be offered. Where it finds none, `weigh` decides."""
    return (
        (person.level != place.level)
        + (not place.licenses)
        + (not place.chairs_free)
        + bool(person.bands and place.band not in person.bands)
        + (not person.days_away.isdisjoint(place.days))
        + bool(place.tags - person.true_of)
    )


def clashes(person: Person, place: Place) -> list[str]:
    """The sentences that forbid a seat whatever the level of care and the chairs: a group closed to new people or meant
    for others, the person's time, the leader's license, somebody to be kept apart from."""
    found = [a.sentence for part in OF_THE_GROUP for a in part(person, place)[1] if a.blocks]
    return found + [a.sentence for a in _from_then_on(person, place, set(found)) if a.blocks]


def _from_then_on(person: Person, place: Place, known: set[str]) -> list[Against]:
    """What stands against the group as it is to be, and not already against it as it is."""
    then = place.then
    if then is None or then.first_on is None:
        return []
    when = f"The group changes on {said(then.first_on)}:"
    parts = [against for part in OF_THE_GROUP for against in part(person, then)[1]]
    return [Against(f"{when} {a.sentence}", a.blocks) for a in parts if a.sentence not in known]


Part = tuple[list[str], list[Against]]


def _program(person: Person, place: Place) -> Part:
    if person.level == place.level:
        return [], []
    return [], [Against(f"{place.program} is not the level of care decided on.", blocks=True)]


def _entry(person: Person, place: Place) -> Part:
    if place.entry_until and place.first_on and place.first_on > place.entry_until:
        return [], [Against(f"Is closed to new people since {said(place.entry_until)}.", blocks=True)]
    return [], []


def _band(person: Person, place: Place) -> Part:
    if not person.bands:
        return [], [Against("Nobody asked yet whether mornings or evenings suit.")]
    if place.band in person.bands:
        return [f"{place.band.capitalize()}s" if len(person.bands) > 1 else f"{place.band.capitalize()} only"], []
    return [], [Against(f"Can come in the {listed(sorted(person.bands))} only.", blocks=True)]


def _days(person: Person, place: Place) -> Part:
    clash = [WEEKDAYS[d] for d in sorted(place.days & person.days_away)]
    if clash:
        return [], [Against(f"Has other duties on {listed(clash)}.", blocks=True)]
    return (["Free on all its days"], []) if person.days_away else ([], [])


def _license(person: Person, place: Place) -> Part:
    if place.first_on is None:
        return [], []  # _chair says that there is no session
    until = covered_until(place.licenses, place.first_on)
    if until is None:
        why = f"{place.leader} has no license in {person.place} that is valid on {said(place.first_on)}."
        return [], [Against(why, blocks=True)]
    if until < (place.last_on or place.first_on):
        return [], [Against(f"{place.leader}’s license in {person.place} ends {said(until)}.")]
    return [f"licensed in {person.place}"], []


def _chair(person: Person, place: Place) -> Part:
    if place.first_on is None:
        return [], [Against("No session is planned. Extend the group first.", blocks=True)]
    if place.chairs_free == 0:
        later = f" One is free from {said(place.free_from)}." if place.free_from else ""
        return [], [Against(f"No chair is free.{later}", blocks=True)]
    if place.taken >= place.intended:
        return [], [Against(f"Would be number {place.taken + 1} where we plan for {place.intended}.")]
    return [f"{place.chairs_free} chairs free" if place.chairs_free > 1 else "1 chair free"], []


def _apart(person: Person, place: Place) -> Part:
    """Says nothing of who it is: whoever reads this may not know."""
    if person.apart_from & place.people:
        return [], [Against("Someone in this group is to be kept apart from them.", blocks=True)]
    return (["sits with somebody they would like to"], []) if person.together_with & place.people else ([], [])


def _meant_for(person: Person, place: Place) -> Part:
    """A group that is meant for some takes those of whom all of it is true: one for women and veterans takes women who
    are veterans. The engine that places many asks the same (`matching`, `only`)."""
    if missing := place.tags - person.true_of:
        return [], [Against(f"It is for {_tags(missing)}; nobody noted that this is true of them.", blocks=True)]
    met, unmet = person.wishes_tags & place.tags, person.wishes_tags - place.tags
    return (
        [f"for {_tags(met)}, as they wish"] if met else [],
        [Against(f"Would rather sit in a group for {_tags(unmet)}.")] if unmet else [],
    )


def _wishes(person: Person, place: Place) -> Part:
    """The part of the day and the weekdays that they would like."""
    reasons, against = [], []
    if person.wishes_band:
        if person.wishes_band == place.band:
            reasons.append(f"{place.band}s, as they wish")
        else:
            against.append(Against(f"Would rather come in the {person.wishes_band}."))
    if person.wishes_days:
        others = [WEEKDAYS[day] for day in sorted(place.days - person.wishes_days)]
        if others:
            against.append(Against(f"Would rather not come on {listed(others)}."))
        else:
            reasons.append("on days they like")
    return reasons, against


def _language(person: Person, place: Place) -> Part:
    wished = person.wishes_language or ("es" if person.language.startswith("es") else "")
    if place.language == (wished or "en"):
        return (["in Spanish, as they wish"], []) if wished == "es" else ([], [])
    if place.language == "es":
        return [], [Against("It is held in Spanish, and they did not ask for that.", blocks=True)]
    return [], [Against("Prefers Spanish. Ask whether this group works.")]


def _tags(tags: Iterable[str]) -> str:
    return listed(tag.replace("_", "-") for tag in sorted(tags))


# What is weighed, in the order in which it is said.
PARTS = (_program, _entry, _meant_for, _band, _days, _license, _apart, _chair, _wishes, _language)
OF_THE_GROUP = tuple(part for part in PARTS if part not in (_program, _chair))
