"""The smallest true supervision: somebody whose notes need a co-signature, and who gives it."""

from datetime import timedelta

from django.utils import timezone

from stepdown.people.models import License, Staff, Supervision
from stepdown.people.tests.factories import LicenseFactory, StaffFactory


def supervised(by: Staff | None = None, **fields: object) -> Staff:
    """An associate since a month ago; their supervisor (`by`, or somebody made for it) is licensed where they are."""
    author = StaffFactory(letters="LPC Associate", **fields)
    supervisor = by or StaffFactory(letters="LPC-S")
    LicenseFactory(staff=author, kind="LPC Associate")
    if not License.objects.filter(staff=supervisor).exists():
        LicenseFactory(staff=supervisor, kind="LPC")
    since = timezone.localdate() - timedelta(days=30)
    Supervision.objects.create(staff=author, supervisor=supervisor, from_on=since, changed_by=supervisor)
    return author
