"""What patients read around an instrument. The questions themselves stay in the language of their official text."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.instruments import Definition

TITLES: dict[str, str | Promise] = {
    "audit": _("Alcohol in the past year"),
    "audit-c": _("Alcohol, three short questions"),
    "bam": _("The last 30 days"),
    "bam-iop": _("The last seven days"),
    "bam-r": _("The last 30 days, in numbers"),
    "barc-10": _("What helps you now"),
    "craving-nrs": _("Urges, now and this week"),
    "dast-10": _("Drugs in the past year"),
    "gad-7": _("Worry in the last two weeks"),
    "iop-self-screen": _("Is this program right for me?"),
    "pacs": _("Thoughts about drinking this week"),
    "pc-ptsd-5": _("Hard things that happened"),
    "pcl-5": _("Stress from hard things, the last month"),
    "phq-9": _("Your mood in the last two weeks"),
    "sip-2r": _("What drinking or using led to"),
    "sows": _("How your body feels now"),
    "taps-1": _("Tobacco, alcohol and medicines"),
    "ucla-3": _("Being with others"),
    "who-5": _("How well you have been"),
}
"""What the questions are about, in the words a patient reads; those that a clinician asks have none."""

SCORE_NAMES: dict[str, str | Promise] = {
    "use": _("Drinking and using"),
    "risk": _("What makes it harder"),
    "protective": _("What helps"),
    "now": _("Urge now"),
    "week": _("Strongest urge this week"),
    "consumption": _("How much and how often"),
    "dependence": _("Signs of needing it"),
    "problems": _("What it led to"),
    "percent": _("Well-being"),
    "total": _("In all"),
}
"""What a patient reads for a score. One without a name is for the care team, and is not shown to them."""

BANDS: dict[str, str | Promise] = {
    "minimal": _("hardly any"),
    "none-minimal": _("hardly any"),
    "mild": _("mild"),
    "moderate": _("moderate"),
    "moderately severe": _("moderately strong"),
    "severe": _("strong"),
    "low": _("low"),
    "high": _("high"),
}
"""Bands in plain words; one that is not here is for the care team."""

SUICIDE = frozenset({"phq9_item9_positive"})
OVERDOSE = frozenset({"bam_opioid_use"})
"""Flags of questions patients answer alone, by what helps at once."""


def titled(definition: Definition) -> str:
    """What the questions are about, to a patient; the instrument's own name where we have no words for it."""
    return str(TITLES.get(definition.id, definition.name))


def help_for(flag: str) -> str:
    """suicide, overdose or other: which help comes first."""
    return "suicide" if flag in SUICIDE else "overdose" if flag in OVERDOSE else "other"
