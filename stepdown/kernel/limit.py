"""How often something may be asked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """Requests in a minute: `reads` by GET and HEAD, `sends` by anything else."""

    reads: int
    sends: int

    def of(self, method: str | None) -> int:
        return self.reads if method in {"GET", "HEAD"} else self.sends
