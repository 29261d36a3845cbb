"""Every row that tells of somebody's care or consent keeps what it said before, or cannot come to say anything else."""

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection, models

from stepdown.config.supervisor import roles
from stepdown.people.models import Patient
from stepdown.people.tests.factories import PatientFactory

STAGES = {"people", "privacy", "admissions", "placement", "attendance", "measures", "chart", "transitions"}
IS_HISTORY = "pgh_id"
EVENTS = {"insert_insert", "update_update", "delete_delete"}

WITHOUT = {
    # people
    "people.PersonalLink": "a key to the door and no record; made and revoked, each once",
    "people.Device": "a key to the door and no record; what was done with it are looks",
    "people.EntryCode": "a key of ten minutes",
    "people.SupporterBrowser": "a key to the door and no record; what was seen with it are disclosures and looks",
    "people.HomeAddress": "asked for one purpose alone; a history would keep what was corrected or taken out",
    "people.LicenseDocument": "never changes, by its trigger; taken out, it leaves no copy, which is the point",
    "people.LicenseWarning": "written once by a job, about staff",
    # privacy
    "privacy.DueRecord": "worked out every night of what there is",
    # placement
    "placement.Proposal": "worked out by the engine; what people take from it are seats, which have a history",
    # measures and chart: a draft becomes a record by its signature, and is final from then on, by its trigger
    "chart.SavedText": "never changes, by its trigger; what was saved of a draft, until the signature",
    "chart.CounselingNote": "its author's own and sealed; a history would keep what they took back (RULE PRIV-18)",
    # chart: each fact is set once, by triggers
    "chart.Diagnosis": "stays as it was recorded and ends once, by its trigger",
    "chart.DrugTest": "as it was asked for; notice and collection are set once, by its triggers",
    "chart.DrugTestSchedule": "as it was made; ends once, by its triggers",
    "chart.LateNote": "never changes, by its trigger; that somebody was told",
    "chart.Missed": "worked out of groups missed and steps taken, which never change; its end is final, by its trigger",
    "chart.MissedSession": "is kept, and over once, by its triggers",
}
"""Models without a history, each with why."""


def of_the_stages() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in STAGES and not model._meta.proxy and not is_history(model)
    ]


def is_history(model: type[models.Model]) -> bool:
    return any(field.name == IS_HISTORY for field in model._meta.fields)


def triggers_of(model: type[models.Model]) -> dict[str, pgtrigger.Trigger]:
    return {trigger.name: trigger for trigger in getattr(model._meta, "triggers", ())}


def is_append_only(model: type[models.Model]) -> bool:
    """Whether a trigger without a condition refuses every change."""
    return any(
        isinstance(trigger, pgtrigger.Protect)
        and str(trigger.operation) == str(pgtrigger.Update | pgtrigger.Delete)
        and trigger.condition is None
        for trigger in triggers_of(model).values()
    )


@pytest.mark.parametrize("model", of_the_stages(), ids=lambda model: model._meta.label)
def test_every_model_of_care_and_consent_has_a_history_or_a_reason_why_not(model):
    keeps = "delete_delete" in triggers_of(model)
    listed = model._meta.label in WITHOUT
    assert (keeps or is_append_only(model)) != listed, (
        f"{model._meta.label}: put @pghistory.track() on it, or a trigger that refuses every change, or say in WITHOUT "
        "why neither."
    )


def test_of_a_draft_is_kept_what_is_thrown_away():
    """While it is written it is no record yet, and once it is signed it is final, by its trigger."""
    kept = {model._meta.label for model in of_the_stages() if {*triggers_of(model)} & EVENTS == {"delete_delete"}}
    assert kept == {
        "chart.ContactNote",
        "chart.GroupNote",
        "chart.NotePart",
        "chart.PlanVersion",
        "measures.Administration",
    }


def test_no_reason_is_left_of_a_model_that_is_gone():
    assert set(WITHOUT) <= {model._meta.label for model in of_the_stages()}


def test_histories_never_change():
    histories = [
        model
        for model in apps.get_models()
        if is_history(model) and not model._meta.proxy and model._meta.app_label in STAGES | {"timetable"}
    ]
    assert histories
    assert [model._meta.label for model in histories if "append_only" not in triggers_of(model)] == []


def test_the_grants_name_every_table_that_never_changes():
    ours = [model for model in apps.get_models() if model.__module__.startswith("stepdown.")]
    tables = {model._meta.db_table for model in ours if is_append_only(model) and not is_history(model)}
    said = roles.GRANTS.read_text().split("ARRAY[")[1].split("]")[0]
    assert {name.strip(" '\n") for name in said.split(",")} == tables


@pytest.mark.django_db
def test_each_state_of_a_row_is_kept_and_its_end():
    patient = PatientFactory(city="Tulsa")
    patient.city = "Norman"
    patient.save()
    events = Patient.pgh_event_model.objects.filter(pgh_obj=patient.pk)  # type: ignore[attr-defined]
    assert list(events.order_by("pgh_id").values_list("pgh_label", "city")) == [
        ("insert", "Tulsa"),
        ("update", "Norman"),
    ]

    Patient.objects.filter(pk=patient.pk).delete()
    assert events.order_by("-pgh_id").values_list("pgh_label", "city")[0] == ("delete", "Norman")


@pytest.mark.django_db
def test_nobody_tells_triggers_to_look_away():
    """django-pgtrigger heeds a setting that any session may make; the grants take that away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{any}', true), _pgtrigger_should_ignore('any')")
        assert cursor.fetchone()[1] is False
