"""Who is who: the center, its staff and their licenses, its patients and the devices they are known on."""

from stepdown.people.models.homes import HomeAddress
from stepdown.people.models.licenses import License, LicenseDocument, LicenseWarning
from stepdown.people.models.people import (
    AT_THE_CENTER,
    Account,
    AccountManager,
    Center,
    Device,
    EntryCode,
    Patient,
    PersonalLink,
    Role,
    SecondFactorReset,
    Staff,
    StaffQuerySet,
)
from stepdown.people.models.supervision import Supervision
from stepdown.people.models.supporters import Supporter, SupporterBrowser

__all__ = [
    "AT_THE_CENTER",
    "Account",
    "AccountManager",
    "Center",
    "Device",
    "EntryCode",
    "HomeAddress",
    "License",
    "LicenseDocument",
    "LicenseWarning",
    "Patient",
    "PersonalLink",
    "Role",
    "SecondFactorReset",
    "Staff",
    "StaffQuerySet",
    "Supervision",
    "Supporter",
    "SupporterBrowser",
]
