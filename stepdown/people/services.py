"""What is done about people: staff come and go, patients get links and devices."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import structlog
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people import devices, endings, links
from stepdown.people.models import Account, Device, HomeAddress, Patient, PersonalLink, Role, Staff
from stepdown.people.sessions import end_sessions

log = structlog.get_logger()

SEEN_AGAIN_AFTER = timedelta(hours=1)
FIRST_PASSWORD_LASTS = timedelta(days=7)
_listeners: list[Callable[[Staff], object]] = []


@transaction.atomic
def enroll_staff(
    *,
    email: str,
    password: str | None,
    name: str,
    roles: Iterable[str],
    letters: str = "",
    time_zone: str = "America/Chicago",
    totp_secret: str | None = None,
    password_is_first: bool = False,
    phone: str = "",
    address_line: str = "",
    postal_code: str = "",
) -> Staff:
    """A new staff member with an account to sign in with.

    password: None when its owner sets it by a link sent to their e-mail address.
    totp_secret: base32; sets up one-time codes at once. Without it they are set up at the first sign-in.
    password_is_first: someone else chose it, so its owner chooses another one at the first sign-in, which has to come
    within FIRST_PASSWORD_LASTS; after that they set one by a link sent to them.
    phone: where urgent text messages go, as +1XXXXXXXXXX, or "". address_line, postal_code: where they live, both or
    neither.
    Raises RuleBroken when the e-mail address has an account already.
    """
    with rules_speak():
        until = timezone.now() + FIRST_PASSWORD_LASTS if password_is_first else None
        account = Account.objects.create_user(
            email, password, password_is_first=password_is_first, password_until=until
        )
    if totp_secret:
        TOTP.activate(account, totp_secret)
        RecoveryCodes.activate(account)
    staff = Staff.objects.create(
        account=account, name=name, letters=letters, roles=list(roles), time_zone=time_zone, phone=phone
    )
    if address_line:
        HomeAddress.objects.create(staff=staff, address_line=address_line, postal_code=postal_code)
    return staff


@transaction.atomic
def enroll_all(*, people: Iterable[dict[str, Any]], by: Staff) -> list[Staff]:
    """Several colleagues at once, or none of them: arguments of `enroll_staff` without the password, which they set by
    themselves. Raises RuleBroken when somebody has an account already."""
    staff = [enroll_staff(password=None, **facts) for facts in people]
    log.info("staff brought in", count=len(staff), by=str(by.pk))
    return staff


@transaction.atomic
def write_contact_down(*, staff: Staff, phone: str, address_line: str, postal_code: str, by: Staff) -> None:
    """Where somebody who works here is reached and lives, in place of what stood there; what is empty is taken out."""
    staff.phone = phone
    staff.save(update_fields=["phone"])
    if address_line:
        said = {"address_line": address_line, "postal_code": postal_code}
        HomeAddress.objects.update_or_create(staff=staff, defaults=said)
    else:
        HomeAddress.objects.filter(staff=staff).delete()
    log.info(
        "contact of staff written down",
        staff_id=str(staff.pk),
        phone=bool(phone),
        home=bool(address_line),
        by=str(by.pk),
    )


@transaction.atomic
def issue_link(*, patient: Patient, by: Staff | None = None) -> PersonalLink:
    """A new personal link; the one before it stops working."""
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    PersonalLink.objects.filter(patient=patient, revoked_at=None).update(revoked_at=timezone.now())
    link = PersonalLink(patient=patient)
    link.digest = devices.digest_of(links.token_of(link))
    link.save()
    log.info("link issued", link_id=str(link.pk), by=str(by.pk) if by else None)
    return link


@transaction.atomic
def trust_device(*, patient: Patient, user_agent: str = "") -> tuple[Device, str]:
    """Knows a browser from now on; user_agent: what it calls itself.
    Returns the device and the secret for its cookie (`devices.remember`)."""
    secret = devices.new_secret()
    device = Device.objects.create(patient=patient, digest=devices.digest_of(secret), user_agent=user_agent[:200])
    return device, secret


@transaction.atomic
def change_contact(*, patient: Patient, facts: dict[str, str], by: Staff | None = None) -> None:
    """How a patient is reached and where they are: `facts` are fields of Patient. A code on its way to a number that
    was theirs until now opens nothing any more. by: None when the patient does it."""
    held = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    changed = [name for name, value in facts.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, facts[name])
    held.save(update_fields=changed)
    if "phone" in changed:
        held.entry_codes.filter(used_at=None).update(expires_at=timezone.now())
    log.info("contact data changed", patient_id=str(patient.pk), what=sorted(changed), by=str(by.pk) if by else None)


@transaction.atomic
def stop_link(*, patient: Patient, by: Staff | None = None) -> None:
    """No personal link of this patient opens any more. Devices that know them still do."""
    PersonalLink.objects.filter(patient=patient, revoked_at=None).update(revoked_at=timezone.now())
    log.info("link stopped", patient_id=str(patient.pk), by=str(by.pk) if by else None)


@transaction.atomic
def end_device(*, device: Device, by: Staff | None = None) -> None:
    """Forgets a browser; it has to prove again who uses it."""
    Device.objects.filter(pk=device.pk, ended_at=None).update(ended_at=timezone.now())
    endings.tell([endings.mark_of_device(device)])
    log.info("device ended", device_id=str(device.pk), by=str(by.pk) if by else None)


def note_device_seen(device: Device) -> None:
    """Keeps when a device was last here, to the hour, so that most requests write nothing."""
    now = timezone.now()
    if now - device.last_seen_at > SEEN_AGAIN_AFTER:
        Device.objects.filter(pk=device.pk).update(last_seen_at=now)


@transaction.atomic
def change_roles(*, staff: Staff, name: str, letters: str, roles: Iterable[str], by: Staff) -> None:
    """What a colleague is called and may do from now on; when they may do less, every session of theirs ends. Notes
    that they signed keep the name of then. Raises RuleBroken when no administrator would be left: two of them may take
    it from each other at the same moment.

    Source: 45 CFR 164.308(a)(4)(ii)(C), changing of access; RULE PRIV-33."""
    others = _other_administrators(staff)
    held = Staff.objects.select_for_update(of=("self",), no_key=True).select_related("account").get(pk=staff.pk)
    chosen = list(roles)
    taken = set(held.roles) - set(chosen)
    if Role.ADMINISTRATOR in taken and not others:
        raise RuleBroken(_("Nobody else is an administrator. Make somebody one first."))
    held.name, held.letters, held.roles = name, letters, chosen
    held.save(update_fields=["name", "letters", "roles"])
    if taken:
        end_sessions(account=held.account, by=by)
    log.info("roles changed", staff_id=str(staff.pk), roles=sorted(chosen), taken=sorted(taken), by=str(by.pk))
    _tell_of(held)


def _other_administrators(staff: Staff) -> list[Staff]:
    """Locked, so that two of them cannot take it from each other at the same moment."""
    administrators = Staff.objects.with_role(Role.ADMINISTRATOR).select_for_update(of=("self",), no_key=True)
    return [one for one in administrators.order_by("pk") if one.pk != staff.pk]


@transaction.atomic
def end_staff(*, staff: Staff, by: Staff) -> None:
    """This person does not work here any more: every session of theirs ends at once, and what they wrote stays. Raises
    RuleBroken when no administrator would be left.

    Source: 45 CFR 164.308(a)(3)(ii)(C), ending of access.
    """
    if not _other_administrators(staff) and Role.ADMINISTRATOR in staff.roles:
        raise RuleBroken(_("Nobody else is an administrator. Make somebody one first."))
    Staff.objects.filter(pk=staff.pk, ended_at=None).update(ended_at=timezone.now())
    Account.objects.filter(pk=staff.account_id).update(is_active=False)
    end_sessions(account=staff.account, by=by)
    log.info("staff ended", staff_id=str(staff.pk), by=str(by.pk))
    _tell_of(staff)


def hear_of_staff(listener: Callable[[Staff], object]) -> None:
    """Registers who is told of each member of staff who leaves or whose roles change, within the transaction that does
    it."""
    _listeners.append(listener)


def _tell_of(staff: Staff) -> None:
    for listener in _listeners:
        listener(staff)
