"""What a supporter reads: what the consent covers, to the letter, written down as a disclosure, while it holds."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.tests.factories import AttendanceFactory
from stepdown.outreach.supporters.tests.scenes import door_of, knowing, page_of, supported
from stepdown.people.models import Patient, Role
from stepdown.people.tests.clients import as_patient, one_time_code, proved_long_ago, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.placement.models import Seat
from stepdown.placement.tests.factories import SeatFactory
from stepdown.privacy import part2, services_sharing, sources
from stepdown.privacy.domain.sharing import Data, Kind, Whom
from stepdown.privacy.models import ConsentEvent, Disclosure, Look, RefusedDisclosure, SharingConsent
from stepdown.privacy.tests.factories import recipient_of, signed
from stepdown.privacy.wording_sharing import DATA
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    """Who was there once and missed once, of which the leader confirmed both."""
    CenterFactory()
    seat = SeatFactory(accepted=True, episode__active=True)
    for days, missed in ((2, False), (4, True)):
        was_there(seat, days, missed=missed)
    return seat.patient


def was_there(seat, days, **how):
    """So many days ago, as its leader confirmed."""
    session = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(days=days))
    return AttendanceFactory(seat=seat, session=session, confirmed=True, **how)


def shares(patient, *scope: Data, **changed) -> SharingConsent:
    return signed(patient, scope=list(scope), **changed)


def read(supporter) -> str:
    answer = knowing(supporter).get(page_of(supporter))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("data", [Data.PROGRAM, Data.ATTENDANCE])
def test_they_see_the_classes_that_were_consented_to_and_no_other(patient, data):
    page = read(supported(patient, shares(patient, data)))
    assert str(DATA[data]) in page
    assert not [other for other in DATA if other != data and str(DATA[other]) in page]
    assert ("There, 160 minutes" in page) is (data == Data.ATTENDANCE)
    assert ("Began on January 5" in page) is (data == Data.PROGRAM)


def test_the_page_carries_the_statement_and_the_scope_and_who_decides(patient):
    page = read(supported(patient, shares(patient, Data.ATTENDANCE)))
    assert part2.text("notice_2_32_statement_1")[:80] in page
    assert "The patient consented on" in page
    assert "share attendance with Lila Specimen" in page
    assert f"{patient.called} chose what stands here" in page
    assert "tel:988" in page
    assert "tel:911" in page


def test_each_visit_is_one_disclosure_with_its_items(patient):
    consent = shares(patient, Data.ATTENDANCE)
    supporter = supported(patient, consent)
    client, now = knowing(supporter), timezone.now()
    for minutes in (0, 1, 14, 15, 40):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            assert client.get(page_of(supporter)).status_code == 200
    rows = list(Disclosure.objects.order_by("at"))
    assert [round((row.at - now).total_seconds() / 60) for row in rows] == [0, 15, 40]
    for row in rows:
        assert (row.basis, row.consent, row.supporter, row.by) == ("consent", consent, supporter, None)
        assert (row.statement, row.classes, row.recipient_name) == (1, [Data.ATTENDANCE], "Lila Specimen")
        items = sources.items_of(patient, [Data.ATTENDANCE])[Data.ATTENDANCE]
        assert [item["id"] for item in row.items] == [item.id for item in items]


def test_what_is_new_within_a_visit_is_a_disclosure_too(patient):
    supporter = supported(patient, shares(patient, Data.ATTENDANCE))
    client = knowing(supporter)
    client.get(page_of(supporter))
    was_there(Seat.objects.get(patient=patient), 1)
    client.get(page_of(supporter))
    assert sorted(len(row.items) for row in Disclosure.objects.all()) == [2, 3]


def test_the_patient_reads_how_often_they_looked(patient):
    consent = shares(patient, Data.ATTENDANCE)
    supporter = supported(patient, consent)
    me = as_patient(Client(), patient)
    sharing = reverse("privacy:my_sharing")
    assert "Lila has not looked yet." in me.get(sharing).content.decode()
    client, now = knowing(supporter), timezone.now()
    for hours in (0, 1, 2):
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            client.get(page_of(supporter))
    with time_machine.travel(now + timedelta(hours=3), tick=False):
        for page in (sharing, reverse("supporters:give_page", args=[consent.pk])):
            assert "Lila looked 3 times. Last: " in me.get(page).content.decode()
        assert me.get(reverse("privacy:my_accounting")).content.decode().count("Lila Specimen") == 3


def test_a_look_stands_in_the_list_of_who_looked(patient):
    supporter = supported(patient, shares(patient, Data.ATTENDANCE))
    knowing(supporter).get(page_of(supporter))
    look = Look.objects.order_by("-number").first()
    assert (look.supporter, look.staff, look.own) == (supporter, None, None)
    assert (look.page, look.purpose, look.patients) == ("supporters:page", "support", [patient.pk])


def test_one_tap_by_the_patient_empties_an_open_page(patient):
    consent = shares(patient, Data.ATTENDANCE)
    supporter = supported(patient, consent)
    client = knowing(supporter)
    assert client.get(page_of(supporter)).status_code == 200
    still = client.get(page_of(supporter), headers={"HX-Request": "true"})
    assert (still.status_code, still.content, "HX-Refresh" in still) == (204, b"", False)

    as_patient(Client(), patient).post(reverse("privacy:stop", args=[consent.pk]))

    assert client.get(page_of(supporter), headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    for url in (page_of(supporter), door_of(supporter)):
        answer = client.get(url)
        assert answer.status_code == 404
        assert patient.called not in answer.content.decode()
    refused = RefusedDisclosure.objects.get()
    assert (refused.supporter, refused.by, refused.revocation) == (supporter, None, consent.happened.get())


def test_a_new_link_empties_a_page_that_is_open_by_the_old_one(patient):
    consent = shares(patient, Data.ATTENDANCE)
    client = knowing(supported(patient, consent))
    url = page_of(supported(patient, consent))
    assert client.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert client.get(url).status_code == 404


def stopped(consent):
    services_sharing.stop(consent=consent, by=StaffFactory(), words="Said so on the phone.")


def false(consent):
    by = StaffFactory(roles=[Role.PRIVACY])
    services_sharing.tell(consent=consent, what=ConsentEvent.What.FALSE, by=by, words="Another person signed.")


def ended(consent):
    what, by = ConsentEvent.What.ENDED, StaffFactory()
    services_sharing.tell(consent=consent, what=what, by=by, words="Done.", now=timezone.now() - timedelta(hours=1))


@pytest.mark.parametrize("happens", [services_sharing.revoke, stopped, false, ended])
def test_whatever_ends_the_consent_ends_the_page(patient, happens):
    consent = shares(patient, Data.ATTENDANCE, now=timezone.now() - timedelta(days=1))
    supporter = supported(patient, consent)
    client = knowing(supporter)
    assert client.get(page_of(supporter)).status_code == 200
    happens(consent=consent)
    assert client.get(page_of(supporter)).status_code == 404
    assert client.post(page_of(supporter), {"agreed": "on"}).status_code == 404


def test_the_last_day_is_the_last_day_where_the_patient_is(patient):
    today = timezone.now().astimezone(timezone.get_default_timezone()).date()
    consent = shares(patient, Data.ATTENDANCE, expires_on=today + timedelta(days=2), expires_event="")
    supporter = supported(patient, consent)
    client = knowing(supporter)
    assert client.get(page_of(supporter)).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        assert client.get(page_of(supporter)).status_code == 404


def test_a_later_consent_of_another_kind_does_not_keep_a_page_open(patient):
    """The patient stopped what they shared with this doctor; that doctors in general get what they need is no page."""
    doctor = recipient_of(patient, Whom.PROVIDER, "Dr. Fictus")
    consent = shares(patient, Data.PROGRAM, recipient=doctor, purposes=["treatment"])
    supporter = supported(patient, consent)
    signed(patient, Kind.TPO, purposes=["treatment", "payment", "operations"])
    client = knowing(supporter)
    assert client.get(page_of(supporter)).status_code == 200
    services_sharing.revoke(consent=consent)
    assert client.get(page_of(supporter)).status_code == 404


def test_two_consents_for_one_person_are_one_page_and_two_disclosures(patient):
    first = shares(patient, Data.ATTENDANCE)
    second = shares(patient, Data.PROGRAM, Data.ATTENDANCE, recipient=first.recipient)
    supporter = supported(patient, first)
    third = shares(patient, Data.SCORES, recipient=first.recipient)
    page = read(supporter)
    assert page.count(str(DATA[Data.ATTENDANCE])) == 1
    assert {row.consent: row.classes for row in Disclosure.objects.all()} == {
        second: [Data.PROGRAM, Data.ATTENDANCE],
        third: [Data.SCORES],
    }


@pytest.mark.parametrize("whom", [Whom.EMPLOYER, Whom.LAWYER, Whom.PLAN, Whom.OTHER])
def test_who_goes_to_the_privacy_officer_gets_no_page(patient, whom):
    consent = shares(patient, Data.ATTENDANCE, recipient=recipient_of(patient, whom))
    answer = as_patient(Client(), patient).post(
        reverse("supporters:give_page", args=[consent.pk]),
        {"reached": "512 555 0142", "language": "en", "way": "hand_over"},
    )
    assert answer.status_code == 403
    assert "They have no page of their own." in answer.content.decode()
    assert not patient.supporters.exists()


def test_who_watches_a_case_sees_what_the_case_needs(patient):
    consent = signed(
        patient, Kind.JUSTICE, whom=Whom.MONITOR, scope=[Data.ATTENDANCE], purposes=["monitoring"],
        expires_event="final disposition of the case", case_reference="26-CR-0007", monitors=["Unit 4"],
        duration="probation", revocable_event="final disposition of the case",
    )  # fmt: skip
    assert "There, 160 minutes" in read(supported(patient, consent))


@pytest.mark.parametrize(
    ("reached", "kept"),
    [("(512) 555-0142", ("+15125550142", "")), ("lila@example.com", ("", "lila@example.com"))],
)
def test_a_patient_gives_a_page_and_sees_its_link(patient, reached, kept):
    consent = shares(patient, Data.ATTENDANCE)
    me, url = as_patient(Client(), patient), reverse("supporters:give_page", args=[consent.pk])
    answer = me.post(url, {"reached": reached, "language": "en", "way": "hand_over"})
    assert answer.status_code == 302
    supporter = patient.supporters.get()
    assert (supporter.phone, supporter.email) == kept
    page = me.get(url).content.decode()
    assert door_of(supporter) in page
    assert not supporter.messages.exists()


@pytest.mark.parametrize("reached", ["", "555 0142", "lila@", "call me"])
def test_where_nobody_is_reached_gets_a_sentence_and_is_kept(patient, reached):
    url = reverse("supporters:give_page", args=[shares(patient, Data.ATTENDANCE).pk])
    answer = as_patient(Client(), patient).post(url, {"reached": reached, "language": "en", "way": "send"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["reached"]
    assert f'value="{reached}"' in answer.content.decode() or not reached
    assert not patient.supporters.exists()


def test_nobody_gives_a_page_about_another_patient(patient):
    consent = shares(patient, Data.ATTENDANCE)
    stranger = as_patient(Client(), PatientFactory())
    assert stranger.get(reverse("supporters:give_page", args=[consent.pk])).status_code == 404


def test_staff_give_a_page_that_the_patient_asked_for_and_see_how_often_it_was_looked_at(patient):
    consent, me = shares(patient, Data.ATTENDANCE), Seat.objects.get(patient=patient).group.leader
    client, url = sign_in(Client(), me), reverse("supporters:give_page_for", args=[consent.pk])
    assert "Lila Specimen has none" in client.get(reverse("privacy:consent", args=[consent.pk])).content.decode()
    assert client.post(url, {"reached": "555", "language": "en", "way": "send"}).status_code == 422
    answer = client.post(url, {"reached": "(512) 555-0142", "language": "en", "way": "send"})
    assert (answer.status_code, answer.url) == (302, url)
    supporter = patient.supporters.get()
    assert supporter.messages.get().kind == "page_link"
    knowing(supporter).get(page_of(supporter))
    for page in (url, reverse("privacy:consent", args=[consent.pk])):
        assert "Lila looked once: " in client.get(page).content.decode()
    services_sharing.revoke(consent=consent)
    assert client.post(url, {"reached": "512 555 0142", "language": "en", "way": "send"}).status_code == 403


def test_staff_prove_who_they_are_before_and_give_none_about_a_patient_they_do_not_see(patient):
    consent, me = shares(patient, Data.ATTENDANCE), Seat.objects.get(patient=patient).group.leader
    url = reverse("supporters:give_page_for", args=[consent.pk])
    long_ago, said = proved_long_ago(sign_in(Client(), me)), {"reached": "5125550142", "language": "en", "way": "send"}
    assert long_ago.post(url, said).status_code == 422
    assert long_ago.post(url, said | {"code": one_time_code()}).status_code == 302
    assert sign_in(Client(), StaffFactory()).get(url).status_code == 404
    assert sign_in(Client(), StaffFactory(roles=[Role.BILLER])).get(url).status_code == 403
