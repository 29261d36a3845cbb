"""Telling what was done, after an act. A message names nobody: it may be stored with the session."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest


def tell(request: HttpRequest, sentence: Any, *, undo: str = "") -> None:
    """Shows the sentence as a toast on the next page; `undo` is an address that takes the act back by POST."""
    messages.success(request, sentence, extra_tags=f"undo:{undo}" if undo else "")
