"""Addresses of pages that later stages keep, and that may not be there."""

from uuid import UUID

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from stepdown.kernel.prepared import prepared
from stepdown.people.models import Staff
from stepdown.placement.models import Group
from stepdown.placement.queries.visible import groups_led_by


def link_to(name: str, *args: object) -> str:
    """The address of the page of that name, or "" when no stage has one."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def own_groups(staff: Staff) -> list[tuple[str, str, str]]:
    """(name, icon, address) of the groups this person leads, for the menu."""
    return [(name, "group", reverse("placement:group", args=[pk])) for pk, name in _named(staff.pk)]


@prepared
def _named(staff: UUID) -> QuerySet[Group, tuple[UUID, str]]:
    return groups_led_by(staff).order_by("name").values_list("pk", "name")
