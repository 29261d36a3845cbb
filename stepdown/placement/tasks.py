"""Jobs of placement. Arguments are times and ids only."""

from django.utils import timezone
from procrastinate.contrib.django import app

from stepdown.placement import services, services_chain


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="placement.lapse_seats", pass_context=False)
def lapse_seats(timestamp: int) -> None:
    """Every minute: chairs whose hold has run out are free again."""
    services.lapse_seats(timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="placement.offer_free_chairs", lock="placement.offer_free_chairs", pass_context=False)
def offer_free_chairs(timestamp: int) -> None:
    """Every minute: free chairs are offered to who waits."""
    services_chain.offer_free_chairs(timezone.now())
