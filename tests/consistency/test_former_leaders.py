"""Who led somebody before reads what they wrote themselves, and nothing of what came after."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.tests.factories import CenterFactory
from stepdown.placement.models import Seat
from stepdown.placement.queries import patients_visible_to
from stepdown.placement.tests.factories import SeatFactory
from tests.consistency.role_matrix import ROWS
from tests.consistency.role_rows import OPEN
from tests.consistency.test_role_matrix import PARTS, addresses, walker, what_is_met

# What a page that stays open is about: a session they led and what belongs to it, or what they did or wrote themselves.
OF_THEIR_SESSIONS = {"session_id", "attendance_id", "cannot_come_id", "note_id", "part_id", "word_id", "incident_id"}
THEIR_OWN = {"contact_id", "own_note_id", "counseling_note_id", "attempt_id", "step_id", "missed_id"}


def leads_elsewhere(patient: Patient, before: Staff) -> None:
    """The patient's seats with them are over, and they have begun in the group of somebody else."""
    now = timezone.now()
    led = Q(group__leader=before) | Q(group__co_leader=before)
    Seat.objects.exclude(led).filter(patient=patient).update(released_at=now, released_why="withdrawn")
    Seat.objects.filter(led, patient=patient).update(starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=1))
    Patient.objects.filter(pk=patient.pk).update(counselor=None)
    episode = Episode.objects.filter(patient=patient, ended_at=None).first() or EpisodeFactory(patient=patient)
    SeatFactory(episode=episode, accepted=True, starts_at=now - timedelta(hours=20))


@pytest.mark.everywhere
@pytest.mark.django_db
def test_no_page_about_somebody_opens_for_who_led_them_before():
    CenterFactory()
    client, me, patient = walker(Role.COUNSELOR)
    names = [name for name, row in ROWS.items() if row.meets[Role.COUNSELOR] == OPEN]
    opens, shut = set(), set()
    for name, url in addresses(names, me, patient):
        if not patients_visible_to(me).filter(pk=patient.pk).exists():
            continue
        for ask, data in ((client.get, {}), (client.post, ROWS[name].data)):
            with transaction.atomic():
                leads_elsewhere(patient, me)
                answer = ask(url, data)
                transaction.set_rollback(True)
            if answer.status_code != 405:  # another method than the page's
                (opens if what_is_met(answer, expected=OPEN) == OPEN else shut).add(name)
    assert sorted(name for name in opens if not set(PARTS[name]) & (OF_THEIR_SESSIONS | THEIR_OWN)) == []
    assert opens & shut == set()
    assert {"measures:patient", "measures:administration", "chart:plan", "chart:safety_plan"} <= shut
    assert {"chart:returns", "chart:patient_notes", "chart:drug_test", "outreach:patient_link"} <= shut
    assert {"chart:single", "chart:contact", "chart:read", "attendance:sheet"} <= opens
