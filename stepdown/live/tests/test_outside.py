"""No license where the patient is: no dead end. A director may let them take part, once, with a reason that stays."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.live import outside, permissions, queries, services
from stepdown.live.models import DoorCheck, LicenseOverride
from stepdown.live.services_outside import ask_directors, let_take_part
from stepdown.live.tests.factories import DoorCheckFactory, RoomFactory, patient_at_door
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, LicenseFactory, PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable import cover, services_absences
from stepdown.timetable.models import Place
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    CenterFactory()
    return SessionFactory()


@pytest.fixture
def patient(session):
    return patient_at_door(session, state="NV")


@pytest.fixture
def director():
    return StaffFactory(roles=[Role.DIRECTOR])


def let(session, patient, director, reason="travel", words=""):
    return let_take_part(session=session, patient=patient, reason=reason, words=words, by=director)


def test_who_was_let_take_part_may_come_to_the_room(session, patient, director):
    assert not permissions.enter(patient, session)
    let(session, patient, director)
    assert permissions.enter(patient, session)


def test_it_holds_for_that_state_and_that_session_only(session, patient, director):
    let(session, patient, director)
    later = SessionFactory(group=session.group, starts_at=session.ends_at + timedelta(days=1))
    assert not outside.is_covered(later, patient, "NV")
    assert not outside.is_covered(session, patient, "ND")
    assert not outside.is_covered(session, patient_at_door(session, state="NV"), "NV")


def test_directors_are_called_in_once_for_each_state(session, patient, director):
    ask_directors(check=DoorCheck.objects.get(patient=patient))
    ask_directors(check=DoorCheckFactory(session=session, patient=patient, state="NV"))
    assert [message.staff for message in Message.objects.all()] == [director]
    ask_directors(check=DoorCheckFactory(session=session, patient=patient, state="ND"))
    assert Message.objects.count() == 2
    ask_directors(check=DoorCheckFactory(session=session, patient=patient, state="NV"))
    assert Message.objects.count() == 2
    held_by = DoorCheck.objects.filter(patient=patient).values_list("asked_of", flat=True)
    assert set(held_by) == {session.leader_id}, "of every check it is known that it held them"


def test_directors_are_called_in_for_who_came_from_there_under_a_leader_with_a_license(client, session, director):
    LicenseFactory(staff=session.leader, state="NV")
    patient = patient_at_door(session, state="NV")
    session.leader = StaffFactory()
    session.save()
    as_patient(client, patient)
    last = f"last-{DoorCheck.objects.get(patient=patient).pk}"
    fields = {"place": last, "callback_phone": "(612) 555-0142", "alone": "yes"}
    for _again in range(2):
        assert client.post(reverse("live:door_where", args=[session.pk]), fields).status_code == 422
    assert [message.staff for message in Message.objects.all()] == [director]
    session.leader = StaffFactory()
    session.save()
    client.post(reverse("live:door_where", args=[session.pk]), fields)
    assert Message.objects.count() == 2


def test_held_is_whoever_was_last_where_the_leader_has_no_license(session, patient, director):
    patient_at_door(session)
    assert [check.patient for check in outside.held_in(session)] == [patient]
    let(session, patient, director)
    assert outside.held_in(session) == []


def test_who_moved_to_where_the_leader_has_a_license_is_held_no_more(session, patient):
    DoorCheckFactory(session=session, patient=patient)
    assert outside.held_in(session) == []


def test_the_day_tells_who_may_lead_and_no_other_counselor(session, patient, director):
    now = timezone.now()
    told = [len(outside.held_for(staff, now)) for staff in (session.leader, director, StaffFactory())]
    assert told == [1, 1, 0]
    RoomFactory(session=session, ended=True)
    assert outside.held_for(director, now) == []


def test_only_a_director_decides_and_the_leader_reads_whom_to_call(client, session, patient, director):
    sign_in(client, session.leader)
    page = client.get(reverse("live:outside", args=[session.pk])).content.decode()
    assert "Only a clinical director" in page
    assert director.name in page
    fields = {"patient": patient.pk, "reason": "travel"}
    assert client.post(reverse("live:let_take_part", args=[session.pk]), fields).status_code == 403
    assert not LicenseOverride.objects.exists()


def test_a_director_lets_someone_take_part_with_a_reason(client, session, patient, director):
    """RULE PRIV-35."""
    sign_in(client, director)
    url = reverse("live:outside", args=[session.pk])
    answer = client.post(reverse("live:let_take_part", args=[session.pk]), {"patient": patient.pk, "reason": "travel"})
    assert answer.url == url
    kept = LicenseOverride.objects.get()
    assert (kept.patient, kept.state, kept.by, kept.reason) == (patient, "NV", director, "travel")
    assert "Nobody is held at the door" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"), [({}, "Choose the reason."), ({"reason": "other"}, "Write the reason.")]
)
def test_without_a_reason_nobody_is_let_take_part(client, session, patient, director, fields, sentence):
    sign_in(client, director)
    answer = client.post(reverse("live:let_take_part", args=[session.pk]), {"patient": patient.pk, **fields})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with pytest.raises(RuleBroken, match="Write the reason"):
        let(session, patient, director, reason="other")


def test_who_has_no_seat_or_needs_no_license_is_not_let_take_part(session, patient, director):
    with pytest.raises(RuleBroken, match="Choose someone who has a seat in this session"):
        let(session, PatientFactory(), director)
    LicenseFactory(staff=session.leader, state="NV")
    with pytest.raises(RuleBroken, match="The leader is licensed there on that day"):
        let(session, patient, director)


@pytest.fixture
def ahead(session):
    """A session in three weeks, whose leader's license ends before."""
    session.leader.licenses.update(expires_on=timezone.localdate() + timedelta(days=10))
    return SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(weeks=3))


def test_a_director_lets_someone_take_part_weeks_before_a_license_lapses(client, ahead, director):
    patient = SeatFactory(group=ahead.group, accepted=True).patient
    sign_in(client, director)
    url = reverse("live:outside", args=[ahead.pk])
    assert f"{ahead.leader.name} has no license on" in client.get(url).content.decode()
    client.post(reverse("live:let_take_part", args=[ahead.pk]), {"patient": patient.pk, "reason": "travel"})
    assert LicenseOverride.objects.get().state == patient.state
    assert outside.expected_in(ahead) == []
    assert cover.uncovered([ahead]) == {}
    page = client.get(reverse("live:overrides")).content.decode()
    assert all(words in page for words in (patient.name, "Travel emergency", director.name, ahead.group.name))


def test_who_is_let_take_part_before_comes_in_from_there_and_from_nowhere_else(ahead, director):
    patient = SeatFactory(group=ahead.group, accepted=True).patient
    let(ahead, patient, director)
    assert outside.is_covered(ahead, patient, patient.state)
    assert not outside.is_covered(ahead, patient, "NV")


def test_a_lapsed_license_holds_its_state_at_the_door(session):
    session.leader.licenses.update(expires_on=session.service_date - timedelta(days=1))
    patient = patient_at_door(session)
    assert not permissions.enter(patient, session)
    assert [check.patient for check in outside.held_in(session)] == [patient]


def test_a_license_of_the_co_leader_does_not_count(session):
    patient = patient_at_door(session, state="NV")
    session.co_leader = LicenseFactory(state="NV").staff
    session.save()
    assert not permissions.enter(patient, session)


def test_the_database_keeps_the_decision_and_takes_it_once(session, patient, director):
    let(session, patient, director)
    with pytest.raises(RuleBroken, match="already"):
        let(session, patient, director)
    with pytest.raises(DatabaseError), transaction.atomic():
        LicenseOverride.objects.update(words="Other words.")
    with pytest.raises(DatabaseError), transaction.atomic():
        LicenseOverride.objects.all().delete()


@pytest.fixture
def soon():
    """A session whose door is open and which has not begun; its leader has a license in Nevada too."""
    session = SessionFactory(starts_at=timezone.now() + timedelta(minutes=20))
    LicenseFactory(staff=session.leader, state="NV")
    return session


def waits(session, **fields):
    patient = patient_at_door(session, **fields)
    services.knock(session=session, patient=patient)
    return patient


def let_in(session, patient):
    return services.let_in(session=session, patient=patient, by=session.leader)


def assign(session, director):
    """Somebody stands in who is licensed nowhere but where a group's leader is; the session as it is then."""
    LicenseFactory(staff=(staff := StaffFactory()))
    services_absences.assign(session=session, place=Place.LEADER, staff=staff, by=director)
    session.refresh_from_db()
    return session


def test_who_waits_is_not_let_in_by_a_stand_in_without_a_license_there(soon, director):
    """RULE PRIV-35: a director's reason opens the door, nothing else does."""
    patient = waits(soon, state="NV")
    session = assign(soon, director)
    with pytest.raises(RuleBroken, match=r"is in Nevada, where .* has no license"):
        let_in(session, patient)
    assert services.let_in_all(session=session, by=director) == 0
    let(session, patient, director)
    assert let_in(session, patient)


def test_directors_are_called_in_for_who_waits_when_somebody_without_a_license_stands_in(soon, director):
    waits(soon, state="NV")
    waits(soon)
    assign(soon, director)
    called = Message.objects.filter(kind=Message.Kind.NEEDED_NOW)
    assert [message.staff for message in called] == [director]


def test_who_is_held_reads_why_whenever_they_open_the_page(client, soon, director):
    patient = waits(soon, state="NV")
    session = assign(soon, director)
    as_patient(client, patient)
    url = reverse("live:door_where", args=[session.pk])
    assert client.get(reverse("live:room", args=[session.pk])).url == url
    page = client.get(url).content.decode()
    assert f"{session.leader.first_name} may not see you while you are in Nevada." in page
    assert 'data-module="live/held"' in page
    let(session, patient, director)
    assert "live/held" not in client.get(url).content.decode()


def test_who_said_that_somebody_is_near_is_not_let_in(session):
    """RULE PROG-08: on one device they wait, on the other they tell the door anew."""
    near, alone = waits(session), waits(session)
    DoorCheckFactory(session=session, patient=near, alone=False)
    with pytest.raises(RuleBroken, match=f"Someone is near {near.called}"):
        let_in(session, near)
    assert services.let_in_all(session=session, by=session.leader) == 1
    assert queries.admitted(session) == {alone.pk}
    DoorCheckFactory(session=session, patient=near)
    assert let_in(session, near)


def test_who_has_said_nothing_at_the_door_yet_is_let_in_ahead_and_asked_there(session):
    patient = SeatFactory(group=session.group, accepted=True).patient
    assert let_in(session, patient)
    assert not permissions.enter(patient, session)


def test_the_door_is_asked_in_two_queries_when_someone_is_let_in(session, patient, django_assert_num_queries):
    LicenseFactory(staff=session.leader, state="NV")
    with django_assert_num_queries(2):
        assert outside.still_no(session, patient) == ""
