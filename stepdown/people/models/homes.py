"""Where staff live, asked for one purpose and kept apart from who they are, so that nothing else reads it along."""

from django.db import models
from django.db.models import Q

from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import SealedText
from stepdown.people.models.people import Staff


class HomeAddress(Row):
    """Street and ZIP code of somebody who works here, no more than it takes to notice that they opened the record of
    a person of their own household. Without a history: what is corrected or taken out is gone."""

    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="home")
    address_line = SealedText("people.homeaddress.address_line", max_length=120)
    postal_code = SealedText("people.homeaddress.postal_code", max_length=10)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(address_line="") & ~Q(postal_code=""), name="home_address_is_street_and_zip"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address_line}, {self.postal_code}"
