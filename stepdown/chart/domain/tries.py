"""What the note of a try begins with: a call or text from a room, or a step for somebody who was missed.

A try that reached nobody is billed to nobody (billing facts, section 7: a contact that is billed has a response).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from stepdown.chart.domain.welfare import Act, Came

# What came of a call from a room, in the words of a contact.
OF_A_CALL: Mapping[str, str] = MappingProxyType(
    {"talked": "reached", "left_message": "message", "no_answer": "no_answer", "not_safe": "no_answer"}
)
OF_A_STEP: Mapping[Came, str] = MappingProxyType(
    {
        Came.SAFE: "reached",
        Came.DANGER: "reached",
        Came.AGREED: "reached",
        Came.DECLINED: "reached",
        Came.NO_ANSWER: "no_answer",
        Came.WRONG_NUMBER: "no_answer",
        Came.LEFT_MESSAGE: "message",
        Came.SENT: "sent",
        Came.ASKED: "",  # a welfare check: 911 or the team was reached, nobody knows yet how they are
    }
)
WITH_THE_PERSON = (Act.CALL, Act.WRITE, Act.INDIVIDUAL)
WAYS: Mapping[str, str] = MappingProxyType(
    {
        "phone": "phone",
        "police": "phone",
        "team": "phone",
        "video": "video",
        "text": "written",
        "email": "written",
        "mail": "written",
    }
)
# Steps that try to reach somebody, and the way where nobody said how. A case conference and a review are none.
WAY_OF: Mapping[Act, str] = MappingProxyType(
    {
        Act.CALL: "phone",
        Act.CONTACT: "phone",
        Act.CHECK: "phone",
        Act.WRITE: "written",
        Act.LETTER: "written",
        Act.INDIVIDUAL: "phone",
    }
)


@dataclass(frozen=True)
class Try:
    """way, outcome: as in `contacts`, empty where they are not known. with_person: it was them who was tried, and not
    somebody for them. line: what was done and what came of it, in words."""

    way: str
    outcome: str
    with_person: bool
    line: str

    @property
    def reached(self) -> bool:
        return self.outcome == "reached"


def is_noted(act: str, came: str) -> bool:
    """Whether a step tried to reach somebody, so that a note can be written of it."""
    return act in WAY_OF and came in OF_A_STEP


def known_of(tried: Try) -> dict[str, Any]:
    """The fields of a note that are known from it, but for its times. Billing is the author's to say where somebody was
    reached."""
    known: dict[str, Any] = {"way": tried.way, "outcome": tried.outcome}
    if not tried.reached:
        return known | {"billable": False, "why_not": "not_reached"}
    return known | ({"present": ["patient"]} if tried.with_person else {})
