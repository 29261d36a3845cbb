"""Jobs of the room. Arguments are times only."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from stepdown.live import services


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="live.end_rooms_left_open", pass_context=False)
def end_rooms_left_open(timestamp: int) -> None:
    """Every five minutes: rooms that nobody ended; the live process ends only those that somebody is in."""
    services.end_rooms_left_open(datetime.fromtimestamp(timestamp, UTC))
