"""The pages on which sharing is prepared, signed and stopped."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import texts
from stepdown.privacy.days import here, today
from stepdown.privacy.domain.fits import FITS
from stepdown.privacy.domain.sharing import Data, Kind
from stepdown.privacy.models import Consent, ConsentEvent, PrivacyTask, SharingConsent
from stepdown.privacy.queries import missing_consents
from stepdown.privacy.tests.factories import prepared, signed
from stepdown.privacy.tests.test_sharing import of_kind

pytestmark = pytest.mark.django_db
LILA = {"name": "Lila Specimen", "whom": "family", "relation": "sister", "address": "1 Example Street"}


@pytest.fixture
def patient():
    CenterFactory()
    return PatientFactory()


@pytest.fixture
def phone(patient) -> Client:
    return as_patient(Client(), patient)


@pytest.fixture
def officer() -> Client:
    return sign_in(Client(), StaffFactory(roles=[Role.PRIVACY]))


def day_ahead(name, days=30):
    on = timezone.localdate() + timedelta(days=days)
    return {f"{name}_month": str(on.month), f"{name}_day": str(on.day), f"{name}_year": str(on.year)}


@pytest.mark.parametrize("kind", Kind)
def test_a_form_offers_what_fits_its_kind_and_chooses_nothing_before(officer, patient, kind):
    page = officer.get(reverse("privacy:new_consent", args=[patient.pk, kind])).content.decode()
    assert "checked" not in page
    assert ('value="counseling_notes"' in page) is (kind == Kind.COUNSELING_NOTES)
    assert ('value="legal_proceeding"' in page) is False  # fixed where it holds, offered nowhere
    assert ('value="none"' in page) is (kind == Kind.TPO)


@pytest.mark.parametrize("kind", Kind)
def test_whatever_is_chosen_from_the_form_makes_a_consent_that_can_be_signed(officer, patient, kind):
    fit = FITS[kind]
    told = LILA | {
        "whom": str(fit.whom[0]) if fit.whom else "",
        "scope": [str(fit.scope[0])],
        "purposes": [str(fit.purposes[0])],
        "ends": str(fit.events[0]),
        "case_reference": "26-CR-0007",
        "monitors": "Unit 4",
        "duration": "to the end",
        "revocable": "final disposition of the case",
        "participants": "My treating providers",
    }
    answer = officer.post(reverse("privacy:new_consent", args=[patient.pk, kind]), told)
    assert answer.status_code == 302
    row = SharingConsent.objects.get()
    assert (row.kind, row.signed_at) == (kind, None)
    assert officer.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"scope": []}, "Choose what may be shared."),
        ({"purposes": []}, "Choose what for."),
        ({"ends": "none"}, "Choose one of the answers shown."),
        ({"ends": "day"}, "Enter the day."),
        ({"scope": ["counseling_notes"]}, "Choose one of the answers shown."),
        ({"name": ""}, "Enter the name."),
        (
            {"ends": "day"} | {"expires_on_month": "1", "expires_on_day": "1", "expires_on_year": "2020"},
            "a day that is not over",
        ),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nothing_is_prepared(officer, patient, fields, sentence):
    whole = LILA | {"scope": ["program"], "purposes": ["treatment"], "ends": "end of the treatment"}
    answer = officer.post(reverse("privacy:new_consent", args=[patient.pk, "specific"]), whole | fields)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not SharingConsent.objects.exists()


def test_a_patient_lets_their_sister_see_signs_and_stops_it_with_one_tap(phone, patient):
    told = LILA | {"scope": ["program", "attendance"], "ends": "day"} | day_ahead("expires_on")
    page = phone.get(phone.post(reverse("privacy:let_someone"), told).url)
    row = SharingConsent.objects.get()
    assert (row.prepared_by, row.purposes, row.information_scope) == (
        None,
        ["patient_request"],
        ["program", "attendance"],
    )
    signing = {"seen": page.context["form"].initial["seen"], "agreed": "on", "signed_name": "Walt Specimen"}
    phone.post(reverse("privacy:my_consent", args=[row.pk]), signing)
    row.refresh_from_db()
    assert (row.signature, row.method, row.place) == ("Walt Specimen", "typed name on a known device", "127.0.0.1")
    assert "Lila Specimen" in phone.get(reverse("privacy:my_sharing")).content.decode()
    phone.post(reverse("privacy:stop", args=[row.pk]))
    assert ConsentEvent.objects.get().what == "revoked"
    assert "It is taken back." in phone.get(reverse("privacy:my_sharing")).content.decode()


def test_a_copy_holds_the_very_words_at_once_and_later(phone, patient):
    """RULE PRIV-44."""
    row = prepared(patient)
    assert "Not signed." in phone.get(reverse("privacy:my_consent_copy", args=[row.pk])).content.decode()
    row = signed(patient)
    copy = phone.get(reverse("privacy:my_consent_copy", args=[row.pk]))
    assert copy.content.decode().startswith(row.text)
    assert row.digest in copy.content.decode()


def test_what_is_not_wanted_is_thrown_away(phone, patient):
    row = prepared(patient)
    phone.post(reverse("privacy:stop", args=[row.pk]))
    assert not SharingConsent.objects.exists()


def test_why_a_consent_to_a_court_cannot_be_stopped_yet_is_shown(phone, patient):
    """RULE PRIV-16."""
    row = of_kind(Kind.JUSTICE, patient=patient)
    page = phone.get(reverse("privacy:my_sharing")).content.decode()
    assert 'aria-disabled="true"' in page
    answer = phone.post(reverse("privacy:stop", args=[row.pk]))
    assert answer.status_code == 422
    assert "your case depends on it" in answer.content.decode()


@pytest.mark.parametrize("page", ["my_consent", "my_consent_copy", "stop"])
def test_what_others_share_is_not_there(phone, page):
    url = reverse(f"privacy:{page}", args=[signed(PatientFactory()).pk])
    assert (phone.post(url) if page == "stop" else phone.get(url)).status_code == 404


def test_who_signs_on_paper_signs_no_more_on_a_screen(phone, patient):
    """RULE PRIV-44."""
    old, new = signed(patient), prepared(patient, scope=[Data.TESTS])
    phone.post(reverse("privacy:ask", args=["no-screen"]))
    answer = phone.post(reverse("privacy:my_consent", args=[new.pk]), {"agreed": "on", "signed_name": "Walt"})
    assert "You sign on paper" in answer.content.decode()
    new.refresh_from_db()
    assert new.signed_at is None
    assert old in [one.row for one in phone.get(reverse("privacy:my_sharing")).context["consents"]["holds"]]


def test_who_signs_on_paper_signs_no_agreement_on_a_screen_until_they_take_that_back(phone, patient):
    """RULE PRIV-44."""
    typed = lambda: {
        "type": missing_consents(patient)[0], "agreed": "on", "signed_name": "Walt Specimen",
        "version": texts.current(missing_consents(patient)[0], "en").version,
    }  # fmt: skip
    agree, before = reverse("privacy:agree"), missing_consents(patient)
    phone.post(reverse("privacy:ask", args=["no-screen"]))
    assert "You sign on paper" in phone.post(agree, typed()).content.decode()
    assert missing_consents(patient) == before
    assert "Sign on a screen again" in phone.get(reverse("privacy:my_sharing")).content.decode()
    for _again in range(2):
        phone.post(reverse("privacy:ask", args=["screen"]))
    assert not PrivacyTask.objects.filter(done_at=None).exists()
    assert phone.post(agree, typed()).status_code == 302
    assert missing_consents(patient) == before[1:]
    phone.post(reverse("privacy:ask", args=["no-screen"]))
    assert "You sign on paper" in phone.get(agree).content.decode()


def on(day):
    return {f"signed_on_{part}": getattr(day, part) for part in ("year", "month", "day")}


def test_staff_write_down_a_consent_that_was_signed_on_paper(officer, patient):
    """RULE PRIV-43, PRIV-44."""
    row = prepared(patient)
    SharingConsent.objects.filter(pk=row.pk).update(prepared_at=timezone.now() - timedelta(days=3))
    page = reverse("privacy:consent_on_paper", args=[row.pk])
    seen = officer.get(page).context["form"]["seen"].value()
    said = {"seen": seen, "signed_name": "Walt Specimen", "holds": "on"}
    for wrong in (on(today() - timedelta(days=9)), on(today() + timedelta(days=1)), on(today()) | {"holds": ""}):
        assert officer.post(page, said | wrong).status_code == 422
    assert officer.post(page, said | on(today() - timedelta(days=1)) | {"seen": "other words"}).status_code == 422
    assert officer.post(page, said | on(today() - timedelta(days=1))).status_code == 302
    row.refresh_from_db()
    assert (row.signature, row.method, row.place) == ("Walt Specimen", "on paper", None)
    assert timezone.localdate(row.signed_at, here()) == today() - timedelta(days=1)
    assert timezone.localtime(row.signed_at, here()).hour == 23, "what was said earlier on that day does not undo it"
    assert officer.post(page, said | on(today())).status_code == 403


def test_staff_write_down_the_agreements_that_were_signed_on_paper(officer, patient, phone):
    """RULE PRIV-43, PRIV-44. So that who signs on paper comes to their first session."""
    phone.post(reverse("privacy:ask", args=["no-screen"]))
    page = reverse("privacy:agreement_on_paper", args=[patient.pk])
    while missing := missing_consents(patient):
        seen = officer.get(page).context["form"]["seen"].value()
        said = {"seen": seen, "signed_name": "Walt Specimen", "holds": "on"} | on(today())
        assert officer.post(page, said).status_code == 302
        assert Consent.objects.get(patient=patient, type=missing[0]).method == "on paper"
    assert "has signed every agreement" in officer.get(page).content.decode()


@pytest.mark.parametrize("act", ["stopped", "revoked", "ended", "false"])
def test_staff_write_down_what_becomes_of_it(officer, patient, act):
    row = signed(patient)
    officer.post(reverse("privacy:consent_act", args=[row.pk, act]), {"words": "Called at nine."})
    event = ConsentEvent.objects.get()
    assert (event.what, event.words) == (act, "Called at nine.")


def test_without_words_nothing_is_written_down(officer, patient):
    row = signed(patient)
    answer = officer.post(reverse("privacy:consent_act", args=[row.pk, "stopped"]), {"words": " "})
    assert answer.status_code == 422
    assert not ConsentEvent.objects.exists()


def test_a_counselor_does_not_say_that_a_consent_is_false(patient):
    counselor = StaffFactory()
    patient.counselor = counselor
    patient.save()
    url = reverse("privacy:consent_act", args=[signed(patient).pk, "false"])
    assert sign_in(Client(), counselor).post(url, {"words": "Not their hand."}).status_code == 403


def test_a_counselor_sees_the_sharing_of_their_own_patients_alone(patient):
    client = sign_in(Client(), StaffFactory())
    row = signed(patient)
    for name, part in (("sharing", patient.pk), ("consent", row.pk)):
        assert client.get(reverse(f"privacy:{name}", args=[part])).status_code == 404


def test_what_waits_is_closed_by_the_privacy_officer_in_words(officer, patient, phone):
    phone.post(reverse("privacy:ask", args=["paper"]))
    task = PrivacyTask.objects.get()
    assert patient.name in officer.get(reverse("privacy:work")).content.decode()
    officer.post(reverse("privacy:finish_task", args=[task.pk]), {"words": "Mailed it."})
    task.refresh_from_db()
    assert task.outcome == "Mailed it."
    assert task.done_at


def test_a_refusal_is_explained_first_and_kept(officer, patient):
    url = reverse("privacy:refuse_tpo", args=[patient.pk])
    assert "does not pay" in officer.get(url).content.decode()
    officer.post(url)
    page = officer.get(reverse("privacy:sharing", args=[patient.pk])).content.decode()
    assert "refused the consent for payment" in page


@pytest.mark.parametrize("kind", ["nothing", "telehealth"])
def test_a_kind_that_is_none_is_not_there(officer, patient, kind):
    assert officer.get(reverse("privacy:new_consent", args=[patient.pk, kind])).status_code == 404
