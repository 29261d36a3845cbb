"""The demo's own clock: keeps a meeting within reach while the demo runs."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from .soon import ensure_session_soon


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="demo-session-soon")
def keep_a_session_soon(timestamp: int) -> None:
    if settings.DEMO:
        ensure_session_soon(now=timezone.now())
