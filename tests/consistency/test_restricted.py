"""A restricted record, for who neither treats the patient nor is named: no page opens about it or names the patient."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from stepdown.chart.models import ContactNote, GroupNote, Missed, NotePart
from stepdown.live.models import Incident
from stepdown.measures.models import WorkItem
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.models import Group
from stepdown.placement.queries import patients_visible_to
from stepdown.privacy.models import NamedFor, Restriction
from stepdown.timetable.models import Session
from tests.consistency.role_matrix import ROWS
from tests.consistency.role_rows import OPEN
from tests.consistency.test_role_matrix import PARTS, addresses, walker, what_is_met

# A clinical director may step into any room, and sees who is in it, held at its door, or to be called.
THE_ROOM = {
    "live:answer_word", "live:break_start", "live:call", "live:call_outcome", "live:decide", "live:emergency",
    "live:let_in", "live:let_take_part", "live:outside", "live:print_roster", "live:round", "live:send_out",
    "live:something_happened", "live:staff_room", "live:text", "live:visit_act", "live:waiting",
}  # fmt: skip
# Nobody but their author reads counseling notes, so nobody takes them away; and who is named to co-sign does.
THEIR_OWN = {"chart:counseling_note", "chart:send_back"}
# Parts of an address that lead to one patient and to nothing else.
OF_ONE_PATIENT = {"patient_id", "episode_id", "seat_id", "sharing_id", "packet_id", "emergency_id", "administration_id"}


def shut(patient: Patient, me: Staff, other: Staff) -> None:
    """The record is restricted, and all that was theirs is somebody else's: the group, the sessions, notes and work."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # also what is signed and never changes
        for model in (Group, Session):
            model.objects.filter(Q(leader=me) | Q(co_leader=me)).update(leader=other, co_leader=None)
        for model, whose in (
            (GroupNote, "author"), (ContactNote, "author"), (NotePart, "signed_by"), (Incident, "by"),
            (Missed, "owner"), (WorkItem, "owner"),
        ):  # fmt: skip
            model.objects.filter(**{whose: me}).update(**{whose: other})
        Patient.objects.filter(pk=patient.pk).update(counselor=other)
        NamedFor.objects.filter(staff=me).update(ended_at=now, ended_by=other)
        cursor.execute("SET LOCAL session_replication_role = origin")
    before = Restriction.objects.filter(patient=patient, lifted_at=None)
    before.update(lifted_at=now - timedelta(days=1), lifted_by=other, lifted_why="It was over.")
    Restriction.objects.create(patient=patient, why="related", words="A cousin works here.", set_by=other)


@pytest.mark.everywhere
@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ADMISSIONS, Role.COUNSELOR])
def test_no_page_tells_of_a_restricted_record(role, settings):
    settings.DEMO = True
    CenterFactory()
    client, me, patient = walker(role)
    cookies, other = client.cookies.copy(), StaffFactory()
    saw, told, opens = False, set(), set()
    for name, url in addresses([name for name, row in ROWS.items() if row.meets[role] == OPEN], me, patient):
        if not Restriction.objects.filter(patient=patient, set_by=other).exists():  # the objects are new ones
            saw = patients_visible_to(me).filter(pk=patient.pk).exists()
            shut(patient, me, other)
        for ask, data in ((client.get, {}), (client.post, ROWS[name].data)):
            with transaction.atomic():
                client.cookies = cookies.copy()
                answer = ask(url, data)
                transaction.set_rollback(True)
            assert answer.status_code < 500, name
            said = b"" if answer.streaming else answer.content
            if patient.chosen_name.encode() in said or patient.last_name.encode() in said:
                told.add(name)
            if saw and answer.status_code != 405 and what_is_met(answer, expected=OPEN) == OPEN:
                opens.add(name)
    assert sorted(told - THEIR_OWN - (THE_ROOM if role == Role.DIRECTOR else set())) == []
    assert sorted(name for name in opens if set(PARTS[name]) & OF_ONE_PATIENT) == []
