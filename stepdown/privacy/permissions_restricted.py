"""Who restricts records, and who opens one in an emergency."""

from stepdown.people.models import Role

KEEPS_RESTRICTIONS = (Role.PRIVACY, Role.DIRECTOR)
# Who treats people, or is called first by them. Billing and administration have no emergency that a record would help.
OPENS_IN_EMERGENCY = (Role.COUNSELOR, Role.DIRECTOR, Role.ADMISSIONS)
