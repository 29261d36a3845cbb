"""Jobs of the chart. Arguments are times only."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from stepdown.chart import services_deadlines


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="chart.keep_deadlines", pass_context=False)
def keep_deadlines(timestamp: int) -> None:
    """Every ten minutes: whose first session was gets a date for the plan; dates follow whoever leads the group."""
    now = datetime.fromtimestamp(timestamp, UTC)
    services_deadlines.make_first_plan_deadlines(now=now)
    services_deadlines.hand_over(now=now)
