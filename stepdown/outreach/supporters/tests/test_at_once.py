"""What a supporter does at the moment in which it ends: real connections, the one behind the other."""

import pytest
from django.test import Client

from stepdown.kernel.tests.at_once import all_at_once, while_open
from stepdown.outreach import entry
from stepdown.outreach.supporters.tests.scenes import knowing, page_of, supported
from stepdown.people import codes
from stepdown.people.models import EntryCode, Supporter, SupporterBrowser
from stepdown.people.tests.factories import CenterFactory, PatientFactory
from stepdown.privacy import services_supporters
from stepdown.privacy.models import ConsentEvent, Disclosure, RefusedDisclosure, SharingConsent
from stepdown.privacy.services_sharing import revoke
from stepdown.privacy.tests.factories import signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def consent() -> SharingConsent:
    CenterFactory()
    return signed(PatientFactory())


@pytest.fixture
def supporter(consent) -> Supporter:
    return supported(consent.patient, consent)


def test_a_look_that_waited_for_the_stop_sees_nothing(consent, supporter):
    """RULE PRIV-13."""
    client, row = knowing(supporter), SharingConsent.objects.select_for_update(of=("self",))
    answer = while_open(
        lambda: row.get(pk=consent.pk),
        lambda: client.get(page_of(supporter)).status_code,
        then=lambda: revoke(consent=consent),
    )
    assert answer == 404
    assert not Disclosure.objects.exists()
    assert RefusedDisclosure.objects.get().revocation == ConsentEvent.objects.get()


def test_a_stop_waits_for_the_look_that_has_begun_and_is_the_last_word(consent, supporter):
    client = knowing(supporter)
    event = while_open(
        lambda: services_supporters.look(supporter=supporter),
        lambda: revoke(consent=consent),
    )
    assert Disclosure.objects.get().at < event.at
    assert client.get(page_of(supporter)).status_code == 404


def test_looks_at_one_moment_are_one_visit(supporter):
    client = knowing(supporter)

    def look():
        another = Client()
        another.cookies = client.cookies.copy()
        return another.get(page_of(supporter)).status_code

    assert all_at_once([look] * 4) == [200] * 4
    assert Disclosure.objects.count() == 1


def test_who_enters_while_the_patient_makes_a_new_link_is_not_in(consent, supporter):
    entry.ask_for_supporters_code(supporter=supporter)
    code = codes.digits_of(EntryCode.objects.get())
    tried = while_open(
        lambda: supported(consent.patient, consent, phone="+15125550199"),
        lambda: entry.enter_as_supporter(supporter=supporter, typed=code, known_by=""),
    )
    assert tried.refused
    assert not SupporterBrowser.objects.exists()


def test_who_was_faster_than_the_new_link_is_forgotten_by_it(consent, supporter):
    entry.ask_for_supporters_code(supporter=supporter)
    code = codes.digits_of(EntryCode.objects.get())
    while_open(
        lambda: entry.enter_as_supporter(supporter=supporter, typed=code, known_by=""),
        lambda: supported(consent.patient, consent, phone="+15125550199"),
    )
    assert not SupporterBrowser.objects.filter(ended_at=None).exists()
