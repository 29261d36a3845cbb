"""Jobs of privacy."""

from procrastinate.contrib.django import app

from stepdown.privacy import services_looks


@app.periodic(cron="30 8 * * *")
@app.task(queueing_lock="privacy.verify_looks", pass_context=False)
def verify_looks(timestamp: int) -> None:
    """Every night (2:30 am Central in winter): that the list of who looked is as it was written."""
    services_looks.verify()
