"""Jobs of transitions. Arguments are times only."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from stepdown.transitions import services


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="transitions.complete_all", pass_context=False)
def complete_all(timestamp: int) -> None:
    """Each minute: moves whose day has come and whose seat was accepted; and seats that a way back not taken ended."""
    now = datetime.fromtimestamp(timestamp, UTC)
    services.complete_all(now)
    services.give_back_all(now)
