"""Which groups have a chair free from their next session for the whole length of the program: counted in the database,
so that only the groups that matter are read.

The sessions belong to a later stage; their table is found through the group.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from stepdown.people.models import License
from stepdown.placement.domain.fit import Person
from stepdown.placement.models import ChainStop, Chair, Group, Program, Seat
from stepdown.placement.models.there import LAST_DAY

# Far enough to find the next session of a weekly group behind two weeks of holidays.
AHEAD = timedelta(weeks=5)

# As `still_open` of the models.
STILL_OPEN = "(g.closed_on IS NULL OR g.closed_on >= (%(now)s AT TIME ZONE g.time_zone)::date)"
# {where} narrows the groups before a chair is looked at; they are in order by then, so that no more chairs are looked
# at than it takes. (OFFSET 0 keeps the two apart.)
OPEN_CHAIRS = """
    SELECT found.id
    FROM (
        SELECT g.id, g.name, first.next_at, p.weeks, g.time_zone, g.starts_at
        FROM {group} g
        JOIN {program} p ON p.id = g.program_id
        CROSS JOIN LATERAL (
            SELECT s.starts_at AS next_at FROM {session} s
            WHERE s.group_id = g.id AND s.cancelled_at IS NULL AND s.starts_at > %(now)s AND s.starts_at < %(ahead)s
            ORDER BY s.starts_at LIMIT 1
        ) AS first
        WHERE {open} AND {where}
        ORDER BY first.next_at, g.name
        OFFSET 0
    ) AS found
    CROSS JOIN LATERAL (
        SELECT (found.next_at AT TIME ZONE found.time_zone + make_interval(weeks => found.weeks))
            AT TIME ZONE found.time_zone AS ends_at
    ) AS last
    WHERE EXISTS (
        SELECT 1 FROM {chair} c WHERE c.group_id = found.id
        AND (c.from_on IS NULL OR c.from_on <= (found.next_at AT TIME ZONE found.time_zone)::date)
        AND (c.gone_on IS NULL OR c.gone_on > {last_day})
        AND NOT EXISTS (
            SELECT 1 FROM {seat} s
            WHERE s.chair_id = c.id AND s.released_at IS NULL
            AND (s.accepted_at IS NOT NULL OR s.held_until > %(now)s)
            AND (s.ends_at IS NULL OR s.ends_at > found.next_at)
            AND (last.ends_at IS NULL OR s.starts_at < last.ends_at)
        )
        OFFSET 0
    )
    ORDER BY found.next_at, found.name
    LIMIT %(limit)s
"""


@cache
def _tables() -> dict[str, str]:
    session: Any = Group._meta.get_field("sessions").related_model
    models = {
        "group": Group,
        "program": Program,
        "chair": Chair,
        "seat": Seat,
        "session": session,
        "license": License,
        "stop": ChainStop,
    }
    return {name: connection.ops.quote_name(model._meta.db_table) for name, model in models.items()}


def with_free_chair(now: datetime, *, where: str = "TRUE", limit: int, **values: Any) -> list[UUID]:
    """Ids of open groups with a free chair, those that meet soonest first. One query.

    where: SQL over the group (`g`) and its program (`p`), with names in `values`.
    """
    asked = {"now": now, "today": now.date(), "ahead": now + AHEAD, "limit": limit, **values}
    last_day = LAST_DAY.format(end="last.ends_at", group="found")
    sql = OPEN_CHAIRS.format(open=STILL_OPEN, last_day=last_day, where=where, **_tables())
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [row[0] for row in cursor.fetchall()]


# What a person needs of a group, as far as the group alone tells; the rest is weighed in `domain/fit.py`. The names in
# braces are its values: of the question itself, or of a row among those of many people.
NEEDS = (
    "p.level = {level}",
    "({bands}::text[] = '{{}}' OR g.band = ANY({bands}::text[]))",
    "NOT g.days::int[] && {days_away}::int[]",
    "EXISTS (SELECT 1 FROM {license} l WHERE l.staff_id = g.leader_id AND l.state = {state} AND l.masters_level"
    " AND l.issued_on <= %(today)s AND (l.expires_on IS NULL OR l.expires_on >= %(today)s))",
    "g.tags::text[] <@ {true_of}::text[]",
    "(g.entry_until IS NULL OR g.entry_until >= %(today)s)",
)
NAMES = ("level", "bands", "days_away", "true_of", "state")
RUNS = "NOT EXISTS (SELECT 1 FROM {stop} x WHERE x.group_id = g.id AND x.started_at IS NULL)"
OF_MANY = (
    "EXISTS (SELECT 1 FROM jsonb_to_recordset(%(many)s::jsonb)"
    " AS w(level text, bands text[], days_away int[], true_of text[], state text) WHERE {needs})"
)
NEAREST = """
    SELECT g.id FROM {group} g JOIN {program} p ON p.id = g.program_id
    WHERE {open} AND NOT g.id = ANY(%(found)s)
    ORDER BY {met} DESC, g.name
    LIMIT %(limit)s
"""


def worth_weighing(person: Person, state: str, now: datetime, *, fitting: int, nearest: int) -> list[UUID]:
    """Ids of so many groups with a free chair that suit the person, those that meet soonest; and of so many others,
    those that come nearest. Two queries, however many groups."""
    asked = {**_asked(person, state), "today": now.date()}
    needs = _needs({name: f"%({name})s" for name in NAMES})
    found = with_free_chair(now, where=" AND ".join(needs), limit=fitting, **asked)
    met = " + ".join(f"({need})::int" for need in needs)
    asked |= {"now": now, "limit": nearest}
    with connection.cursor() as cursor:
        cursor.execute(NEAREST.format(open=STILL_OPEN, met=met, **_tables()), {**asked, "found": found})
        return found + [row[0] for row in cursor.fetchall()]


def worth_offering(people: Iterable[tuple[Person, str]], now: datetime, limit: int) -> list[UUID]:
    """Ids of groups with a free chair, in which the chain is not stopped: those that suit one of these people, and
    where they are fewer than the limit, others at the same levels of care, to say of them what stands against it.

    people: each with the state they are in. Two queries, however many people and groups.
    """
    wanted = {json.dumps(_asked(person, state), sort_keys=True) for person, state in people}
    if not wanted:
        return []
    runs = RUNS.format(**_tables())
    suits = OF_MANY.format(needs=" AND ".join(_needs({name: f"w.{name}" for name in NAMES})))
    found = with_free_chair(now, where=f"{runs} AND {suits}", limit=limit, many=f"[{','.join(sorted(wanted))}]")
    if len(found) == limit:
        return found
    others = f"{runs} AND p.level = ANY(%(levels)s) AND NOT g.id = ANY(%(found)s)"
    levels = sorted({json.loads(want)["level"] for want in wanted})
    return found + with_free_chair(now, where=others, limit=limit - len(found), levels=levels, found=found)


def _asked(person: Person, state: str) -> dict[str, Any]:
    return {
        "level": person.level,
        "bands": sorted(person.bands),
        "days_away": sorted(person.days_away),
        "true_of": sorted(person.true_of),
        "state": state,
    }


def _needs(values: dict[str, str]) -> list[str]:
    return [need.format(**_tables(), **values) for need in NEEDS]
