"""Licenses are written down, corrected, renewed and ended, and proved by certificates."""

from datetime import date, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.people import queries, services_licenses
from stepdown.people.domain.documents import LARGEST, kind_of, size_said
from stepdown.people.licenses import history_of
from stepdown.people.models import License, LicenseDocument, Role, Staff
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import LicenseFactory, StaffFactory
from stepdown.ui.when import day

pytestmark = pytest.mark.django_db
LICENSE = {
    "kind": "LADC",
    "state": "MN",
    "number": "301",
    "masters_level": "on",
    "issued_on_month": "1",
    "issued_on_day": "15",
    "issued_on_year": "2020",
}
PDF = b"%PDF-1.7 plainly made up %%EOF"
JPEG = b"\xff\xd8\xff\xe0 plainly made up \xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR plainly made up IEND\xaeB`\x82"


@pytest.fixture
def admin() -> Staff:
    return StaffFactory(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def desk(client, admin) -> Client:
    return sign_in(client, admin)


def on(day: date, name: str) -> dict[str, str]:
    return {f"{name}_month": str(day.month), f"{name}_day": str(day.day), f"{name}_year": str(day.year)}


def proof(content: bytes = PDF, name: str = "certificate.pdf") -> dict[str, SimpleUploadedFile]:
    return {"document-file": SimpleUploadedFile(name, content)}


def document(**license) -> LicenseDocument:
    held = LicenseFactory(**license)
    return services_licenses.add_document(license=held, content=PDF, by=held.staff)


def test_a_license_is_added(desk):
    staff = StaffFactory()
    answer = desk.post(reverse("people:add_license", args=[staff.pk]), LICENSE)
    assert answer.url == reverse("people:license", args=[staff.licenses.get().pk])
    assert queries.licensed(staff, "MN", date(2026, 3, 11))
    assert not queries.licensed(staff, "WI", date(2026, 3, 11))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": ""}, "Enter the kind of license."),
        ({"state": ""}, "Choose the state it is valid in."),
        ({"state": "XX"}, "Choose one of the answers shown."),
        ({"number": ""}, "Enter the number on the license."),
        ({"issued_on_day": ""}, "Enter the day too."),
        ({"issued_on_year": "1020"}, "This date is too long ago."),
        (on(date(2020, 1, 14), "expires_on"), "A license cannot end before it begins."),
        (on(date(9999, 1, 14), "expires_on"), "This date is too far ahead. Check the year."),
    ],
)
def test_a_license_that_cannot_be_is_said_beside_its_field_and_not_stored(desk, change, sentence):
    answer = desk.post(reverse("people:add_license", args=[StaffFactory().pk]), LICENSE | change)
    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) == 2, "in the summary and beside the field"
    assert not License.objects.exists()


def test_a_number_is_on_the_list_once_in_a_state_whoever_has_it_and_however_it_is_written(desk):
    LicenseFactory(kind="LADC", number="ab-301")
    answer = desk.post(reverse("people:add_license", args=[StaffFactory().pk]), LICENSE | {"number": "AB-301"})
    assert answer.status_code == 422
    assert "A license of that kind with this number is on the list for that time." in answer.content.decode()
    assert 'value="AB-301"' in answer.content.decode()
    desk.post(reverse("people:add_license", args=[StaffFactory().pk]), LICENSE | {"number": "AB-301", "state": "WI"})
    assert License.objects.count() == 2


def test_a_state_that_is_none_is_refused_by_the_database():
    with pytest.raises(RuleBroken, match=r"Choose the state it is valid in."):
        services_licenses.add_license(
            staff=StaffFactory(), kind="LADC", state="XX", number="1", issued_on=date(2020, 1, 1), by=StaffFactory()
        )


def test_people_who_left_get_no_license(desk):
    gone = StaffFactory(ended_at=timezone.now())
    assert desk.post(reverse("people:add_license", args=[gone.pk]), LICENSE).status_code == 403
    held = LicenseFactory(staff=gone, expires_on=date(2026, 1, 1))
    sent = on(date(2027, 1, 1), "renew-expires_on")
    assert desk.post(reverse("people:renew_license", args=[held.pk]), sent).status_code == 403


def test_below_masters_level_is_not_enough_to_lead():
    license = LicenseFactory(masters_level=False)
    assert not queries.licensed(license.staff, "MN", date(2026, 3, 11))
    assert queries.license_states([license.staff_id], date(2026, 3, 11)) == {}


def test_a_license_is_corrected_and_what_it_said_before_is_kept(desk, admin):
    license = LicenseFactory(number="310")
    answer = desk.post(reverse("people:correct_license", args=[license.pk]), LICENSE | {"number": "301"})
    license.refresh_from_db()
    assert (license.number, license.changed_by) == ("301", admin)
    page = desk.get(answer.url).content.decode()
    assert "number: 301, was 310" in page
    entry = history_of(license)[0]
    assert entry.by == admin.name


def test_a_renewal_without_a_gap_goes_on():
    before, after = date(2026, 3, 31), date(2028, 3, 31)
    license = LicenseFactory(expires_on=before)
    same = services_licenses.renew_license(license=license, expires_on=after, by=StaffFactory())
    assert same.pk == license.pk
    assert queries.licensed(license.staff, "MN", date(2027, 1, 1))
    today = timezone.localdate()
    assert history_of(license)[0].what == [f"valid until {day(after, today, 'en')}, was {day(before, today, 'en')}"]


def test_a_renewal_after_a_gap_leaves_the_gap():
    license = LicenseFactory(expires_on=date(2026, 3, 31))
    services_licenses.renew_license(
        license=license, expires_on=date(2028, 3, 31), from_on=date(2026, 4, 20), by=StaffFactory()
    )
    days = {date(2026, 3, 31): True, date(2026, 4, 1): False, date(2026, 4, 19): False, date(2026, 4, 20): True}
    assert {day: queries.licensed(license.staff, "MN", day) for day in days} == days


def test_a_renewal_makes_it_longer(desk):
    license = LicenseFactory(expires_on=date(2026, 3, 31))
    sent = on(date(2026, 3, 1), "renew-expires_on")
    answer = desk.post(reverse("people:renew_license", args=[license.pk]), sent)
    assert answer.status_code == 422
    assert answer.content.decode().count("Enter a day after the one it is valid until now.") == 2


def test_a_license_ends_before_its_time_with_a_reason(desk):
    license = LicenseFactory(expires_on=date(2028, 3, 31))
    url = reverse("people:end_license", args=[license.pk])
    last = on(date(2026, 3, 10), "end-last_on")
    assert "Write why it ends before its time." in desk.post(url, last).content.decode()
    desk.post(url, last | {"end-why": "Given back"})
    assert queries.licensed(license.staff, "MN", date(2026, 3, 10))
    assert not queries.licensed(license.staff, "MN", date(2026, 3, 11))
    assert "Given back" in desk.get(reverse("people:license", args=[license.pk])).content.decode()
    again = desk.post(reverse("people:renew_license", args=[license.pk]), on(date(2030, 1, 1), "renew-expires_on"))
    assert again.status_code == 403
    with pytest.raises(RuleBroken, match=r"This license was ended. Add the new one."):
        services_licenses.renew_license(license=license, expires_on=date(2030, 1, 1), by=license.staff)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2019, 12, 31), "A license cannot end before it begins."),
        (date(2028, 4, 1), "It is not valid that long."),
    ],
)
def test_an_end_lies_within_its_time(desk, day, sentence):
    license = LicenseFactory(expires_on=date(2028, 3, 31))
    sent = on(day, "end-last_on") | {"end-why": "Given back"}
    answer = desk.post(reverse("people:end_license", args=[license.pk]), sent)
    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) == 2


def test_the_history_of_a_license_cannot_be_changed():
    license = LicenseFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        License.pgh_event_model.objects.filter(pgh_obj_id=license.pk).update(number="other")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (b"", None),
        (b"%PDF-1.7 cut off", None),
        (PNG[:-4], None),
        (b"<html><script>alert(1)</script>%PDF-1.7 %%EOF", None),
        (b"PK\x03\x04 an archive %%EOF", None),
    ],
)
def test_a_document_is_what_its_content_says(content, kind):
    assert kind_of(content) == kind


def test_sizes_are_said_shortly():
    assert [size_said(10), size_said(348_000), size_said(7_549_747)] == ["1 kB", "340 kB", "7.2 MB"]


@pytest.mark.parametrize("content", [PDF, JPEG, PNG])
def test_a_certificate_is_kept_and_served_as_a_file_that_no_browser_shows(desk, content):
    license = LicenseFactory(state="MN")
    desk.post(reverse("people:add_document", args=[license.pk]), proof(content, "wrong name.html"))
    kept = license.documents.get()
    answer = desk.get(reverse("people:document", args=[kept.pk]))
    assert answer.content == content
    assert answer.headers["Content-Type"] == kind_of(content)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="license-MN-')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose the file."),
        (proof(b""), "This file is empty. Choose another one."),
        (proof(b"<script>alert(1)</script>"), "This is no whole PDF, JPEG or PNG file."),
        (proof(b"%PDF-" + bytes(LARGEST) + b"%%EOF"), "This file has 5.0 MB. Use one of at most 5 MB."),
        (proof(b"%PDF-" + bytes(3 * LARGEST) + b"%%EOF"), "This file has 15.0 MB. Use one of at most 5 MB."),
    ],
)
def test_a_file_that_we_do_not_keep_is_told_beside_its_field(desk, sent, sentence):
    for one in sent.values():
        one.seek(0)
    answer = desk.post(reverse("people:add_document", args=[LicenseFactory().pk]), sent)
    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) == 2
    assert not LicenseDocument.objects.exists()


def test_the_largest_file_is_kept(desk):
    content = b"%PDF-" + bytes(LARGEST - 10) + b"%%EOF"
    desk.post(reverse("people:add_document", args=[LicenseFactory().pk]), {"document-file": BytesIO(content)})
    assert LicenseDocument.objects.get().size == LARGEST


def test_a_license_has_ten_documents_at_most():
    first = document()
    for _ in range(9):
        services_licenses.add_document(license=first.license, content=PDF, by=first.added_by)
    with pytest.raises(RuleBroken, match=r"10 documents are here. Take one out first."):
        services_licenses.add_document(license=first.license, content=PDF, by=first.added_by)


def test_a_document_is_taken_out_and_never_changed(desk):
    kept = document()
    with pytest.raises(DatabaseError), transaction.atomic():
        LicenseDocument.objects.filter(pk=kept.pk).update(size=1)
    desk.post(reverse("people:take_document_out", args=[kept.pk]))
    assert not LicenseDocument.objects.exists()


def test_everyone_reads_their_own_licenses_and_changes_none(client):
    kept = document()
    owner, license = sign_in(client, kept.license.staff), kept.license
    assert owner.get(reverse("people:licenses", args=[license.staff_id])).status_code == 200
    page = owner.get(reverse("people:license", args=[license.pk])).content.decode()
    assert "A clinical director or an administrator writes down licenses." in page
    assert owner.get(reverse("people:document", args=[kept.pk])).content == PDF
    assert owner.post(reverse("people:end_license", args=[license.pk])).status_code == 403
    other = document()
    assert owner.get(reverse("people:license", args=[other.license_id])).status_code == 404
    assert owner.get(reverse("people:document", args=[other.pk])).status_code == 404


def test_the_page_of_a_license_says_what_is_wrong_today(desk, admin):
    today = timezone.localdate(timezone=ZoneInfo(admin.time_zone))
    over = LicenseFactory(expires_on=today - timedelta(days=1), state="WI")
    page = desk.get(reverse("people:license", args=[over.pk])).content.decode()
    assert "Groups this person leads cannot start with people in Wisconsin." in page
    soon = LicenseFactory(expires_on=today + timedelta(days=25))
    assert "25 days left" in desk.get(reverse("people:license", args=[soon.pk])).content.decode()
