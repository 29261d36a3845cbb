"""Jobs of measures. Arguments are ids and times only."""

from datetime import UTC, datetime
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from stepdown.admissions.models import Episode
from stepdown.measures import services_assign, services_work
from stepdown.people.queries import center


@app.periodic(cron="0 9 * * *")
@app.task(queueing_lock="measures.assign_due", pass_context=False)
def assign_due(timestamp: int) -> None:
    """Every night (3 am Central in winter): what the battery asks of everyone in care that day."""
    if center():
        services_assign.assign_due(now=datetime.fromtimestamp(timestamp, UTC))


@app.task
def assign(*, patient_id: str) -> None:
    """What the battery asks of one patient, who was admitted just now."""
    services_assign.assign_due(now=timezone.now(), patients=[UUID(patient_id)])


def assign_after_admission(episode: Episode) -> None:
    """Within the transaction that admits them, so that neither is without the other."""
    assign.defer(patient_id=str(episode.patient_id))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="measures.escalate", pass_context=False)
def escalate(timestamp: int) -> None:
    """Every five minutes: directors are told of work items that nobody has settled in time."""
    services_work.escalate(now=datetime.fromtimestamp(timestamp, UTC))
