"""The triggers on sessions, which write down who is booked when, and on what a group is to be."""

import pgtrigger

from stepdown.placement.models import refuses_leaders

# Whoever books the same person at the same moment waits, then reads the rule's sentence: two rows that check one
# constraint at once would wait for each other.
BOOKS_WHO_LEADS = pgtrigger.Trigger(
    name="books_who_leads",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.After,
    func="""
        IF TG_OP = 'UPDATE' THEN
            IF (NEW.leader_id, NEW.co_leader_id, NEW.starts_at, NEW.ends_at, NEW.cancelled_at IS NULL)
                IS NOT DISTINCT FROM
                (OLD.leader_id, OLD.co_leader_id, OLD.starts_at, OLD.ends_at, OLD.cancelled_at IS NULL)
            THEN RETURN NULL; END IF;
            DELETE FROM timetable_booking WHERE session_id = NEW.id;
        END IF;
        IF NEW.cancelled_at IS NULL THEN
            PERFORM pg_advisory_xact_lock(hashtextextended(staff::text, 0)) FROM (
                SELECT staff FROM UNNEST(ARRAY[NEW.leader_id, NEW.co_leader_id]) AS staff
                WHERE staff IS NOT NULL ORDER BY staff
            ) AS booked;
            INSERT INTO timetable_booking (session_id, staff_id, starts_at, ends_at)
            SELECT NEW.id, staff, NEW.starts_at, NEW.ends_at
            FROM UNNEST(ARRAY[NEW.leader_id, NEW.co_leader_id]) AS staff WHERE staff IS NOT NULL;
        END IF;
        RETURN NULL;
    """,
)

NEXT_LEADERS_KEPT_APART = pgtrigger.Trigger(
    name="next_leaders_kept_apart",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    declare=[("given", "uuid[]")],
    func=refuses_leaders(
        group="NEW.group_id",
        was="SELECT ARRAY[leader_id, COALESCE(co_leader_id, leader_id)] FROM placement_group WHERE id = NEW.group_id",
        after="NEW.from_on::timestamp AT TIME ZONE NEW.time_zone",
    ),
)
