"""The trigger on seats that keeps people apart."""

import pgtrigger

KEPT_APART = "Someone in this group is to be kept apart from them."

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
            SELECT 1 FROM placement_seat seat
            WHERE seat.patient_id = ANY(others) AND seat.group_id = NEW.group_id AND seat.released_at IS NULL
            AND (seat.accepted_at IS NOT NULL OR seat.held_until > NOW())
            AND tstzrange(seat.starts_at, seat.ends_at) && tstzrange(NEW.starts_at, NEW.ends_at)
        ) THEN
            RAISE EXCEPTION '{KEPT_APART}' USING CONSTRAINT = 'kept_apart';
        END IF;
        RETURN NEW;
    """,  # noqa: S608  # no input, constant words
)
