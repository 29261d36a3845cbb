"""What kinds of programs a center sets up, and the numbers each begins with; the director may change every one."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Level


class Kind(models.TextChoices):
    """What is set up anew."""

    IOP = "iop", _("A new Intensive Outpatient Program")
    AFTERCARE = "aftercare", _("A new Aftercare program")


# Source: program manual, "The shape of the program" and "Aftercare": three hours on three days for three months, then
# an hour and a half a week for as long as it helps.
BEGIN_WITH: dict[str, dict[str, Any]] = {
    Kind.IOP: {"level": Level.IOP, "meeting_minutes": 180, "meetings_a_week": 3, "weeks": 13, "review_days": 30},
    Kind.AFTERCARE: {
        "level": Level.OUTPATIENT,
        "is_aftercare": True,
        "meeting_minutes": 90,
        "meetings_a_week": 1,
        "review_days": 90,
        "breaks": [],
    },
}
