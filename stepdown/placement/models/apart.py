"""The triggers that keep people apart: on seats, and on who is given a group."""

import pgtrigger

KEPT_APART = "Someone in this group is to be kept apart from them."
_REFUSE = f"RAISE EXCEPTION '{KEPT_APART}' USING CONSTRAINT = 'kept_apart';"

# Whoever comes second waits for the first one to end, then sees their seat. Only what brings two together is refused:
# a new seat, a longer one, another group, a yes. Ends and releases always go through.
KEEPS_APART = pgtrigger.Trigger(
    name="keeps_apart",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    declare=[("others", "uuid[]")],
    func=f"""
        IF NEW.released_at IS NOT NULL THEN RETURN NEW; END IF;
        IF TG_OP = 'UPDATE' THEN
            IF NEW.group_id = OLD.group_id AND NEW.patient_id = OLD.patient_id AND OLD.released_at IS NULL
                AND NEW.starts_at >= OLD.starts_at
                AND COALESCE(NEW.ends_at, 'infinity') <= COALESCE(OLD.ends_at, 'infinity')
                AND (OLD.accepted_at IS NOT NULL OR NEW.accepted_at IS NULL)
            THEN RETURN NEW; END IF;
        END IF;
        others := ARRAY(
            SELECT CASE WHEN one_id = NEW.patient_id THEN COALESCE(other_id, staff_id) ELSE one_id END
            FROM placement_pair
            WHERE apart AND ended_at IS NULL AND (one_id = NEW.patient_id OR other_id = NEW.patient_id)
        );
        IF CARDINALITY(others) = 0 THEN RETURN NEW; END IF;
        PERFORM pg_advisory_xact_lock(hashtextextended(pair.id::text, 0)) FROM (
            SELECT id FROM placement_pair
            WHERE apart AND ended_at IS NULL AND (one_id = NEW.patient_id OR other_id = NEW.patient_id) ORDER BY id
        ) AS pair;
        IF EXISTS (
            SELECT 1 FROM placement_group
            WHERE id = NEW.group_id AND (leader_id = ANY(others) OR co_leader_id = ANY(others))
        ) OR EXISTS (
            SELECT 1 FROM timetable_groupchange ahead
            WHERE ahead.group_id = NEW.group_id AND applied_at IS NULL AND taken_back_at IS NULL
            AND (leader_id = ANY(others) OR co_leader_id = ANY(others))
            AND COALESCE(NEW.ends_at, 'infinity') > from_on::timestamp AT TIME ZONE time_zone
        ) OR EXISTS (
            SELECT 1 FROM placement_seat seat
            WHERE seat.patient_id = ANY(others) AND seat.group_id = NEW.group_id AND seat.released_at IS NULL
            AND (seat.accepted_at IS NOT NULL OR seat.held_until > NOW())
            AND tstzrange(seat.starts_at, seat.ends_at) && tstzrange(NEW.starts_at, NEW.ends_at)
        ) THEN
            {_REFUSE}
        END IF;
        RETURN NEW;
    """,  # noqa: S608  # no input, constant words
)


def refuses_leaders(*, group: str, was: str, after: str) -> str:
    """The part of a trigger that refuses NEW.leader_id and NEW.co_leader_id whom somebody with a seat is to be kept
    apart from. Takes the locks that seats take. `given uuid[]` is to be declared.

    group: the group's id; was: who leads it before, who is never refused, as SQL of a uuid[]; after: the moment from
    which seats count, as SQL.
    """
    return f"""
        given := ARRAY(
            SELECT staff FROM UNNEST(ARRAY[NEW.leader_id, NEW.co_leader_id]) AS staff
            WHERE staff IS NOT NULL AND staff <> ALL(({was})::uuid[])
        );
        PERFORM pg_advisory_xact_lock(hashtextextended(pair.id::text, 0)) FROM (
            SELECT id FROM placement_pair WHERE apart AND ended_at IS NULL AND staff_id = ANY(given) ORDER BY id
        ) AS pair;
        IF EXISTS (
            SELECT 1 FROM placement_pair pair JOIN placement_seat seat ON seat.patient_id = pair.one_id
            WHERE pair.apart AND pair.ended_at IS NULL AND pair.staff_id = ANY(given)
            AND seat.group_id = {group} AND seat.released_at IS NULL
            AND (seat.accepted_at IS NOT NULL OR seat.held_until > NOW())
            AND COALESCE(seat.ends_at, 'infinity') > {after}
        ) THEN
            {_REFUSE}
        END IF;
        RETURN NEW;
    """  # noqa: S608  # no input, constant words


# A change that was planned for this day has asked already; who is kept apart since then has their seat, as all who sit
# together already do.
LEADERS_KEPT_APART = pgtrigger.Trigger(
    name="leaders_kept_apart",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.AnyChange("leader", "co_leader"),
    declare=[("given", "uuid[]")],
    func=f"""
        IF EXISTS (
            SELECT 1 FROM timetable_groupchange ahead
            WHERE ahead.group_id = NEW.id AND applied_at IS NULL AND taken_back_at IS NULL
            AND leader_id = NEW.leader_id AND co_leader_id IS NOT DISTINCT FROM NEW.co_leader_id
        ) THEN RETURN NEW; END IF;
        {
        refuses_leaders(
            group="NEW.id", was="ARRAY[OLD.leader_id, COALESCE(OLD.co_leader_id, OLD.leader_id)]", after="NOW()"
        )
    }
    """,  # noqa: S608  # no input, constant words
)
