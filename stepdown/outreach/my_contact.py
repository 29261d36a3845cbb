"""A patient changes how they are reached. Whoever gets the codes gets in: so the change asks for a code at the number
until now, which someone who only holds the device does not see, and of a new number for one sent there, which also
shows that it is written right. Source: NIST SP 800-63B, binding of authenticators; 45 CFR 164.312(d).
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.outreach import services
from stepdown.outreach.entry import new_code, open_code
from stepdown.outreach.models import Message
from stepdown.people import codes
from stepdown.people import services as people
from stepdown.people.models import EntryCode, Patient

Opens = EntryCode.Opens


@transaction.atomic
def ask(*, patient: Patient, number: str) -> str:
    """Sends a code to the number until now, and to `number` when that is another one; the codes before stop working.
    Returns "", or the sentence why none is sent: there are as many an hour as for a new device."""
    held = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    sends = [(Opens.CONTACT, "")] + ([(Opens.NUMBER, number)] if number != held.phone else [])
    for opens, phone in sends:
        code = new_code(held, opens)
        if code is None:
            return _("You have asked for many codes. Wait an hour, or call us.")
        services.send(patient=held, kind=Message.Kind.ENTRY_CODE, entry_code=code, phone=phone)
    return ""


@transaction.atomic
def change(*, patient: Patient, facts: dict[str, str], typed: dict[str, str]) -> dict[str, str]:
    """Takes the contact data over when the codes are right, and tells the number until now when there is another one.

    facts: fields of Patient. typed: the digits, as "code" from the number until now and "number_code" from the new one.
    Returns the sentence beside each code that is not right, then nothing is changed; each uses up one of its tries.
    """
    held = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    before, number = held.phone, facts["phone"]
    asked = {"code": (Opens.CONTACT, "")} | ({"number_code": (Opens.NUMBER, number)} if number != before else {})
    wrong, right = {}, []
    for field, (opens, sent_to) in asked.items():
        code = open_code(held, opens)
        if code is None:
            wrong[field] = _("This code does not work any more. Ask for a new one.")
        elif codes.matches(code, typed.get(field, ""), sent_to):
            right.append(code.pk)
        else:
            wrong[field] = _("This is not the code we sent. Check it, or ask for a new one.")
            EntryCode.objects.filter(pk=code.pk).update(tries=code.tries + 1)
    if wrong:
        return wrong
    EntryCode.objects.filter(pk__in=right).update(used_at=timezone.now())
    people.change_contact(patient=held, facts=facts)
    if number != before:
        services.send(patient=held, kind=Message.Kind.CONTACT_CHANGED, phone=before)
    return {}
