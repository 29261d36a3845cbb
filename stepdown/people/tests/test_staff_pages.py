"""Administrators add colleagues and licenses, and end accounts."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.people import queries
from stepdown.people.homes import home_address_of
from stepdown.people.models import Account, HomeAddress, Role, Staff
from stepdown.people.services import FIRST_PASSWORD_LASTS
from stepdown.people.tests.clients import one_time_code, proved_long_ago, sign_in
from stepdown.people.tests.factories import PASSWORD, LicenseFactory, StaffFactory

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Marek Sample",
    "letters": "LPCC",
    "email": "Marek@example.com",
    "roles": ["counselor", "director"],
    "time_zone": "America/Denver",
    "password": PASSWORD,
}


@pytest.fixture
def admin() -> Staff:
    return StaffFactory(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def desk(client, admin) -> Client:
    return sign_in(client, admin)


def test_a_new_colleague_chooses_a_password_then_a_second_step_before_anything_else(desk):
    answer = desk.post(reverse("people:add"), NEW)
    staff = Staff.objects.get(name="Marek Sample")
    assert answer.url == reverse("people:staff", args=[staff.pk])
    assert (staff.roles, staff.time_zone, staff.signature) == (
        ["counselor", "director"],
        "America/Denver",
        "Marek Sample, LPCC",
    )
    other = Client()
    other.post(reverse("account_login"), {"login": "marek@example.com", "password": PASSWORD})
    choose = reverse("account_change_password")
    for page in ("/staff/", reverse("mfa_index"), reverse("mfa_activate_totp")):
        assert other.get(page).url == choose
    assert "The first one was chosen for you." in other.get(choose).content.decode()
    own = {"oldpassword": PASSWORD, "password1": "words of my own alone", "password2": "words of my own alone"}
    same = other.post(choose, own | {"password1": PASSWORD, "password2": PASSWORD})
    assert same.status_code == 422
    assert "This is the password you have now. Choose another one." in same.content.decode()
    assert other.get("/staff/").url == choose
    assert other.post(choose, own).url == reverse("mfa_index")
    assert other.get("/staff/").url == reverse("mfa_index"), "then the second step"


def test_a_first_password_may_also_be_replaced_by_mail(desk, mailoutbox):
    desk.post(reverse("people:add"), NEW)
    other = Client()
    other.post(reverse("account_reset_password"), {"email": "marek@example.com"})
    link = re.search(r"http://[^/]+(/\S+)", mailoutbox[0].body)[1]
    page = other.get(link)
    other.post(page.url, {"password1": "words of my own alone", "password2": "words of my own alone"})
    assert not Staff.objects.get(name="Marek Sample").account.password_is_first


def test_a_first_password_opens_for_a_week_and_then_a_link_by_mail_does(desk, mailoutbox):
    desk.post(reverse("people:add"), NEW)
    account = Account.objects.get(email="marek@example.com")
    assert timedelta(0) < account.password_until - timezone.now() <= FIRST_PASSWORD_LASTS
    Account.objects.filter(pk=account.pk).update(password_until=timezone.now())
    late = Client().post(reverse("account_login"), {"login": "marek@example.com", "password": PASSWORD})
    assert late.status_code == 422
    Client().post(reverse("account_reset_password"), {"email": "marek@example.com"})
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Enter the name of the person."),
        ("email", "marek", "Enter an e-mail address"),
        ("roles", [], "Choose at least one role."),
        ("roles", ["owner"], "Choose"),
        ("time_zone", "Mars/Base", "Choose"),
        ("password", "short", "12"),
    ],
)
def test_what_is_wrong_is_said_what_was_typed_is_kept_and_nobody_is_added(desk, field, value, sentence):
    answer = desk.post(reverse("people:add"), NEW | {field: value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="LPCC"' in answer.content.decode()
    assert Staff.objects.count() == 1


def test_an_address_has_one_account_in_any_letters(desk):
    desk.post(reverse("people:add"), NEW)
    answer = desk.post(reverse("people:add"), NEW | {"email": "MAREK@example.com"})
    assert answer.status_code == 422
    assert "Someone has an account with this e-mail address. Use another one." in answer.content.decode()
    assert Staff.objects.count() == 2


HOME = {"address_line": "7 Sample Lane, Apt 2", "postal_code": "55401"}


def test_where_a_colleague_lives_is_written_down_changed_and_taken_out(desk, admin):
    desk.post(reverse("people:add"), NEW | HOME)
    marek = Staff.objects.get(name="Marek Sample")
    page = desk.get(reverse("people:staff", args=[marek.pk])).content.decode()
    assert "7 Sample Lane, Apt 2, 55401" in page
    address = reverse("people:contact", args=[marek.pk])
    form = desk.get(address).content.decode()
    assert "to notice when somebody opens the record of a person of their own household" in form
    assert 'value="55401"' in form
    desk.post(address, HOME | {"postal_code": "55402"})
    assert str(home_address_of(marek, admin)) == "7 Sample Lane, Apt 2, 55402"
    desk.post(address, {"phone": "", "address_line": "", "postal_code": ""})
    assert home_address_of(marek, admin) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_homeaddress")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("left_out", "sentence"), [("postal_code", "Enter the ZIP code too"), ("address_line", "Enter the street too")]
)
def test_half_an_address_is_asked_for_the_other_half_and_kept_in_its_field(desk, left_out, sentence):
    for address in (reverse("people:add"), reverse("people:contact", args=[StaffFactory().pk])):
        answer = desk.post(address, NEW | HOME | {left_out: ""})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert all(f'value="{said}"' in answer.content.decode() for name, said in HOME.items() if name != left_out)
    assert not HomeAddress.objects.exists()


def test_nobody_but_administrators_and_its_owner_reads_where_somebody_lives(desk):
    owner = StaffFactory()
    desk.post(reverse("people:contact", args=[owner.pk]), HOME)
    others = [StaffFactory(), *(StaffFactory(roles=[role]) for role in Role if role != Role.ADMINISTRATOR)]
    assert [home_address_of(owner, each) for each in others] == [None] * len(others)
    assert HOME["address_line"] in sign_in(Client(), owner).get(reverse("mfa_index")).content.decode()
    director = sign_in(Client(), StaffFactory(roles=[Role.DIRECTOR]))
    for name in ("people:licenses", "people:supervision"):
        assert HOME["address_line"] not in director.get(reverse(name, args=[owner.pk])).content.decode()
    Staff.objects.filter(pk=owner.pk).update(ended_at=timezone.now())
    assert desk.post(reverse("people:contact", args=[owner.pk]), HOME).status_code == 403


def test_the_phone_of_a_colleague_is_written_down_read_by_its_owner_and_taken_out(desk):
    owner = StaffFactory()
    address = reverse("people:contact", args=[owner.pk])
    wrong = desk.post(address, {"phone": "612 555"})
    assert wrong.status_code == 422
    assert 'value="612 555"' in wrong.content.decode()
    desk.post(address, {"phone": "612 555 0143"})
    owner.refresh_from_db()
    assert owner.phone == "+16125550143"
    for page in (
        desk.get(reverse("people:staff", args=[owner.pk])),
        sign_in(Client(), owner).get(reverse("mfa_index")),
    ):
        assert "(612) 555-0143" in page.content.decode()
    assert 'value="(612) 555-0143"' in desk.get(address).content.decode()
    desk.post(address, {"phone": ""})
    owner.refresh_from_db()
    assert owner.phone == ""


def test_who_has_not_proved_lately_who_they_are_changes_a_phone_with_a_code_alone(desk, admin):
    owner = StaffFactory()
    address = reverse("people:contact", args=[owner.pk])
    proved_long_ago(desk)
    answer = desk.post(address, {"phone": "612 555 0143"})
    assert answer.status_code == 422
    assert "Enter the code that your app shows." in answer.content.decode()
    owner.refresh_from_db()
    assert owner.phone == ""
    assert desk.post(address, {"phone": "612 555 0143", "code": one_time_code()}).status_code == 302
    owner.refresh_from_db()
    assert owner.phone == "+16125550143"


def test_where_somebody_lives_lies_sealed(desk):
    desk.post(reverse("people:contact", args=[StaffFactory().pk]), HOME)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address_line || postal_code FROM people_homeaddress")
        (lies,) = cursor.fetchone()
    assert "Sample" not in lies
    assert HOME["postal_code"] not in lies


def test_ending_an_account_ends_every_session_at_once(desk):
    leaving = StaffFactory()
    browser = sign_in(Client(), leaving)
    desk.post(reverse("people:end", args=[leaving.pk]))
    assert browser.get("/staff/").status_code == 302
    answer = Client().post(reverse("account_login"), {"login": leaving.account.email, "password": PASSWORD})
    assert answer.url == reverse("account_inactive")
    leaving.refresh_from_db()
    assert leaving.ended_at
    assert "Worked here" in desk.get(reverse("people:people")).content.decode()


def test_nobody_ends_their_own_account(desk, admin):
    answer = desk.post(reverse("people:end", args=[admin.pk]))
    assert answer.status_code == 403
    assert "Ask another administrator." in answer.content.decode()
    assert "Ask another administrator." in desk.get(reverse("people:staff", args=[admin.pk])).content.decode()


def test_an_account_ends_once(desk):
    gone = StaffFactory(ended_at=timezone.now())
    assert desk.post(reverse("people:end", args=[gone.pk])).status_code == 403


def test_a_license_counts_from_its_first_to_its_last_day():
    license = LicenseFactory(issued_on=date(2025, 1, 1), expires_on=date(2026, 12, 31))
    days = {date(2024, 12, 31): False, date(2025, 1, 1): True, date(2026, 12, 31): True, date(2027, 1, 1): False}
    assert {day: queries.licensed(license.staff, "MN", day) for day in days} == days


def test_the_states_of_many_people_take_one_query(django_assert_num_queries):
    one, two, none = LicenseFactory(state="MN").staff, LicenseFactory(state="WI").staff, StaffFactory()
    LicenseFactory(staff=one, state="IA")
    with django_assert_num_queries(1):
        states = queries.license_states([one.pk, two.pk, none.pk], date(2026, 3, 11))
    assert states == {one.pk: {"MN", "IA"}, two.pk: {"WI"}}


def test_a_license_that_runs_out_soon_stands_first(desk):
    LicenseFactory(staff__name="Ann Sample")
    LicenseFactory(staff__name="Zoe Sample", expires_on=timezone.localdate() + timedelta(days=30))
    names = [line.person.name for line in queries.staff_list()["current"]]
    assert names.index("Zoe Sample") < names.index("Ann Sample")
    assert desk.get(reverse("people:people")).status_code == 200
