"""Jobs of attendance. Arguments are times only."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from stepdown.attendance import services

# Far enough back to catch up after a weekend without a worker.
LOOK_BACK = timedelta(days=4)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="attendance.draw_up_ended", pass_context=False)
def draw_up_ended(timestamp: int) -> None:
    """Every minute: attendance of sessions that have just ended."""
    now = datetime.fromtimestamp(timestamp, UTC)
    services.draw_up_ended(now=now, since=now - LOOK_BACK)
