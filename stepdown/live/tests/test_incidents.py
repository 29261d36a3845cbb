"""Something happened: begun with one tap on the emergency card, told in signed entries that nobody changes."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.live import queries
from stepdown.live.models import DoorCheck, Incident, IncidentEntry
from stepdown.live.services_incidents import add_entry, something_happened, write_down
from stepdown.live.tests.factories import patient_at_door
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy.models import Basis, Consent, ConsentType, Disclosure, Emergency
from stepdown.privacy.tests.minors import agreed
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    CenterFactory()
    return SessionFactory()


@pytest.fixture
def patient(session):
    return patient_at_door(session, address="9 Elsewhere Road, Sampleton")


@pytest.fixture
def incident(session, patient):
    return something_happened(session=session, patient=patient, by=session.leader)


def page_of(incident):
    return reverse("live:incident", args=[incident.pk])


def test_one_tap_on_the_card_keeps_who_where_when_and_by_whom(client, session, patient):
    sign_in(client, session.leader)
    answer = client.post(reverse("live:something_happened", args=[session.pk]), {"patient": patient.pk})
    begun = Incident.objects.get()
    assert answer.url == page_of(begun)
    assert (begun.patient, begun.session, begun.by) == (patient, session, session.leader)
    assert begun.place == "9 Elsewhere Road, Sampleton, MN"
    assert begun.place_told_at


@pytest.mark.parametrize(
    ("address", "state", "place"),
    [
        ("12 Main Street, Springfield", "IL", "12 Main Street, Springfield, IL"),
        ("12 Main Street, Springfield, IL", "IL", "12 Main Street, Springfield, IL"),
        ("12 Main Street, Springfield, IL 62701", "IL", "12 Main Street, Springfield, IL 62701"),
        ("12 Main Street, Springfield, IL, 62701-0001.", "IL", "12 Main Street, Springfield, IL, 62701-0001."),
        ("5 Oak CT, Hartford", "CT", "5 Oak CT, Hartford, CT"),
        ("12 MAIN STREET", "IN", "12 MAIN STREET, IN"),
        ("12 Main Street, Springfield, MO", "IL", "12 Main Street, Springfield, MO, IL"),
    ],
)
def test_the_place_told_at_the_door_names_its_state_once(address, state, place):
    """RULE PROG-08: 911 is reached where they are."""
    assert DoorCheck(address=address, state=state).place == place


def test_without_a_door_check_the_place_is_the_one_on_record(session):
    patient = PatientFactory(address_line="1 Home Street")
    begun = something_happened(session=session, patient=patient, by=session.leader)
    assert begun.place == patient.address
    assert begun.place_told_at is None


def test_two_taps_are_one_incident_and_a_later_one_is_another(session, patient, incident):
    assert something_happened(session=session, patient=patient, by=session.leader) == incident
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert something_happened(session=session, patient=patient, by=session.leader) != incident


def test_what_was_done_is_one_tap_and_stands_on_the_card_with_its_time(client, session, incident):
    sign_in(client, session.leader)
    client.post(reverse("live:incident_entry", args=[incident.pk]), {"done": "called_911"})
    entry = IncidentEntry.objects.get()
    assert (entry.done, entry.by) == ("called_911", session.leader)
    card = client.get(reverse("live:emergency", args=[session.pk]) + "?inside").content.decode()
    assert "911 called</li>" in card
    assert "Something else happened" in card


def test_words_come_later_signed_by_who_wrote_them(client, session, incident):
    director = StaffFactory(roles=[Role.DIRECTOR])
    sign_in(client, director)
    client.post(reverse("live:incident_entry", args=[incident.pk]), {"words": "An ambulance came at 6:40."})
    page = client.get(page_of(incident)).content.decode()
    assert "An ambulance came at 6:40." in page
    assert f"Signed by {director.signature}" in page


def test_an_entry_that_says_nothing_is_refused(client, session, incident):
    sign_in(client, session.leader)
    answer = client.post(reverse("live:incident_entry", args=[incident.pk]), {"words": "  "})
    assert answer.status_code == 422
    assert "Choose what was done, or write what happened." in answer.content.decode()
    with pytest.raises(RuleBroken, match="Choose what was done"):
        add_entry(incident=incident, by=session.leader, words="  ")


def test_nobody_without_a_seat_has_an_incident_in_the_session(client, session):
    sign_in(client, session.leader)
    answer = client.post(reverse("live:something_happened", args=[session.pk]), {"patient": PatientFactory().pk})
    assert answer.status_code == 422
    assert "Choose someone who has a seat in this session." in answer.content.decode()


@pytest.mark.parametrize("rows", [Incident, IncidentEntry])
def test_the_database_keeps_all_of_it_as_it_was(session, incident, rows):
    add_entry(incident=incident, by=session.leader, done="stayed")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.objects.update(at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.objects.all().delete()


def test_leaders_of_the_session_and_directors_see_it_and_nobody_else(session, incident):
    assert list(queries.incidents_visible_to(session.leader)) == [incident]
    assert list(queries.incidents_visible_to(StaffFactory(roles=[Role.DIRECTOR]))) == [incident]
    assert not queries.incidents_visible_to(StaffFactory(roles=[Role.COUNSELOR]))
    assert not queries.incidents_visible_to(StaffFactory(roles=[Role.BILLER]))


def test_a_director_finds_it_in_the_list(client, session, patient, incident):
    add_entry(incident=incident, by=session.leader, done="called_contact")
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    page = client.get(reverse("live:incidents")).content.decode()
    assert patient.name in page
    assert "Emergency contact called" in page


def test_a_counselor_of_another_group_finds_no_such_page(client, session, incident):
    sign_in(client, StaffFactory(roles=[Role.COUNSELOR]))
    assert client.get(page_of(incident)).status_code == 404


# -- outside a session, followed up, closed


def outside(patient, by, **fields):
    fields = {"kind": "overdose", "done": ["called_911", "supervisor"], "words": "His sister called us."} | fields
    return write_down(patient=patient, by=by, **fields)


def test_what_happened_outside_a_group_is_written_down_once_and_directors_are_told(patient, session):
    director = StaffFactory(roles=[Role.DIRECTOR])
    begun = outside(patient, session.leader)
    assert outside(patient, session.leader) == begun
    assert (begun.session, begun.place) == (None, patient.address)
    assert [(entry.done, entry.words) for entry in begun.entries.order_by("at")] == [
        ("called_911", ""),
        ("supervisor", ""),
        ("", "His sister called us."),
    ]
    assert [(m.kind, m.staff, m.page) for m in Message.objects.all()] == [("look", director, page_of(begun))]


def test_the_leaders_of_a_person_see_what_happened_to_them_elsewhere(session, patient):
    begun = outside(patient, StaffFactory())
    assert list(queries.incidents_visible_to(session.group.leader)) == [begun]
    assert not queries.incidents_visible_to(StaffFactory())


def test_what_it_was_is_said_once(client, session, incident):
    sign_in(client, session.leader)
    url = reverse("live:incident_entry", args=[incident.pk])
    assert client.post(url, {"kind": "intoxicated"}).status_code == 302
    assert "are they driving" in client.get(page_of(incident)).content.decode()
    answer = client.post(url, {"kind": "injury"})
    assert (answer.status_code, "said already" in answer.content.decode()) == (422, True)


def test_a_director_closes_it_after_the_call_and_says_what_was_learned(client, session, incident):
    director = StaffFactory(roles=[Role.DIRECTOR])
    page = sign_in(client, director)
    url = reverse("live:incident_entry", args=[incident.pk])
    closing = {"done": "closed", "words": "A second leader stays on call."}

    def refused():
        answer = page.post(url, closing)
        assert answer.status_code == 422
        return answer.content.decode()

    assert "Say first what it was." in refused()
    page.post(url, {"kind": "medical"})
    assert "calls them after it first" in refused()
    page.post(url, {"done": "followed_up"})
    shown = page.post(url, closing | {"words": ""}).content.decode()
    assert 'href="#closing_words">Say in a few words what was learned' in shown
    assert 'href="#id_words"' not in shown
    assert page.post(url, closing).status_code == 302
    shown = page.get(reverse("live:incidents")).content.decode()
    assert "No incident is open" in shown
    with pytest.raises(RuleBroken, match="director closes it"):
        add_entry(incident=incident, by=session.leader, done="closed", words="x")


def test_it_is_written_down_on_the_page_of_the_person(client, session, patient):
    page = sign_in(client, session.leader)
    url = reverse("live:patient_incidents", args=[patient.pk])
    wrong = page.post(url, {"kind": "injury", "words": " "})
    assert (wrong.status_code, "Write what happened." in wrong.content.decode()) == (422, True)
    answer = page.post(url, {"kind": "injury", "done": ["stayed"], "words": "Fell on the stairs."})
    assert answer.url == page_of(Incident.objects.get())
    shown = page.get(answer.url).content.decode()
    assert "Fell on the stairs." in shown
    assert "Call them by" in shown
    assert "Injury" in page.get(url).content.decode()


def test_logs_carry_no_word_of_it(caplog, capsys, session, patient, incident):
    add_entry(incident=incident, by=session.leader, words="He fell in the kitchen.")
    said = caplog.text + capsys.readouterr().out
    assert str(incident.pk) in said
    assert "kitchen" not in said
    assert patient.last_name not in said


@pytest.mark.parametrize(("done", "opened"), [("called_911", 1), ("called_988", 0), ("stayed", 0)])
def test_a_911_call_opens_a_disclosure_in_an_emergency_once(session, patient, incident, done, opened):
    """RULE PRIV-22."""
    for _tap in range(2):
        add_entry(incident=incident, by=session.leader, done=done)
    assert Emergency.objects.filter(patient=patient, opened_by=session.leader).count() == opened


@pytest.mark.parametrize(
    ("agrees", "basis", "says"),
    [(True, Basis.AGREEMENT, "They agreed to this call."), (False, Basis.EMERGENCY, "They have not agreed")],
)
def test_a_call_to_the_emergency_contact_is_a_disclosure_with_or_without_the_agreement(
    client, session, patient, incident, agrees, basis, says
):
    """RULE PRIV-22, PRIV-26, PRIV-27."""
    patient.emergency_contact_name, patient.emergency_contact_phone = "Rae Specimen", "+15125550142"
    patient.save()
    Consent.objects.filter(patient=patient, type=ConsentType.TELEHEALTH).delete()
    if agrees:
        agreed(patient, ConsentType.TELEHEALTH)
    sign_in(client, session.leader)
    for page in (
        page_of(incident),
        *(reverse(f"live:{name}", args=[session.pk]) for name in ("emergency", "print_roster")),
    ):
        told = client.get(page).content.decode()
        assert "555-0142" in told
        assert says in told, page
    for _again in range(2):
        add_entry(incident=incident, by=session.leader, done="called_contact")
    (row,) = Disclosure.objects.filter(patient=patient)
    assert (row.basis, row.recipient_name, row.recipient_address) == (basis, "Rae Specimen", "+15125550142")
    assert row.by == session.leader
    assert agrees or row.facts["discloser"] == session.leader.signature
