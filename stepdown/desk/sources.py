"""What there is to give out of each class of data, from the stages that keep it: signed and confirmed things only, in
the language that is active, never another patient's name. Source: RULE PRIV-05, PRIV-40; privacy facts, section 4."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stepdown.admissions.models import Episode
from stepdown.attendance.models import Attendance
from stepdown.chart import queries_plan as plans
from stepdown.chart import wording, wording_safety
from stepdown.chart.domain.contacts import KINDS
from stepdown.chart.domain.safety_plan import Contact
from stepdown.chart.models import Addendum, ContactAddendum, ContactNote, DrugTest, NotePart
from stepdown.chart.queries_contacts import text_of
from stepdown.chart.queries_drug_tests import tests_of
from stepdown.chart.queries_safety import safety_plan_of
from stepdown.measures import queries as measures
from stepdown.measures.domain.words import Told
from stepdown.people.models import Patient
from stepdown.privacy.domain.sharing import Data
from stepdown.privacy.sources import Item
from stepdown.ui.fields import phone_said
from stepdown.ui.when import day


def _said(on: date) -> str:
    return day(on, date.min, get_language() or "en")


def _day_of(at: datetime, patient: Patient) -> date:
    """The day where the patient is."""
    return at.astimezone(ZoneInfo(patient.time_zone)).date()


def program(patient: Patient) -> list[Item]:
    return [
        _episode(each, patient) for each in Episode.objects.filter(patient=patient).order_by("pk") if each.admitted_on
    ]


def _episode(episode: Episode, patient: Patient) -> Item:
    lines = [_("Began on %(day)s.") % {"day": _said(episode.admitted_on)}] if episode.admitted_on else []
    return Item(str(episode.pk), _("Program"), (*lines, *_ended(episode, patient)), episode.admitted_on)


def _ended(episode: Episode, patient: Patient) -> list[str]:
    if not episode.ended_at:
        return []
    ended = {"day": _said(_day_of(episode.ended_at, patient)), "how": episode.get_status_display()}
    return [_("Ended on %(day)s: %(how)s.") % ended]


def attendance(patient: Patient) -> list[Item]:
    held = Attendance.objects.filter(patient=patient, confirmed_at__isnull=False, session__cancelled_at=None)
    return attended(held)


def attended(rows: QuerySet[Attendance]) -> list[Item]:
    """Each with its minutes, the latest first."""
    return [
        Item(
            str(row.pk),
            _said(row.session.service_date),
            (_attended(row),),
            row.session.service_date,
        )
        for row in rows.select_related("session").order_by("-session__starts_at")
    ]


def _attended(row: Attendance) -> str:
    minutes = row.confirmed_minutes or 0
    said = {"how": row.get_status_display(), "minutes": minutes}
    return (_("%(how)s, %(minutes)s minutes") if minutes else "%(how)s") % said


def diagnoses(patient: Patient) -> list[Item]:
    return [
        Item(
            str(row.pk),
            row.code,
            (plans.code_of(row).plainly, _("Since %(day)s.") % {"day": _said(row.from_on)}),
            row.from_on,
        )
        for row in plans.open_diagnoses(patient)
    ]


def plan(patient: Patient) -> list[Item]:
    """The one in force; after the program the one that was in force last, without when and how the program ended, which
    is a class of its own. Source: RULE PRIV-05."""
    version = plans.last_plan_of(patient)
    if version is None or version.signed_at is None:
        return []
    lines = [line.lstrip("#- ") for line in wording.plan_text(version, get_language() or "en").splitlines()[1:]]
    if version.episode.ended_at:
        lines = [_("This plan is no longer in force."), *lines]
    return [Item(str(version.pk), _version(version.number), tuple(lines), _day_of(version.signed_at, patient))]


def _version(number: int) -> str:
    return _("Version %(number)s") % {"number": number}


def notes(patient: Patient) -> list[Item]:
    """Signed notes that hold, co-signed where that is needed, with what was added since: of groups their own part
    alone. No counseling notes."""
    return sorted([*_parts(patient), *_contacts(patient)], key=lambda item: item.on or date.min, reverse=True)


def _parts(patient: Patient) -> Iterable[Item]:
    own = NotePart.objects.holding().filter(patient=patient, note__signed_at__isnull=False)
    for row in _final(own).select_related("note__session").prefetch_related("note__addenda"):
        words = f"{_('Absent.')} {row.absent_reason}" if row.absent else row.words
        on = row.note.session.service_date
        title = _("Group session, %(day)s") % {"day": _said(on)}
        since = [each for each in row.note.addenda.all() if each.patient_id == patient.pk]
        since = [each for each in since if row.signed_at is None or each.at > row.signed_at]
        lines = (words, _signed(row.signature.signed_as), *_added(since, patient))
        yield Item(str(row.pk), title, lines, on)


def _signed(name: str) -> str:
    return _("Signed: %(name)s") % {"name": name}


def _added(addenda: Iterable[Addendum | ContactAddendum], patient: Patient) -> list[str]:
    """Each with its day and its author, the first first."""
    return [
        _("Added on %(day)s by %(name)s: %(words)s")
        % {"day": _said(_day_of(each.at, patient)), "name": each.signed_as, "words": each.words}
        for each in addenda
    ]


def _contacts(patient: Patient) -> Iterable[Item]:
    own = ContactNote.objects.holding().filter(patient=patient, signed_at__isnull=False)
    for row in _final(own).select_related("template").prefetch_related("addenda"):
        title = f"{KINDS[row.kind]}, {_said(row.on)}"
        lines = (*text_of(row).splitlines(), _signed(row.signed_as), *_added(row.addenda.all(), patient))
        yield Item(str(row.pk), title, lines, row.on)


def _final(rows: Any) -> Any:
    return rows.exclude(cosign_due_at__isnull=False, cosignature=None)


def scores(patient: Patient) -> list[Item]:
    return [
        Item(
            str(one.administration.pk),
            one.definition.name,
            tuple(_score(told) for told in one.scores),
            _day_of(one.administration.finished_at, patient),
        )
        for one in measures.scored(measures.own(patient).exclude(finished_at=None).order_by("-finished_at"))
        if one.administration.finished_at
    ]


def _score(told: Told) -> str:
    if told.value is None:
        said = {"label": told.label, "missing": told.missing}
        return _("%(label)s: cannot be scored, %(missing)s answers are missing") % said
    value = _("%(value)s of %(most)s") % {"value": told.value, "most": told.most} if told.most else told.value
    return f"{told.label}: {value}{f', {told.band}' if told.band else ''}"


def tests(patient: Patient) -> list[Item]:
    return tested(tests_of(patient), patient)


def tested(tests: Iterable[DrugTest], patient: Patient) -> list[Item]:
    """Those that were collected and have a result."""
    found = []
    for test in tests:
        said = [f"{result.get_stage_display()}: {result.get_result_display()}" for result in test.results.all()]
        if test.collected_at and said:
            on = _day_of(test.collected_at, patient)
            found.append(Item(str(test.pk), f"{test.get_way_display()}, {_said(on)}", tuple(said), on))
    return found


def safety_plan(patient: Patient) -> list[Item]:
    found = safety_plan_of(patient)
    if found is None:
        return []
    lines = [
        f"{wording_safety.TITLES[part]}: {'; '.join(_line(each) for each in lines)}"
        for part, lines in found.document.parts()
        if lines
    ]
    return [Item(str(found.pk), _version(found.number), tuple(lines), _day_of(found.at, patient))]


def _line(each: Any) -> str:
    return f"{each.name}, {phone_said(each.phone)}".rstrip(", ") if isinstance(each, Contact) else str(each)


SOURCES = {
    Data.PROGRAM: program,
    Data.ATTENDANCE: attendance,
    Data.DIAGNOSES: diagnoses,
    Data.PLAN: plan,
    Data.NOTES: notes,
    Data.SCORES: scores,
    Data.TESTS: tests,
    Data.SAFETY_PLAN: safety_plan,
}
