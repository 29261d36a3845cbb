"""Jobs of the timetable. Arguments are times and ids only."""

from django.utils import timezone
from procrastinate.contrib.django import app

from stepdown.timetable import services, services_absences, services_group


@app.periodic(cron="10 8 * * *")
@app.task(queueing_lock="timetable.extend_all", pass_context=False)
def extend_all(timestamp: int) -> None:
    """Every night (3:10 am Eastern in winter): three months of sessions ahead for every group."""
    services.extend_all()


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="timetable.apply_changes", pass_context=False)
def apply_changes(timestamp: int) -> None:
    """Every quarter of an hour: groups become what was planned for the day that has begun in their zone."""
    services_group.apply_changes()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="timetable.pass_turns", pass_context=False)
def pass_turns(timestamp: int) -> None:
    """Every five minutes: who was asked to stand in and stays silent leaves the turn to the next."""
    services_absences.pass_turns(timezone.now())
