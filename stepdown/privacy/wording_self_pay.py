"""Days that a patient pays for themself, in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from stepdown.ui.when import day


def days_said(first: date, last: date | None, language: str, today: date = date.min) -> str:
    """ "November 3 to November 7", with the year where it is not that of `today`; last: None, or the end of all days,
    without an end."""
    with override(language):
        if last is None or last == date.max:
            return _("from %(first)s on") % {"first": day(first, today, language)}
        said = {"first": day(first, today, language), "last": day(last, today, language)}
        return said["first"] if first == last else _("%(first)s to %(last)s") % said
