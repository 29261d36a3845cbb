"""Every address of the product.

Each app names its pages in its own urls.py, with whole paths: `me/…` for patients, `staff/…` for staff.
Public and patient pages exist in every language (`/es/…`); staff pages answer at their plain address only, which
`stepdown.people.middleware` sees to.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from stepdown.people.access import public
from stepdown.ui.views import show_gallery

STAGES = [
    "desk",
    "transitions",
    "chart",
    "measures",
    "attendance",
    "live",
    "timetable",
    "placement",
    "admissions",
    "admissions.public",
    "outreach",
    "outreach.concerns",
    "outreach.supporters",
    "privacy",
    "privacy.audits",
    "people",
]

urlpatterns = [
    path("staff/", include("stepdown.people.sign_in_urls")),
    path("gallery/", public(show_gallery), name="gallery"),
    *i18n_patterns(
        *(path("", include(f"stepdown.{stage}.urls")) for stage in STAGES),
        prefix_default_language=False,
    ),
]
