"""How records from others are said."""

from django.utils.translation import gettext_lazy as _

from stepdown.privacy.domain.labels import Came, Source

SOURCES = {
    Source.HOSPITAL: _("Hospital"),
    Source.PHP: _("Partial hospitalization program"),
    Source.COURT: _("Court or probation"),
    Source.CLINICIAN: _("Referring clinician"),
    Source.OTHER: _("Somebody else"),
}
CAME = {
    Came.SHORT: "Yes, the short one",
    Came.WHOLE: "Yes, the long one",
    Came.OTHER: "Yes, in other words",
    Came.NONE: "No",
    Came.UNKNOWN: "Cannot tell",
}
CAME_HINTS = {
    Came.SHORT: "“42 CFR part 2 prohibits unauthorized use or disclosure of these records.”",
    Came.WHOLE: "“This record which has been disclosed to you is protected by Federal confidentiality rules …”",
    Came.OTHER: "Copy them below, word for word.",
    Came.UNKNOWN: "Then it is treated as if it did.",
}
