"""Letting somebody in again who has lost their second factor: an administrator makes sure who asks, and hands over a
password that opens for a day and leads to nothing but setting up a new factor; likewise of who left and works here
again. Source: 45 CFR 164.312(d)."""

import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta

import structlog
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Account, SecondFactorReset, Staff
from stepdown.people.sessions import end_sessions

log = structlog.get_logger()

OPENS_FOR = timedelta(hours=24)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for another one when they are read out
_teller: list[Callable[[Staff], object]] = []


@transaction.atomic
def reset_second_factor(*, staff: Staff, how: str, words: str, by: Staff) -> str:
    """Takes away every second factor and recovery code, the password, and all sessions, and tells the person by mail.
    Returns the password to hand over; it is stored nowhere else. Empty for whose password the center's directory keeps:
    they go on without one here. Raises RuleBroken for one's own."""
    with rules_speak():
        SecondFactorReset.objects.create(staff=staff, by=by, how=how, words=words)
    account = Account.objects.select_for_update(of=("self",)).get(pk=staff.account_id)
    Authenticator.objects.filter(user=account).delete()
    password = "" if by_directory(account) else _new_password(account)
    end_sessions(account=account, by=by)
    log.warning("second factor reset", staff_id=str(staff.pk), by=str(by.pk))
    for tell in _teller:
        tell(staff)
    return password


@transaction.atomic
def open_again(*, staff: Staff, name: str, letters: str, roles: Iterable[str], by: Staff) -> str:
    """Somebody who left works here again: their account opens with these roles and a new password alone, which is
    returned to be handed over as after a reset; what they wrote before is theirs. Raises RuleBroken when it is open.

    Source: 45 CFR 164.308(a)(4)(ii)(B), 164.312(d)."""
    held = Staff.objects.select_for_update(of=("self",)).get(pk=staff.pk)
    if not held.ended_at:
        raise RuleBroken("This account is open already.")
    held.ended_at, held.name, held.letters, held.roles = None, name, letters, list(roles)
    held.save(update_fields=["ended_at", "name", "letters", "roles"])
    account = Account.objects.select_for_update(of=("self",)).get(pk=staff.account_id)
    Authenticator.objects.filter(user=account).delete()
    account.is_active = True
    account.save(update_fields=["is_active"])
    password = "" if by_directory(account) else _new_password(account)
    log.warning("account opened again", staff_id=str(staff.pk), roles=sorted(held.roles), by=str(by.pk))
    return password


def by_directory(account: Account) -> bool:
    """Whether the center's own directory keeps their password."""
    return bool(settings.DIRECTORY_URL) and not account.has_usable_password()


def _new_password(account: Account) -> str:
    password = "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _part in range(4))
    account.set_password(password)
    account.password_is_first, account.password_until = True, timezone.now() + OPENS_FOR
    account.save()
    return password


def tell_with(teller: Callable[[Staff], object]) -> None:
    """Sets who tells the person: a later stage, in its AppConfig.ready(). The last one wins."""
    _teller[:] = [teller]
