"""Who may be the supervisor that co-signs somebody's notes.

Source: glossary, "clinical supervisor": signs for unlicensed and associate staff; RULE PRIV-45.
"""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Supervisor:
    """What is known of the one who would co-sign, on the day asked about. states: names of those in which they hold a
    license with a Master's degree."""

    name: str
    is_clinical: bool
    works_here: bool
    is_supervised: bool
    states: Collection[str]


def against(supervisor: Supervisor, *, of: str, states: Collection[str], is_self: bool) -> str:
    """The sentence why not; "" when they may. of, states: name of the one supervised, and where they counsel; without
    any state a license anywhere is enough."""
    if is_self:
        return "Nobody co-signs their own notes. Choose somebody else."
    if not supervisor.works_here:
        return f"{supervisor.name} does not work here any more. Choose somebody else."
    if not supervisor.is_clinical:
        return "A counselor or a clinical director co-signs notes. Choose one of them."
    if supervisor.is_supervised:
        return f"The notes of {supervisor.name} are co-signed themselves. Choose somebody who needs no co-signature."
    lacking = sorted(set(states) - set(supervisor.states))
    if lacking or not supervisor.states:
        where = f" in {' and '.join(lacking)}" if lacking else ""
        return (
            f"{supervisor.name} has no license with a Master’s degree{where} on that day. "
            f"Choose somebody who is licensed where {of} counsels."
        )
    return ""
