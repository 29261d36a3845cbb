"""Jobs of privacy."""

from django.utils import timezone
from procrastinate.contrib.django import app

from stepdown.privacy import services_destruction, services_exceptions, services_looks


@app.periodic(cron="30 8 * * *")
@app.task(queueing_lock="privacy.verify_looks", pass_context=False)
def verify_looks(timestamp: int) -> None:
    """Every night (2:30 am Central in winter): that the list of who looked is as it was written."""
    services_looks.verify()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="privacy.alert_open_emergencies", pass_context=False)
def alert_open_emergencies(timestamp: int) -> None:
    """Every five minutes: emergencies whose facts are not written down after an hour."""
    services_exceptions.alert_open(timezone.now())


@app.periodic(cron="50 8 * * *")
@app.task(queueing_lock="privacy.find_due", pass_context=False)
def find_due(timestamp: int) -> None:
    """Every night (2:50 am Central in winter): what is past the time that it is kept."""
    services_destruction.find_due()


@app.task(pass_context=False)
def find_due_now() -> None:
    """After somebody has decided how long records are kept."""
    services_destruction.find_due()
