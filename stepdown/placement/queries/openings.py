"""Which groups have a chair free from their next session for the whole length of the program: counted in the database,
so that only the groups that matter are read.

The sessions belong to a later stage; their table is found through the group.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from stepdown.placement.models import Chair, Group, Program, Seat

# Far enough to find the next session of a weekly group behind two weeks of holidays.
AHEAD = timedelta(weeks=5)

# {where} narrows the groups before a chair is looked at.
OPEN_CHAIRS = """
    SELECT g.id
    FROM {group} g
    JOIN {program} p ON p.id = g.program_id
    CROSS JOIN LATERAL (
        SELECT min(s.starts_at) AS next_at FROM {session} s
        WHERE s.group_id = g.id AND s.cancelled_at IS NULL AND s.starts_at > %(now)s AND s.starts_at < %(ahead)s
    ) AS first
    CROSS JOIN LATERAL (
        SELECT (first.next_at AT TIME ZONE g.time_zone + make_interval(weeks => p.weeks)) AT TIME ZONE g.time_zone
            AS ends_at
    ) AS last
    WHERE (g.closed_on IS NULL OR g.closed_on > %(today)s) AND first.next_at IS NOT NULL AND {where}
    AND EXISTS (
        SELECT 1 FROM {chair} c WHERE c.group_id = g.id AND NOT EXISTS (
            SELECT 1 FROM {seat} s
            WHERE s.chair_id = c.id AND s.released_at IS NULL
            AND (s.accepted_at IS NOT NULL OR s.held_until > %(now)s)
            AND (s.ends_at IS NULL OR s.ends_at > first.next_at)
            AND (last.ends_at IS NULL OR s.starts_at < last.ends_at)
        )
    )
    ORDER BY first.next_at, g.name
    LIMIT %(limit)s
"""


@cache
def _tables() -> dict[str, str]:
    session: Any = Group._meta.get_field("sessions").related_model
    models = {"group": Group, "program": Program, "chair": Chair, "seat": Seat, "session": session}
    return {name: connection.ops.quote_name(model._meta.db_table) for name, model in models.items()}


def with_free_chair(now: datetime, *, where: str = "TRUE", limit: int, **values: Any) -> list[UUID]:
    """Ids of open groups with a free chair, those that meet soonest first. One query.

    where: SQL over the group (`g`) and its program (`p`), with names in `values`.
    """
    asked = {"now": now, "today": now.date(), "ahead": now + AHEAD, "limit": limit, **values}
    with connection.cursor() as cursor:
        cursor.execute(OPEN_CHAIRS.format(where=where, **_tables()), asked)
        return [row[0] for row in cursor.fetchall()]


def some_group_at(levels: Collection[str], now: datetime, limit: int) -> list[UUID]:
    """Groups of these levels of care with a free chair, in which the chain is not stopped."""
    levels_asked: Sequence[str] = sorted(levels)
    return with_free_chair(
        now,
        where="p.level = ANY(%(levels)s) AND NOT EXISTS ("
        "SELECT 1 FROM placement_chainstop x WHERE x.group_id = g.id AND x.started_at IS NULL)",
        limit=limit,
        levels=levels_asked,
    )
