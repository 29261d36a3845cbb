"""When a text message may wake somebody, and which can wait until morning.

Source: 47 CFR 64.1200(c)(1), no calls before 8 am or after 9 pm by the clock of who is called. What we write are no
solicitations; we keep to its hours all the same with whatever can wait.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from stepdown.outreach.safe_way import BY_ITSELF

MORNING, NIGHT = time(8), time(21)
IN_TIME = timedelta(hours=1)  # whoever is told of a meeting in the morning has so long until then
LASTS = timedelta(hours=3)  # a meeting, so that one which began not longer ago may be on
# The others are codes and links that somebody waits for, answers to what they just did, and meetings about to begin.
CAN_WAIT = BY_ITSELF | {"page_link"}


def told_at(
    kind: str, *, now: datetime, zone: str, about: datetime | None = None, was: datetime | None = None
) -> datetime:
    """When a text of that kind goes to somebody whose clock is in `zone`: now, or at 8 in the morning.

    now, about, was: aware; the times it speaks of. What would come too late for these in the morning goes now,
    also while a meeting is on that began then.
    """
    local = now.astimezone(ZoneInfo(zone))
    if kind not in CAN_WAIT or MORNING <= local.time() < NIGHT:
        return now
    on = local.date() + timedelta(days=local.time() >= NIGHT)
    morning = datetime.combine(on, MORNING, ZoneInfo(zone)).astimezone(now.tzinfo)
    soon = [at for at in (about, was) if at and now - LASTS < at < morning + IN_TIME]
    return now if soon else morning
