"""A page on which one person writes, while they may have the same thing open on another."""

from dataclasses import dataclass
from uuid import UUID

from stepdown.kernel.db import RuleBroken


class ChangedElsewhere(RuleBroken):
    """Another page saved what this one does not show. version: of the text as it stands."""

    def __init__(self, version: str) -> None:
        self.version = version
        super().__init__(
            "This note was changed on another page since this one was opened. What you wrote is still in the boxes and "
            "not saved. Look at the other in a new tab, or save again to put yours in its place."
        )


@dataclass(frozen=True)
class OpenPage:
    """version: of the text that the page was made of; empty where nobody says. page: its own id."""

    version: str = ""
    page: UUID | None = None

    def check(self, *, version: str, saved_page: UUID | None) -> None:
        """version: of the text as it stands. saved_page: the page that saved it. What a page saved itself it knows,
        also when it never had the answer. Raises ChangedElsewhere."""
        saved_it = self.page is not None and self.page == saved_page
        if self.version and self.version != version and not saved_it:
            raise ChangedElsewhere(version)
