"""How an inquiry moves, from the first call to its end. The README's diagram is printed from this table.

Source: glossary, enum `inquiry_status`.
"""

NEW = "new"
CONTACTED = "contacted"
SCREENED = "screened"
ASSESSMENT_SCHEDULED = "assessment_scheduled"
NOT_ELIGIBLE = "not_eligible"
REFERRED_OUT = "referred_out"
LOST_CONTACT = "lost_contact"
ADMITTED = "admitted"

_ENDS = frozenset({NOT_ELIGIBLE, REFERRED_OUT, LOST_CONTACT, ADMITTED})
_OPEN = frozenset({CONTACTED, SCREENED, ASSESSMENT_SCHEDULED})

NEXT: dict[str, frozenset[str]] = {
    NEW: _OPEN | _ENDS,
    CONTACTED: _OPEN | _ENDS,
    SCREENED: _OPEN | _ENDS,
    ASSESSMENT_SCHEDULED: _OPEN | _ENDS,
    NOT_ELIGIBLE: frozenset(),
    REFERRED_OUT: frozenset(),
    LOST_CONTACT: frozenset(),
    ADMITTED: frozenset(),
}

# What a logged call's next step makes of the inquiry; a call that reached nobody leaves a new one new.
AFTER_CALL: dict[str, str] = {
    "call_again": CONTACTED,
    "assess_now": SCREENED,
    "assess_later": ASSESSMENT_SCHEDULED,
    "refer": REFERRED_OUT,
    "close": LOST_CONTACT,
}


def after_call(status: str, outcome: str, next_step: str) -> str:
    """The status after a call. Raises ValueError when the inquiry is closed already."""
    if not NEXT[status]:
        raise ValueError("This inquiry is closed.")
    talked = outcome in ("reached", "called_us")
    if next_step == "call_again" and not talked:
        return status
    if next_step == "close" and talked:
        return NOT_ELIGIBLE
    return AFTER_CALL[next_step]


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> new"]
    for state, followers in NEXT.items():
        lines += [f"    {state} --> {follower}" for follower in NEXT if follower in followers and follower != state]
        if not followers:
            lines.append(f"    {state} --> [*]")
    return "\n".join(lines)
