"""What was on the page under which staff sign: no signature stands under a text that its signer was not shown.

Source: RULE PRIV-43 (exact text version shown).
"""

from typing import Any

from django import forms

from stepdown.kernel.db import RuleBroken


class ReadAgain(RuleBroken):
    """What is signed is no longer what the page showed."""

    def __init__(self) -> None:
        super().__init__("This was changed after the page was opened. It stands here as it is now: read it, then sign.")


def check(seen: str | None, stands: str) -> None:
    """seen: the version of what was on the page; None: signed without a page. Raises ReadAgain."""
    if seen is not None and seen != stands:
        raise ReadAgain


class SeenForm(forms.Form):
    """A signature under what is on the page, whose version goes with it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def now_reads(self, seen: str) -> None:
        """The page shows another text by now, under which nothing is ticked yet."""
        self.data: Any = {"seen": seen}
