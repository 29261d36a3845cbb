"""What a run of the product told outside its pages, searched for the names of patients: logs, among them every text
message and e-mail of the demo, the arguments of jobs, the addresses that browsers asked for, and calendars.

Source: RULE PRIV-03 (nothing outside the product tells of treatment); DEVELOPERS.md, "Conventions".
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from django.db import connection
from django.utils import timezone

from stepdown.people.models import Patient
from stepdown.timetable import calendars
from stepdown.timetable.models import CalendarLink

SHORTEST = 5  # letters; shorter names are parts of other words
JOBS = "SELECT task_name, args::text FROM procrastinate_jobs"
ROWS = "SELECT 'message', concat_ws(' ', page, failure, receipt) FROM outreach_message"


def names_told(logs: Iterable[Path], addresses: Iterable[str]) -> list[str]:
    """ "where: name" for each name of a patient in the database that stands somewhere outside the pages."""
    names = {
        name for patient in Patient.objects.all() for name in (patient.last_name, patient.chosen_name, patient.email)
    }
    words = sorted(re.escape(name) for name in names if len(name) >= SHORTEST)
    if not words:
        return []
    named = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
    told = [*_files(logs), *_rows(JOBS), *_rows(ROWS), *_calendars(), *(("address", unquote(one)) for one in addresses)]
    return sorted({f"{where}: {name}" for where, text in told for name in named.findall(text)})


def _files(logs: Iterable[Path]) -> Iterator[tuple[str, str]]:
    return ((log.name, log.read_text(errors="replace")) for log in logs if log.is_file())


def _rows(sql: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [(where, text or "") for where, text in cursor.fetchall()]


def _calendars() -> Iterator[tuple[str, str]]:
    for link in CalendarLink.objects.all():
        yield "calendar", calendars.calendar_of(link, timezone.now()).decode()
