"""The words a center's first notice begins from, and what is filled into a notice."""

from collections.abc import Mapping
from datetime import date

from stepdown.people.queries import the_center
from stepdown.privacy import part2, texts
from stepdown.ui.fields import phone_said
from stepdown.ui.when import day

HEADING = "[heading]"


def first_words(language: str) -> str:
    """What ships with the product, its places in brackets: the heading of 42 CFR 2.22 word for word in English."""
    written = (texts.FOLDER / f"notice.{language}.txt").read_text(encoding="utf-8").strip()
    title, *rest = part2.notice_heading().splitlines()
    listed = "\n".join(f"- {line[2:]}" if line.startswith("• ") else line for line in rest)
    return written.replace(HEADING, f"# {title}\n{listed}")


def facts(language: str, *, contact: str, phone: str, email: str, effective_on: date) -> Mapping[str, str]:
    """What stands for each place of a notice, as its readers say it. phone: as +1XXXXXXXXXX."""
    return {
        "[center]": the_center().name,
        "[contact]": contact,
        "[phone]": phone_said(phone),
        "[e-mail]": email,
        "[day]": day(effective_on, date.min, language),
    }
