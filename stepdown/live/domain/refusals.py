"""Why a browser is not listened to any longer: a sentence for the person, a word for programs and logs."""

from enum import StrEnum


class Reason(StrEnum):
    """One word for each kind of refusal; the README's protocol says what each means."""

    BROKEN = "broken"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TOO_OFTEN = "too_often"
    OUT_OF_ORDER = "out_of_order"
    NOT_LEADER = "not_leader"
    DESCRIPTION = "description"
    TICKET = "ticket"
    SILENT = "silent"
    NOT_ALLOWED = "not_allowed"
    NO_VIDEO = "no_video"
    FAILED = "failed"


COME_AGAIN = frozenset({Reason.TICKET, Reason.SILENT, Reason.TOO_OFTEN, Reason.FAILED})  # with a fresh ticket


class Refused(ValueError):
    """What was said is not taken, and the socket closes. `str()` is the sentence."""

    def __init__(self, why: str, reason: Reason = Reason.BROKEN) -> None:
        super().__init__(why)
        self.reason = reason
