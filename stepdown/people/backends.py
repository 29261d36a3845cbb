"""Who signs in with a password."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from stepdown.kernel.prepared import prepared
from stepdown.people.models import Account


class Passwords(AuthenticationBackend):
    """allauth's own; the query that each request asks is put together once (ADR 12)."""

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session; None when it is gone or not active."""
        return next((account for account in _account(user_id) if self.user_can_authenticate(account)), None)


@prepared
def _account(pk: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=pk)
