"""Where somebody is signed in, and signing out from elsewhere."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.urls import reverse

from stepdown.people import endings, services
from stepdown.people.domain.browsers import browser_and_machine
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in, through_the_doors
from stepdown.people.tests.factories import PASSWORD, StaffFactory

pytestmark = pytest.mark.django_db
PAGE = "/staff/account/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
    "Mobile/15E148 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Edg/140"


@pytest.mark.parametrize(
    ("says", "is_"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (PHONE, ("Safari", "iPhone")),
        (EDGE, ("Edge", "Windows")),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0 Safari/537.36", ("Chrome", "Linux")),
        ("curl/8", ("", "")),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(says, is_):
    assert browser_and_machine(says) == is_


def two_browsers(staff):
    here = through_the_doors(Client(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.9"), staff)
    session = sign_in(Client(HTTP_USER_AGENT=PHONE, REMOTE_ADDR="198.51.100.7"), staff)
    session.session_key_there = session.cookies[settings.SESSION_COOKIE_NAME].value
    UserSession.objects.create(
        user=staff.account, ip="198.51.100.7", user_agent=PHONE, session_key=session.session_key_there
    )
    return here, session


def test_one_sees_where_one_is_signed_in():
    here, _there = two_browsers(StaffFactory())
    page = here.get(PAGE).content.decode()
    for words in ("Firefox on Windows", "203.0.113.9", "this one", "Safari on iPhone", "198.51.100.7"):
        assert words in page


def test_one_signs_out_elsewhere_and_stays_here():
    here, there = two_browsers(StaffFactory())
    assert there.get("/staff/", follow=True).status_code == 200
    number = UserSession.objects.get(session_key=there.session_key_there).pk
    here.post(PAGE, {"session": number})
    assert there.get("/staff/").url.startswith(reverse("account_login"))
    assert here.get(PAGE).status_code == 200


def test_one_signs_out_everywhere_else_at_once():
    here, there = two_browsers(StaffFactory())
    assert here.post(PAGE).url == PAGE
    assert there.get("/staff/").url.startswith(reverse("account_login"))
    assert here.get(PAGE).status_code == 200


def test_a_session_of_somebody_else_is_not_ended():
    here = through_the_doors(Client(), StaffFactory())
    _theirs, there = two_browsers(StaffFactory())
    here.post(PAGE, {"session": UserSession.objects.get(session_key=there.session_key_there).pk})
    assert there.get(PAGE).status_code == 200


def test_a_new_password_ends_the_sessions_elsewhere():
    staff = StaffFactory()
    here, there = two_browsers(staff)
    new = "another made-up sentence"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert there.get("/staff/").url.startswith(reverse("account_login"))
    assert "198.51.100.7" not in here.get(PAGE).content.decode()


def test_an_administrator_signs_a_colleague_out_everywhere():
    staff = StaffFactory()
    here, there = two_browsers(staff)
    admin = sign_in(Client(), StaffFactory(roles=[Role.ADMINISTRATOR]))
    assert "Signed in in 2 browsers" in admin.get(reverse("people:staff", args=[staff.pk])).content.decode()
    admin.post(reverse("people:sign_out", args=[staff.pk]))
    for browser in (here, there):
        assert browser.get("/staff/").url.startswith(reverse("account_login"))


def test_who_leaves_is_signed_out_everywhere():
    staff = StaffFactory()
    two_browsers(staff)
    services.end_staff(staff=staff, by=StaffFactory())
    assert not UserSession.objects.filter(user=staff.account).exists()


def number_of(browser):
    return UserSession.objects.get(session_key=browser.cookies[settings.SESSION_COOKIE_NAME].value).pk


@pytest.fixture
def told(monkeypatch):
    """Marks of the browsers that later stages were told of as signed out."""
    marks = []
    monkeypatch.setattr(endings, "_listeners", [marks.append])
    return marks


def test_later_stages_are_told_of_each_browser_that_is_signed_out(told):
    staff = StaffFactory()
    here, there = two_browsers(staff)
    here_is, there_is = number_of(here), number_of(there)

    here.post(PAGE, {"session": there_is})
    here.post(reverse("account_logout"))

    assert told == [f"session:{there_is}", f"session:{here_is}"]


def test_a_new_password_ends_the_other_browsers_and_not_this_one(told):
    staff = StaffFactory()
    here, there = two_browsers(staff)
    there_is, new = number_of(there), "another made-up sentence"

    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "x", "password2": "y"})
    assert told == []
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert told == [f"session:{there_is}"]


def test_a_session_in_use_says_when_and_from_where(time_machine):
    time_machine.move_to("2026-03-11 12:00+00:00", tick=False)
    staff = StaffFactory()
    here = through_the_doors(Client(REMOTE_ADDR="203.0.113.9"), staff)
    time_machine.move_to("2026-03-11 12:05+00:00", tick=False)
    here.get(PAGE, REMOTE_ADDR="203.0.113.10")
    row = UserSession.objects.get(user=staff.account)
    assert (row.ip, row.last_seen_at.minute) == ("203.0.113.10", 5)
