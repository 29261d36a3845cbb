"""Which roles have which of the joined screens."""

from stepdown.people.models import Role

LEADS = (Role.COUNSELOR, Role.DIRECTOR)
SEES_PATIENTS = (Role.COUNSELOR, Role.DIRECTOR, Role.ADMISSIONS)
SEES_HELD_DAYS = (Role.BILLER, Role.DIRECTOR)
LOOKS_AHEAD = (Role.ADMISSIONS, Role.DIRECTOR)
# Where each role arrives after signing in; the first that fits.
ARRIVES_AT = (
    (LEADS, "desk:day"),
    ((Role.ADMISSIONS,), "admissions:board"),
    ((Role.BILLER,), "desk:held_days"),
    ((Role.PRIVACY,), "privacy:looks"),
    ((Role.ADMINISTRATOR,), "people:people"),
    ((Role.AUDITOR,), "audits:mine"),
)
