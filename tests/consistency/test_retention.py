"""Every row that tells of a person is in one class of records, and goes with it when it is destroyed.

Source: RULE PRIV-34.
"""

import re
from graphlib import TopologicalSorter

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from stepdown.config.supervisor.roles import DESTRUCTION
from stepdown.people.models import Patient
from stepdown.privacy import retention, strangers
from stepdown.privacy.domain.retention import OF_PATIENTS, STRANGERS, RecordClass
from stepdown.privacy.retention_sql import written

OURS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("stepdown.") and not model._meta.proxy and not hasattr(model, "pgh_id")
]
OF_NOBODY = {
    "chart.NoteTemplate": "parts of a template",
    "live.Round": "ids of patients in their order, which lead to nobody once all is gone",
    "measures.TextPack": "texts of instruments",
    "placement.Program": "breaks of a session",
    "placement.Proposal": "ids of episodes, which lead to nobody once those are gone",
    "privacy.Destruction": "whose id it was, which leads to nobody once all is gone",
    "privacy.DestructionCertificate": "numbers of rows",
    "privacy.Look": "ids of patients, which lead to nobody once all is gone",
    "timetable.GroupChange": "what a group's days were",
}
"""Models that could hold an id or words of a patient in a column that is no key, each with what it holds."""


def leads_to_a_patient(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    if model is Patient:
        return True
    on = {field.related_model for field in model._meta.fields if field.is_relation} - seen - {model}
    return any(leads_to_a_patient(other, seen | {model}) for other in on)


SHARED = "of the part of a group's note that all share, which names nobody"
OF_OTHERS = {
    "chart.Addendum": SHARED,
    "chart.CoSignature": "of a part or of a contact, each of a patient",
    "chart.LateNote": "of a part or of a contact, each of a patient",
    "chart.NoteVoid": "of a part or of a contact, each of a patient",
    "chart.SavedText": SHARED,
    "chart.SentBack": "of a part or of a contact, each of a patient",
    "live.SideMember": "of the staff",
    "outreach.Message": "to one of the staff",
    "people.EntryCode": "to a supporter, who is a patient's",
    "privacy.DueRecord": "worked out anew each night",
    "privacy.LegalHold": "on a time, or gone with the stranger's record that it is on",
    "timetable.CalendarLink": "of the staff",
}
"""Models in a class of patients of which a row may lead to none, and is no stranger's all the same: what it is then."""


ROOTS = {root.model for root in strangers.roots().values()}
PERSONAL = [model for model in OURS if leads_to_a_patient(model) or model in ROOTS]


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model._meta.label)
def test_every_model_that_leads_to_a_patient_is_in_a_record_class(model):
    """RULE PRIV-34: nobody adds a table of which something would be left over."""
    is_of_a_class = retention.class_of(model) is not None or model in ROOTS
    is_said = is_of_a_class != (model in retention.kept())
    assert is_said, f"{model._meta.label}: say in retention.py of its stage in which class of records its rows are."


def test_nothing_else_is_in_a_class():
    held = {one.model for each in RecordClass for one in retention.held(each)}
    assert held | retention.kept().keys() == set(PERSONAL)


def test_what_could_hold_a_patient_without_a_key_is_known():
    loose = {
        model._meta.label
        for model in OURS
        if model not in PERSONAL or model in retention.kept()
        for field in model._meta.fields
        if not field.primary_key and isinstance(field, models.UUIDField | models.JSONField | ArrayField)
        if not (isinstance(field, ArrayField) and isinstance(field.base_field, models.CharField | models.IntegerField))
    }
    assert loose == set(OF_NOBODY)


def may_end(model: type[models.Model], way: str) -> bool:
    """Whether a step on the way to the patient may lead to nobody."""
    name, _, rest = way.partition("__")
    if not name:
        return False
    step = model._meta.get_field(name)
    return step.null or may_end(step.related_model, rest)


def test_what_leads_to_no_patient_is_in_a_class_of_strangers():
    """RULE PRIV-34: nobody adds a table with rows of people who never became patients that nothing destroys."""
    of_strangers = {
        one.model._meta.label for each in STRANGERS for one in retention.held(each) if retention.class_of(one.model)
    }
    loose = {
        one.model._meta.label
        for each in OF_PATIENTS
        for one in retention.held(each)
        if all(may_end(one.model, way) for way in one.ways)
    }
    assert loose == of_strangers | OF_OTHERS.keys()
    assert not of_strangers & OF_OTHERS.keys()


def test_what_points_at_a_strangers_record_goes_with_it_or_is_a_patients():
    """So that nothing is left over of it, and nothing keeps it."""
    for each in STRANGERS:
        mine = {one.model for one in retention.held(each)}
        pointing = {model for model in OURS for key in retention.foreign_keys(model) if key.related_model in mine}
        assert [model for model in pointing - mine if model._meta.get_field("patient").null] == []


def test_no_column_is_called_as_what_the_function_knows():
    """SQL would take the column, and with it the rows of everybody."""
    known = set(re.findall(r"^    (\w+) [\w]+(?: :=.*)?;$", DESTRUCTION.read_text(encoding="utf-8"), re.M)) | {"whose"}
    columns = {f.column for each in RecordClass for one in retention.held(each) for f in one.model._meta.fields}
    assert {"asked", "whose", "n"} <= known
    assert not known & columns


def test_classes_wait_for_each_other_without_a_circle():
    order = list(TopologicalSorter({each: retention.waits_for(each) for each in OF_PATIENTS}).static_order())
    assert order[-1] == RecordClass.PERSON
    assert [retention.waits_for(each) for each in STRANGERS] == [set()] * len(STRANGERS)


def test_what_stays_has_no_key_to_what_goes():
    kept = retention.kept()
    bound = [field for model in kept for field in retention.foreign_keys(model)]
    assert [str(field) for field in bound if retention.class_of(field.related_model)] == []


def test_the_database_destroys_what_the_stages_say():
    assert DESTRUCTION.read_text(encoding="utf-8") == written(), "Run ./manage.py destruction_sql"


@pytest.mark.django_db
def test_histories_are_destroyed_with_their_rows(owner_address):
    """Every table of a person's stands in what destroys, and so does the history of each."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'privacy_destroy'")
        (source,) = cursor.fetchone()
    tables = [one.model._meta.db_table for each in RecordClass for one in retention.held(each)]
    events = [
        one.model.pgh_event_model._meta.db_table
        for each in RecordClass
        for one in retention.held(each)
        if hasattr(one.model, "pgh_event_model")
    ]
    assert [table for table in [*tables, *events] if f"DELETE FROM {table} WHERE" not in source] == []
