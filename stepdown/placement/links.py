"""Addresses of pages that later stages keep, and that may not be there."""

from django.urls import NoReverseMatch, reverse


def link_to(name: str, *args: object) -> str:
    """The address of the page of that name, or "" when no stage has one."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
