"""The triggers that let nobody sit on a chair that is not there: on seats, and on chairs that go."""

import pgtrigger

NOT_THERE = "This chair is not there for the whole time. Choose another chair, another group or another time."
STILL_TAKEN = "Somebody still has this chair then. Choose a later day."

# The last day of a seat is that of `domain.chairs.last_day`: one that ends no later than the group begins leaves the
# chair free on that day. Seat and chair wait for each other: the one holds a share of the chair's row, the other writes
# it.
LAST_DAY = "(({end} AT TIME ZONE {group}.time_zone) - {group}.starts_at - INTERVAL '1 microsecond')::date"
ON_A_CHAIR = pgtrigger.Trigger(
    name="on_a_chair",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    declare=[("chair", "record")],
    func=f"""
        IF NEW.released_at IS NOT NULL THEN RETURN NEW; END IF;
        IF TG_OP = 'UPDATE' THEN
            IF (NEW.chair_id, NEW.starts_at, NEW.ends_at) IS NOT DISTINCT FROM
                (OLD.chair_id, OLD.starts_at, OLD.ends_at) AND OLD.released_at IS NULL
            THEN RETURN NEW; END IF;
        END IF;
        SELECT c.from_on, c.gone_on, g.time_zone, g.starts_at INTO chair
        FROM placement_chair c JOIN placement_group g ON g.id = c.group_id WHERE c.id = NEW.chair_id FOR SHARE OF c;
        IF chair.from_on > (NEW.starts_at AT TIME ZONE chair.time_zone)::date
            OR (chair.gone_on IS NOT NULL AND NEW.ends_at IS NULL)
            OR chair.gone_on <= {LAST_DAY.format(end="NEW.ends_at", group="chair")}
        THEN
            RAISE EXCEPTION '{NOT_THERE}' USING CONSTRAINT = 'chair_is_there';
        END IF;
        RETURN NEW;
    """,  # noqa: S608  # no input, constant words
)

CHAIRS_STAY = pgtrigger.Trigger(
    name="chairs_stay",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__gone_on__isnull=False),
    func=f"""
        IF EXISTS (
            SELECT 1 FROM placement_seat seat JOIN placement_group g ON g.id = seat.group_id
            WHERE seat.chair_id = NEW.id AND seat.released_at IS NULL
            AND (seat.accepted_at IS NOT NULL OR seat.held_until > NOW())
            AND COALESCE({LAST_DAY.format(end="seat.ends_at", group="g")}, 'infinity') >= NEW.gone_on
            AND COALESCE(seat.ends_at, 'infinity') > NOW()
        ) THEN
            RAISE EXCEPTION '{STILL_TAKEN}' USING CONSTRAINT = 'chair_is_free';
        END IF;
        RETURN NEW;
    """,  # noqa: S608  # no input, constant words
)
