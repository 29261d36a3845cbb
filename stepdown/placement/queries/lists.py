"""All open groups, a page at a time: Aftercare last, then by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from stepdown.placement.models import Group
from stepdown.placement.queries.groups import GroupNow, groups_now, open_groups

PAGE = 50
LONGEST = 80  # letters looked for
IN_ORDER = ("program__is_aftercare", "name", "pk")


@dataclass(frozen=True)
class GroupList:
    """words: what is looked for in the names of groups and leaders; empty for all groups. page: how many there are in
    all, and which of them these are."""

    words: str
    page: Page[Any]
    groups: list[GroupNow]

    @property
    def is_whole(self) -> bool:
        """Whether these are all groups there are."""
        return not self.words and not self.page.has_other_pages()


def group_list(asked: str, number: str | None, now: datetime) -> GroupList:
    """In five queries, however many groups. asked: as typed; number: of the page, the nearest one for any other."""
    words = asked.replace("\x00", "").strip()[:LONGEST]
    found = open_groups(now).select_related(None)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(leader__name__icontains=words))
    page = Paginator(found.order_by(*IN_ORDER).values_list("pk", flat=True), PAGE).get_page(number)
    return GroupList(words, page, groups_now(Group.objects.filter(pk__in=list(page)).order_by(*IN_ORDER), now))
