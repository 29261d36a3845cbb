"""The templates of notes: what stands beside each heading to help writing, and phrases that go in with one tap.

The product brings one for each kind of note and format; a director changes them, version after version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stepdown.chart.domain.contacts import KINDS as CONTACT_KINDS
from stepdown.chart.domain.formats import HEADINGS, WHERE, Format, Kind

GROUP = "group"
# The one heading of a group note: what is written in a person's part besides its short answers.
GROUP_HEADING = "In your words"
KINDS = {GROUP: "Group note", **CONTACT_KINDS}
HELP, PHRASE, PHRASES = 300, 160, 8  # characters, characters, how many


@dataclass(frozen=True)
class Heading:
    """A heading with its help, and phrases in the order in which they are offered."""

    name: str
    help: str = ""
    phrases: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "help": self.help, "phrases": list(self.phrases)}


def headings_from(content: Sequence[Mapping[str, Any]]) -> tuple[Heading, ...]:
    """As they were kept by `as_json`."""
    return tuple(Heading(each["name"], each["help"], tuple(each["phrases"])) for each in content)


def names_of(kind: str, form: str) -> tuple[str, ...]:
    """The headings that a note of that kind has in that format."""
    return (GROUP_HEADING,) if kind == GROUP else HEADINGS[Format(form)]


HELPS = {
    "Data": "What was said and done: their words, what you saw, what you did.",
    "Assessment": "What you make of it: change since last time, risk, how they stand toward the objective.",
    "Plan": "What comes now, who does it, by when.",
    "Behavior": "What was said and seen.",
    "Intervention": "What you did, by name: not “provided support”.",
    "Response": "What it brought about: what they said, did or decided.",
    "Goal": "The goal or objective it works toward.",
    "Subjective": "In their words.",
    "Objective": "What you saw, heard and measured.",
    GROUP_HEADING: "Only this person: what they brought, did and took along.",
}
SAID, DID, RESPONSE, NEXT = Kind.SAID, Kind.DID, Kind.RESPONSE, Kind.NEXT
SAYINGS: dict[str, tuple[tuple[Kind, str], ...]] = {
    "individual": (
        (SAID, "Reported no use since the last session."),
        (SAID, "Reported an urge of … of 10 at its highest, and …"),
        (DID, "Went through a hard moment link by link and looked for the earliest way out."),
        (DID, "Weighed with them what speaks for a change and what against, in their own words."),
        (DID, "Practiced urge surfing together."),
        (RESPONSE, "Named one thing to do differently: …"),
        (RESPONSE, "Was able to say … in their own words."),
        (NEXT, "Tries … before the next session, and tells how it went."),
    ),
    "family": (
        (SAID, "The family reported …"),
        (DID, "Explained what recovery asks of everyone, and what helps."),
        (DID, "Worked out one boundary, and how it is said."),
        (DID, "Each listened for five minutes and said back what they heard."),
        (RESPONSE, "They agreed on one thing to do at home: …"),
        (NEXT, "The family looks for support of its own: …"),
    ),
    "phone": (
        (SAID, "Called because …"),
        (DID, "Asked about danger, use and a safe place; went through the safety plan."),
        (RESPONSE, "Felt … at the end of the call."),
        (NEXT, "We talk again on …"),
    ),
    "outreach": (
        (DID, "Called the number that is safe to call."),
        (DID, "Left a message that tells nothing of treatment."),
        (SAID, "Said that they could not come because …"),
        (RESPONSE, "Agreed to come on …"),
        (NEXT, "Try again on …, by …"),
    ),
    "case_management": (
        (SAID, "They need help with …"),
        (DID, "Called … together with the person."),
        (DID, "Sent a referral to …, with their consent on file."),
        (RESPONSE, "They have an appointment on …"),
        (NEXT, "Ask on … what came of it."),
    ),
    GROUP: (
        (SAID, "Told of a hard moment since last time: …"),
        (DID, "Practiced the tool and found it …"),
        (RESPONSE, "Linked the topic to …"),
        (NEXT, "Will try … before the next group."),
    ),
}


def shipped(kind: str, form: str) -> tuple[Heading, ...]:
    """What the product brings for that kind of note in that format."""
    where = dict.fromkeys(Kind, GROUP_HEADING) if kind == GROUP else WHERE[Format(form)]
    return tuple(
        Heading(name, HELPS[name], tuple(said for what, said in SAYINGS[kind] if where[what] == name))
        for name in names_of(kind, form)
    )
