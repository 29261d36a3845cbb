"""What patients and the public read is there in Spanish, and the compiled catalogues are those of the sources.

After changing a .po file: `python -m tests.consistency.test_translations` compiles all of them.
"""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

from tests.consistency.files import ROOT, files, name, templates

SOURCES = files(".po")
LAYOUTS = re.compile(
    r'\{% extends "(layouts/(?:public|patient|door|plain|room)|live/(?:door_base|room)|measures/base|base)\.html" %\}'
)
CALL = re.compile(
    r"""\bn?gettext\((?P<said>u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"))|\b_\((?P<short>"(?:\\.|[^"\\])*")\)""", re.S
)
TEXT = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
COUNTED = re.compile(rf"\bngettext\(({TEXT}),\s*({TEXT})", re.S)
INCLUDE = re.compile(r'\{% include "([^"]+)"')
# Staff sign in on plain pages, in English; the gallery is for those who build.
STAFF = re.compile(r"/account/|/mfa/|/gallery|people/locked_out|/_away|room_staff")
CODE_FOR_PATIENTS = (
    "stepdown/admissions/public/*.py",
    "stepdown/attendance/my_cannot_come.py",
    "stepdown/chart/forms_my_homework.py",
    "stepdown/chart/forms_my_plan.py",
    "stepdown/chart/forms_my_return.py",
    "stepdown/chart/forms_safety.py",
    "stepdown/chart/services_homework.py",
    "stepdown/chart/services_safety.py",
    "stepdown/chart/views/my_plan.py",
    "stepdown/chart/views/my_safety.py",
    "stepdown/chart/views/my_topics.py",
    "stepdown/chart/wording.py",
    "stepdown/chart/wording_safety.py",
    "stepdown/desk/drawings.py",
    "stepdown/desk/queries/home.py",
    "stepdown/desk/sources.py",
    "stepdown/live/board.py",
    "stepdown/live/door.py",
    "stepdown/live/forms.py",
    "stepdown/live/permissions.py",
    "stepdown/live/server/store.py",
    "stepdown/live/services_inside.py",
    "stepdown/live/services_sides.py",
    "stepdown/live/services_visits.py",
    "stepdown/live/words.py",
    "stepdown/live/words_devices.py",
    "stepdown/measures/forms_patients.py",
    "stepdown/measures/permissions.py",
    "stepdown/measures/services.py",
    "stepdown/measures/templatetags/measures.py",
    "stepdown/measures/views/patients.py",
    "stepdown/measures/words.py",
    "stepdown/outreach/entry.py",
    "stepdown/outreach/forms.py",
    "stepdown/outreach/supporters/*.py",
    "stepdown/outreach/concerns/*.py",
    "stepdown/outreach/forms_contact.py",
    "stepdown/outreach/my_contact.py",
    "stepdown/outreach/views/devices.py",
    "stepdown/outreach/views/my_contact.py",
    "stepdown/people/sessions.py",
    "stepdown/placement/views/answer.py",
    "stepdown/placement/words.py",
    "stepdown/privacy/*.py",
    "stepdown/timetable/calendars.py",
    "stepdown/timetable/views/calendars.py",
    "stepdown/ui/**/[!g]*.py",
)
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
PAGES = {name(path).split("/templates/")[1]: path for path in templates() if path.suffix == ".html"}


def for_everyone():
    """Templates that a patient or the public may see: pages in their layouts, what these include, and ui."""
    found = [path for path in PAGES.values() if LAYOUTS.search(path.read_text()) or "stepdown/ui/" in name(path)]
    for path in found:  # grows while it is walked
        found += [
            PAGES[part] for part in INCLUDE.findall(path.read_text()) if part in PAGES and PAGES[part] not in found
        ]
    return sorted(path for path in found if not STAFF.search(name(path)))


def spoken(path):
    """The sentences that a template hands to gettext."""
    return {ast.literal_eval(call["said"] or call["short"]) for call in CALL.finditer(templatize(path.read_text()))}


def counted(path):
    """(one, many): the sentences of a template that go by a number."""
    return {tuple(map(ast.literal_eval, found)) for found in COUNTED.findall(templatize(path.read_text()))}


def said_in_code(path):
    """The sentences that Python code hands to gettext."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call) and node.args]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in GETTEXT]
    return {call.args[0].value for call in named if isinstance(call.args[0], ast.Constant)}


def counted_in_code(path):
    """(one, many): the sentences of Python code that go by a number."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    plural = [
        call for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"ngettext", "ngettext_lazy"}
    ]
    return {tuple(given.value for given in call.args[:2]) for call in plural}


def counted_in_spanish():
    entries = [entry for source in SOURCES for entry in polib.pofile(str(source)) if "/es/" in name(source)]
    return {(entry.msgid, entry.msgid_plural) for entry in entries if all(entry.msgstr_plural.values())}


def in_spanish():
    return {entry.msgid for source in SOURCES for entry in polib.pofile(str(source)) if "/es/" in name(source)}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_catalogue_leaves_nothing_out(path):
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()] == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_translation_keeps_what_is_filled_in(path):
    blanks = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    for entry in polib.pofile(str(path)):
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            if said:
                allowed = set(blanks.findall(entry.msgid)) | set(blanks.findall(entry.msgid_plural))
                assert set(blanks.findall(said)) <= allowed, entry.msgid


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_compiled_catalogue_is_that_of_its_source(path):
    compiled = {(e.msgid, e.msgstr, tuple(e.msgstr_plural.items())) for e in polib.mofile(str(path.with_suffix(".mo")))}
    source = {(e.msgid, e.msgstr, tuple(e.msgstr_plural.items())) for e in polib.pofile(str(path))}
    assert compiled == source, "python -m tests.consistency.test_translations compiles it"


@pytest.mark.parametrize("path", for_everyone(), ids=name)
def test_what_patients_read_is_there_in_spanish(path):
    assert sorted(spoken(path) - in_spanish()) == []


def test_what_goes_by_a_number_has_its_forms_in_spanish():
    templates_say = set().union(*(counted(path) for path in for_everyone()))
    code_says = set().union(*(counted_in_code(path) for pattern in CODE_FOR_PATIENTS for path in ROOT.glob(pattern)))
    assert templates_say
    assert code_says
    assert sorted((templates_say | code_says) - counted_in_spanish()) == []


def test_what_code_says_to_patients_is_there_in_spanish():
    said = {pattern: [said_in_code(path) for path in ROOT.glob(pattern)] for pattern in CODE_FOR_PATIENTS}
    assert [pattern for pattern, found in said.items() if not found] == [], "no such code"
    assert sorted(set().union(*(sentences for found in said.values() for sentences in found)) - in_spanish()) == []


def compile_all() -> None:
    for path in files(".po"):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
        print(Path(path).relative_to(ROOT).with_suffix(".mo"))


if __name__ == "__main__":
    compile_all()
