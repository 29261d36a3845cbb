from stepdown.privacy.models.asked import AskedAbout
from stepdown.privacy.models.audits import Audit, AuditedPatient
from stepdown.privacy.models.breaches import Affected, SuspectedBreach
from stepdown.privacy.models.consents import Consent, ConsentType
from stepdown.privacy.models.disclosures import Basis, Disclosure, Packet, RefusedDisclosure
from stepdown.privacy.models.emergencies import Emergency
from stepdown.privacy.models.looks import Act, Look, LookCheck, Purpose
from stepdown.privacy.models.minors import MinorRule, Parent, ParentSignature
from stepdown.privacy.models.notices import Notice, NoticeDelivery
from stepdown.privacy.models.received import Part2Decision, ReceivedRecord
from stepdown.privacy.models.restricted import EmergencyAccess, EmergencyTry, NamedFor, Restriction
from stepdown.privacy.models.retention import (
    Destruction,
    DestructionCertificate,
    DueRecord,
    LegalHold,
    RetentionPolicy,
)
from stepdown.privacy.models.rights import RightsRequest
from stepdown.privacy.models.self_pay import SelfPayRestriction
from stepdown.privacy.models.sharing import ConsentEvent, ConsentRefusal, PrivacyTask, Recipient, SharingConsent
from stepdown.privacy.models.vendors import AgreementWarning, ServiceAgreement

__all__ = [
    "Act",
    "Affected",
    "AgreementWarning",
    "AskedAbout",
    "Audit",
    "AuditedPatient",
    "Basis",
    "Consent",
    "ConsentEvent",
    "ConsentRefusal",
    "ConsentType",
    "Destruction",
    "DestructionCertificate",
    "Disclosure",
    "DueRecord",
    "Emergency",
    "EmergencyAccess",
    "EmergencyTry",
    "LegalHold",
    "Look",
    "LookCheck",
    "MinorRule",
    "NamedFor",
    "Notice",
    "NoticeDelivery",
    "Packet",
    "Parent",
    "ParentSignature",
    "Part2Decision",
    "PrivacyTask",
    "Purpose",
    "ReceivedRecord",
    "Recipient",
    "RefusedDisclosure",
    "Restriction",
    "RetentionPolicy",
    "RightsRequest",
    "SelfPayRestriction",
    "ServiceAgreement",
    "SharingConsent",
    "SuspectedBreach",
]
