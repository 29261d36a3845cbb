"""Yes, or the reason why not: the answer of every permission."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Decision:
    """An answer that explains itself. `reason` is the sentence a person reads; empty when allowed."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def or_forbid(self) -> None:
        """Raises PermissionDenied with the reason when the answer is no (shown as a 403 page)."""
        if not self.allowed:
            raise PermissionDenied(self.reason)


ALLOW = Decision(True)


def refuse(reason: str) -> Decision:
    """A no with its reason."""
    return Decision(False, reason)
