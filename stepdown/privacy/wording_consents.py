"""The words of a consent to share, put together from what was chosen: read before it is signed, and kept as signed.

Laid out as the other agreements are (`texts.laid_out`). The two phrases for treatment, payment and health care
operations are those of 42 CFR 2.31(a)(4)(i) and (a)(5), word for word in English.
"""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from stepdown.privacy import wording_minors
from stepdown.privacy.domain.minors import Signs
from stepdown.privacy.domain.sharing import END_OF_TREATMENT, FINAL_DISPOSITION, Data, Kind, Purpose
from stepdown.privacy.models import SharingConsent
from stepdown.privacy.wording_sharing import DATA, EVENTS, PURPOSES, REVOCABLE, TO_PATIENT
from stepdown.ui.when import day


def tpo_recipients() -> str:
    return _("my treating providers, health plans, third-party payers, and people helping to operate this program")


def tpo_purpose() -> str:
    return _("for treatment, payment, and health care operations")


def revocation_text(kind: Kind, revocable: str) -> str:
    """Element 6: that it can be taken back, and that what was done before stands."""
    if kind == Kind.JUSTICE:
        return _(
            "You cannot take this back before this moment, because your case depends on it: %(moment)s. After it you "
            "can. What was shared before then stays shared."
        ) % {"moment": revocable}
    return _("You can take this back at any time. What was shared before then, because of this consent, stays shared.")


def revocation_method() -> str:
    return _(
        "Tap Stop on your page, or write to us. If you tell us by phone we stop at once, and then put it in writing."
    )


def redisclosure_statement() -> str:
    """Element 10, first part, and element 4 for a covered entity or business associate."""
    return _(
        "Whoever gets these records may pass them on as the federal health privacy law (HIPAA) allows. Then 42 CFR "
        "part 2 may no longer protect them. They may still not be used against you in a court or by an authority "
        "without your consent or a court order."
    )


def refusal_consequences() -> str:
    """Element 10, second part."""
    return _(
        "You can refuse to sign. We treat you all the same. But your health plan then hears nothing from us and does "
        "not pay, and we talk with you about how to pay yourself."
    )


def until(consent: SharingConsent) -> str:
    if consent.expires_on:
        return _("Through %(day)s. From the next day on nothing more is shared.") % {"day": _day(consent.expires_on)}
    return f"{EVENTS.get(consent.expires_event, consent.expires_event)}."


def revocable_said(on: date | None, event: str) -> str:
    return _day(on) if on else str(REVOCABLE.get(event, event))


def _day(on: date) -> str:
    return day(on, date.min, get_language() or "en")


def title(consent: SharingConsent) -> str:
    if consent.recipient:
        return _("Sharing with %(name)s") % {"name": consent.recipient.name}
    return _("Sharing with your doctors and your health plan")


def consent_text(consent: SharingConsent, signs: Signs = Signs.PATIENT) -> str:
    """The whole text in the consent's own language, without the signature. The same consent gives the same words, and
    who is under 18 reads besides who signs it."""
    with override(consent.language):
        lines, who = [f"# {title(consent)}"], wording_minors.who_signs(signs)
        for heading, items in [*_parts(consent), *([(_("Who signs"), [who])] if who else [])]:
            lines.append(f"## {heading}")
            lines += [f"- {item}" for item in items] if len(items) > 1 else list(items)
        return "\n".join(lines)


def _parts(consent: SharingConsent) -> list[tuple[str, list[str]]]:
    parts = [
        (_("Whose information"), [consent.patient_name]),
        (_("Who shares it"), [consent.disclosing_parties]),
        (_("Who gets it"), _whom(consent)),
        (_("What we may share"), [str(TO_PATIENT[Data(each)]) for each in consent.information_scope]),
        (_("What for"), _purposes(consent)),
        (_("Until when"), [until(consent)]),
    ]
    if consent.kind == Kind.JUSTICE:
        case = _("Case %(reference)s. For as long as: %(duration)s") % {
            "reference": consent.case_reference,
            "duration": consent.duration,
        }
        parts.append((_("Your case"), [case, *consent.monitors]))
    parts.append((_("If you change your mind"), [consent.revocation_text, consent.revocation_method]))
    if consent.redisclosure_statement:
        parts.append((_("What they may do with it"), [consent.redisclosure_statement]))
    if consent.fundraising_notice:
        parts.append((_("Asking for donations"), [consent.fundraising_notice]))
    if consent.refusal_consequences:
        parts.append((_("If you do not sign"), [consent.refusal_consequences]))
    elif consent.kind == Kind.COUNSELING_NOTES:
        parts.append(
            (_("If you do not sign"), [_("Nothing changes. Your treatment and your seat do not depend on it.")])
        )
    return parts


def _whom(consent: SharingConsent) -> list[str]:
    if consent.recipient is None:
        return list(consent.recipients)
    one = consent.recipient
    said = ", ".join(part for part in (one.name, one.relation, one.address) if part)
    return [said, *consent.intermediary_participants]


def _purposes(consent: SharingConsent) -> list[str]:
    return [tpo_purpose()] if consent.kind == Kind.TPO else [str(PURPOSES[Purpose(each)]) for each in consent.purposes]


def scope_summary(consent: SharingConsent) -> str:
    """A clear explanation of the consent's scope, for whoever gets the records. In English.
    Source: 42 CFR 2.32(b); RULE PRIV-11."""
    with override("en"):
        signed = day(_signed_on(consent), date.min) if consent.signed_at else ""
        what = ", ".join(str(DATA[Data(each)]).lower() for each in consent.information_scope)
        return (
            f"The patient consented on {signed} to share {what} with {', '.join(consent.recipients)} "
            f"({', '.join(_purposes(consent)).lower()}). {_end_for_recipient(consent)}"
        )


def _signed_on(consent: SharingConsent) -> date:
    """The day where the patient was when they signed."""
    return timezone.localdate(consent.signed_at, ZoneInfo(consent.patient.time_zone))


def _end_for_recipient(consent: SharingConsent) -> str:
    if consent.expires_on:
        return f"It holds through {day(consent.expires_on, date.min)}, unless it is revoked before."
    if consent.expires_event == END_OF_TREATMENT:
        return "It holds until the treatment ends, unless it is revoked before."
    if consent.expires_event == FINAL_DISPOSITION:
        return "It holds until the final disposition of the case."
    return "It holds until it is revoked."
