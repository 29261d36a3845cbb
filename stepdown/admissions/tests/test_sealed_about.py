"""What is known of a person before they are admitted lies sealed, and keeps its history."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from stepdown.admissions.models import Assessment
from stepdown.admissions.tests.factories import AssessmentFactory

pytestmark = pytest.mark.django_db
ABOUT = {"phone": "+15125550142", "address_line": "7 Sample Lane", "bands": ["evening"]}


@pytest.fixture
def assessment() -> Assessment:
    return Assessment.objects.get(pk=AssessmentFactory(about=ABOUT).pk)


def states() -> int:
    return Assessment.pgh_event_model.objects.count()


def test_the_tables_tell_nothing(assessment):
    assert assessment.about == ABOUT
    with connection.cursor() as cursor:
        for table in ("admissions_assessment", "admissions_assessmentevent"):
            cursor.execute(f"SELECT about FROM {table}")
            (lies,) = cursor.fetchone()
            assert "Sample" not in lies
            assert "phone" not in lies


def test_only_what_is_changed_leaves_a_state_also_when_it_is_changed_in_place(assessment):
    begun = states()
    assessment.save()
    assessment.about = dict(ABOUT)
    assessment.save()
    assert states() == begun
    assessment.about["bands"].append("morning")
    assessment.save()
    assert states() == begun + 1
    assert Assessment.objects.get().about == ABOUT | {"bands": ["evening", "morning"]}


def test_nothing_known_is_nothing_sealed():
    AssessmentFactory(about={})
    assert Assessment.objects.get().about == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT about FROM admissions_assessment")
        assert cursor.fetchone() == ("",)


def test_the_database_is_not_asked_what_is_in_it(assessment):
    with pytest.raises(FieldError):
        Assessment.objects.filter(about__phone=ABOUT["phone"]).exists()
