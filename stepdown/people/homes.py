"""Where staff live."""

from stepdown.people import permissions
from stepdown.people.models import HomeAddress, Staff


def home_address_of(staff: Staff, reader: Staff) -> HomeAddress | None:
    """Where somebody lives, for who may read it; None when it is not written down. One query."""
    if not permissions.read_contact(reader, staff):
        return None
    return HomeAddress.objects.filter(staff=staff).first()
