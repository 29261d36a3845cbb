"""What people and privacy keep of a person, by class of records."""

from stepdown.privacy import queries_retention, strangers
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.retention import keep, provide, provide_blocks


def register() -> None:
    provide_blocks(queries_retention.blocks)
    provide(
        RecordClass.PERSON,
        "people",
        {
            "Patient": "",
            "PersonalLink": "patient",
            "Device": "patient",
            "EntryCode": ("patient", "supporter__patient"),
            "Supporter": "patient",
            "SupporterBrowser": "supporter__patient",
        },
    )
    # That records are due or held is no entry in them.
    own = {"DueRecord": "patient", "LegalHold": "patient"}
    provide(RecordClass.PERSON, "privacy", own, dict.fromkeys(own, ()))
    provide(RecordClass.CLINICAL, "privacy", {"ReceivedRecord": "patient", "Part2Decision": "patient"})
    provide(
        RecordClass.ACCOUNTING,
        "privacy",
        {
            "Packet": "patient",
            "Disclosure": "patient",
            "RefusedDisclosure": "patient",
            "Emergency": "patient",
            "AskedAbout": "patient",
        },
        {"Packet": ("prepared_at", "sent_at", "cancelled_at"), "Emergency": ("opened_at", "closed_at")},
    )
    provide(
        RecordClass.HIPAA_DOC,
        "privacy",
        {
            "Consent": "patient",
            "Parent": "patient",
            "ParentSignature": "parent__patient",
            "Recipient": "patient",
            "SharingConsent": "patient",
            "ConsentEvent": "consent__patient",
            "ConsentRefusal": "patient",
            "PrivacyTask": "patient",
            "NoticeDelivery": "patient",
            "RightsRequest": "patient",
            "SelfPayRestriction": "patient",
            "Restriction": "patient",
            "NamedFor": "restriction__patient",
            "EmergencyAccess": "patient",
            "Affected": "patient",
            "AuditedPatient": "patient",
        },
        {
            "Consent": ("signed_at", "revoked_at"),
            "SharingConsent": ("prepared_at", "signed_at", "expires_on"),  # the last day on which it is in effect
            "PrivacyTask": ("opened_at", "done_at"),
            "RightsRequest": ("asked_at", "answered_at"),
            "SelfPayRestriction": ("asked_at", "paid_at", "ended_at"),
            "Restriction": ("set_at", "lifted_at"),
            "EmergencyAccess": ("opened_at", "judged_at"),
        },
    )
    provide(RecordClass.QUESTIONS, "privacy", {"AskedAbout": ""}, {"AskedAbout": ("at", "done_at")})
    strangers.provide(
        RecordClass.QUESTIONS,
        "privacy.AskedAbout",
        at="at",
        waits={"for_officer": True, "done_at": None},
        names=("about", "asker"),
    )
    keep("privacy", "Look", "each is sealed to the one before; its ids lead to nobody once the record is destroyed")
