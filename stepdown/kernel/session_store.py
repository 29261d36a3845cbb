"""Django's sessions in the database, whose query is put together once, as each request asks it (ADR 12)."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from stepdown.kernel.prepared import prepared


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        for session in _open(self.session_key, timezone.now()) if self.session_key else []:
            return session
        self._session_key = None
        return None


@prepared
def _open(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
