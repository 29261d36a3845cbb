"""What is written about a signed note names no other patient either. Source: RULE PRIV-40."""

import pytest
from django.urls import reverse

from stepdown.attendance.tests.factories import session_over
from stepdown.chart import services_contacts, services_void
from stepdown.chart.models import ContactAddendum, NoteVoid
from stepdown.chart.services import NamesSomeone
from stepdown.chart.services_cosign import send_back
from stepdown.chart.tests.contacts import signed_contact, written_contact
from stepdown.chart.tests.cosigning import supervised
from stepdown.chart.tests.factories import note_of, signed
from stepdown.chart.tests.note_pages import part
from stepdown.chart.tests.plans import in_group
from stepdown.kernel.db import RuleBroken
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory

pytestmark = pytest.mark.django_db
OF_ANOTHER = "This is what Theo Mustermann said, not Rosa."
SISTER = "Her sister Theodora called, not her brother."


@pytest.fixture
def contact():
    """Signed; a Theodora sits in the same group."""
    CenterFactory()
    seat = in_group()
    SeatFactory(group=seat.group, accepted=True, starts_at=seat.starts_at, episode__patient__first_name="Theodora")
    return signed_contact(written_contact(seat.patient, seat.group.leader))


def test_the_reason_why_a_part_does_not_hold_names_nobody_else(client, note):
    rosa = part(signed(note), "Rosa")
    with pytest.raises(NamesSomeone, match="This names Theo and Mustermann"):
        services_void.void_note(note=rosa, reason=OF_ANOTHER, names_meant=True, by=note.author)
    url = reverse("chart:void_note", args=[rosa.pk])
    answer = sign_in(client, note.author).post(url, {"reason": OF_ANOTHER})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This names Theo and Mustermann." in page
    assert OF_ANOTHER in page, "nothing typed is lost"
    assert not NoteVoid.objects.exists()
    assert client.post(url, {"reason": "This is what somebody else said, not Rosa."}).status_code == 302


def test_what_a_supervisor_asks_about_a_part_names_nobody_else():
    CenterFactory()
    supervisor = StaffFactory(letters="LPC-S")
    note = signed(note_of(session_over(leader=supervised(supervisor)), present=2))
    first, second = note.parts.order_by("pk")
    with pytest.raises(NamesSomeone, match=f"This names {second.patient.last_name}"):
        send_back(note=first, words=f"Did {second.patient.last_name} not say this?", by=supervisor)


@pytest.mark.parametrize("act", ["add", "void"])
def test_a_name_of_the_group_is_said_to_be_somebody_else_before_it_stands_beside_a_contact(client, contact, act):
    url, field, kept = {
        "add": (reverse("chart:contact_act", args=[contact.pk]), "words", ContactAddendum),
        "void": (reverse("chart:void_note", args=[contact.pk]), "reason", NoteVoid),
    }[act]
    sign_in(client, contact.author)
    answer = client.post(url, {"act": "add", field: SISTER})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It names Theodora, as somebody of the group is called." in page
    assert "Say that these are other people, or take the name out." in page
    assert SISTER in page
    assert not kept.objects.exists()
    assert client.post(url, {"act": "add", field: SISTER, "meant": "on"}).status_code == 302
    assert getattr(kept.objects.get(), field) == SISTER


def test_no_way_leads_past_the_names_of_the_group(contact):
    with pytest.raises(RuleBroken, match="This names Theodora"):
        services_contacts.add_to_contact(note=contact, words=SISTER, by=contact.author)
    with pytest.raises(RuleBroken, match="This names Theodora"):
        services_void.void_note(note=contact, reason=SISTER, by=contact.author)
