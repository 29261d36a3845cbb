"""Every row that tells of a person is in one class of records, and goes with it when it is destroyed.

Source: RULE PRIV-34.
"""

from graphlib import TopologicalSorter

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from stepdown.config.supervisor.roles import DESTRUCTION
from stepdown.people.models import Patient
from stepdown.privacy import retention
from stepdown.privacy.domain.retention import RecordClass
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


PERSONAL = [model for model in OURS if leads_to_a_patient(model)]


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model._meta.label)
def test_every_model_that_leads_to_a_patient_is_in_a_record_class(model):
    """RULE PRIV-34: nobody adds a table of which something would be left over."""
    is_said = (retention.class_of(model) is None) == (model in retention.kept())
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


def test_classes_wait_for_each_other_without_a_circle():
    order = list(TopologicalSorter({each: retention.waits_for(each) for each in RecordClass}).static_order())
    assert order[-1] == RecordClass.PERSON


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
