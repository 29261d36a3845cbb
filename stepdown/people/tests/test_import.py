"""Colleagues come in from a table together: looked at first, mended in place, all or none."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from stepdown.people.domain.staff_table import MOST, Unreadable, rows_of
from stepdown.people.models import Account, HomeAddress, Role, Staff
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory

PAGE = "/staff/people/import/"
TABLE = """Name,Letters,Email,Roles,Time zone
Marek Sample,LPCC,Marek@example.com,Counselor; clinical director,Mountain
Noor Sample,,noor@example.com,biller,
"""


def test_columns_are_told_by_their_headings_in_any_order():
    ((line, cells),) = rows_of("\r\ne-mail;Roles;NAME\r\nmarek@example.com;counselor;Marek\r\n")
    assert (line, cells["name"], cells["email"], cells["letters"]) == (3, "Marek", "marek@example.com", "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no row in it."),
        ("name,email\nMarek,marek@example.com", "no column “roles”"),
        ("name,email,roles\n" + "x,y,z\n" * (MOST + 1), "rows. Bring in"),
        ('name,email,roles\n"' + "x" * 200_000, "not a table that can be read"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(text, says):
    with pytest.raises(Unreadable, match=says):
        rows_of(text)


@pytest.fixture
def desk(db) -> Client:
    CenterFactory()
    return sign_in(Client(), StaffFactory(roles=[Role.ADMINISTRATOR]))


def test_nothing_is_added_by_looking(desk):
    page = desk.post(PAGE, {"file": SimpleUploadedFile("staff.csv", TABLE.encode("utf-8-sig")), "act": "look"})
    assert page.status_code == 200
    words = page.content.decode()
    assert "Add 2 colleagues" in words
    assert "Counselor, Clinical director" in words
    assert not Account.objects.filter(email="marek@example.com").exists()


def test_all_are_added_and_set_their_own_password(desk):
    assert desk.post(PAGE, {"rows": TABLE, "act": "add"}).url == reverse("people:people")
    marek = Staff.objects.get(name="Marek Sample")
    assert (marek.roles, marek.time_zone, marek.account.email) == (
        ["counselor", "director"],
        "America/Denver",
        "marek@example.com",
    )
    assert not marek.account.has_usable_password()
    stranger = Client()
    stranger.post(reverse("account_reset_password"), {"email": "marek@example.com"})
    address = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    page = stranger.get(address, follow=True)
    new = "another made-up sentence"
    stranger.post(page.context["action_url"], {"password1": new, "password2": new})
    stranger.post(reverse("account_login"), {"login": "marek@example.com", "password": new})
    assert stranger.get("/staff/").url == reverse("mfa_index"), "then the second step"


def test_where_somebody_lives_may_stand_in_columns_of_its_own(desk):
    heading = "name,email,roles,street,ZIP\n"
    answer = desk.post(PAGE, {"rows": heading + "Lou Sample,lou@example.com,biller,7 Sample Lane,1234\n", "act": "add"})
    assert answer.status_code == 422
    assert "Enter a ZIP code with 5 digits" in answer.content.decode()
    rows = heading + "Lou Sample,lou@example.com,biller,7 Sample Lane,55401\nRemy Sample,remy@example.com,biller,,\n"
    desk.post(PAGE, {"rows": rows, "act": "add"})
    assert [(str(home), home.staff.name) for home in HomeAddress.objects.all()] == [
        ("7 Sample Lane, 55401", "Lou Sample")
    ]
    assert Staff.objects.filter(name="Remy Sample").exists()


def test_a_phone_may_stand_in_a_column_of_its_own(desk):
    heading = "name,email,roles,mobile\n"
    answer = desk.post(PAGE, {"rows": heading + "Lou Sample,lou@example.com,biller,555-0143\n", "act": "add"})
    assert "Enter a phone number with 10 digits. This one has 7." in answer.content.decode()
    rows = heading + "Lou Sample,lou@example.com,biller,(612) 555-0143\nRemy Sample,remy@example.com,biller,\n"
    desk.post(PAGE, {"rows": rows, "act": "add"})
    assert [one.phone for one in Staff.objects.filter(name__endswith=" Sample").order_by("name")] == [
        "+16125550143",
        "",
    ]


def test_what_is_wrong_stands_in_its_row_and_keeps_all_out(desk):
    rows = TABLE + "Lou Sample,,no address,juggler,\nRemy Sample,,noor@example.com,counselor,Moon\n"
    answer = desk.post(PAGE, {"rows": rows, "act": "add"})
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "2 rows are to be mended." in words
    assert "Enter an e-mail address, for example name@example.com." in words
    assert "No role is called “juggler”. Roles: Admissions counselor," in words
    assert "No time zone is called “Moon”. Zones: Eastern," in words
    assert "This e-mail address stands in a row above." in words
    assert "Lou Sample,,no address,juggler," in words, "it can be mended in place"
    assert not Account.objects.filter(email="noor@example.com").exists()


def test_who_has_an_account_stays_as_they_are(desk):
    known = StaffFactory(email="noor@example.com", name="Noor Before")
    desk.post(PAGE, {"rows": TABLE, "act": "add"})
    known.refresh_from_db()
    assert known.name == "Noor Before"
    assert Staff.objects.filter(name="Marek Sample").exists()


def test_a_file_that_is_no_text_is_refused(desk):
    answer = desk.post(PAGE, {"file": SimpleUploadedFile("staff.xlsx", b"PK\x03\x04\xff\xfe")})
    assert answer.status_code == 422
    assert "This file is not text." in answer.content.decode()
