"""Staff sign in by their own directory: a real OpenID provider, django-oauth-toolkit, on this machine."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
import requests
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stepdown.config.directory import providers
from stepdown.people.directory import DirectoryAdapter
from stepdown.people.models import Account
from stepdown.people.tests.clients import one_time_code
from stepdown.people.tests.factories import PASSWORD, CenterFactory, StaffFactory
from stepdown.privacy.tests.factories import agreed_with
from tests.copies import ROOT, free_port
from tests.fakes.directory import CLIENT, SECRET

pytestmark = pytest.mark.django_db
BACK = "http://testserver/staff/sign-in/directory/back/"


@pytest.fixture(scope="module")
def directory(tmp_path_factory) -> Iterator[str]:
    """The address of the running directory."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "tests.fakes.directory",
        str(tmp_path_factory.mktemp("directory")),
        str(port),
        BACK,
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture(autouse=True)
def named(directory, settings):
    cache.clear()
    CenterFactory()
    settings.DIRECTORY_URL, settings.DIRECTORY_NAME = f"{directory}/o", "Example Health"
    settings.SOCIALACCOUNT_PROVIDERS = providers(settings.DIRECTORY_URL, "Example Health", CLIENT, SECRET)


def through(directory: str, client: Client, email: str, nonce: str | None = None, **sent: str):
    """As the browser goes: to the directory, in there, and back. Returns the answer to coming back. nonce: what the
    directory is given instead of ours."""
    away = client.post(reverse("directory_sign_in"), sent)
    assert away.status_code == 302
    assert away.url.startswith(directory)
    browser = requests.Session()
    browser.get(f"{directory}/enter/", params={"email": email}, timeout=10)
    url = away.url if nonce is None else re.sub(r"nonce=[^&]+", f"nonce={nonce}", away.url)
    back = browser.get(url, allow_redirects=False, timeout=10).headers["Location"]
    assert back.startswith(BACK)
    return client.get(f"{urlsplit(back).path}?{urlsplit(back).query}")


def test_the_sign_in_page_offers_it(client):
    assert "Sign in with Example Health" in client.get(reverse("account_login")).content.decode()


def test_the_directory_says_who_it_is_and_our_second_factor_stays(client, directory):
    StaffFactory(email="ines@example.com")
    assert through(directory, client, "ines@example.com", next="/staff/licenses/").url == reverse("mfa_authenticate")
    assert client.get("/staff/").status_code == 302, "not in yet"
    assert client.post(reverse("mfa_authenticate"), {"code": one_time_code()}).url == "/staff/licenses/"


def test_from_then_on_there_is_no_password_here(client, directory):
    staff = StaffFactory(email="ines@example.com")
    Account.objects.filter(pk=staff.account_id).update(password_is_first=True)
    through(directory, client, "ines@example.com")
    client.post(reverse("mfa_authenticate"), {"code": one_time_code()})
    assert client.get("/staff/", follow=True).status_code == 200, "nobody is asked to choose a password"
    assert client.get(reverse("account_change_password")).url == reverse("mfa_index")
    other = Client().post(reverse("account_login"), {"login": "ines@example.com", "password": PASSWORD})
    assert other.status_code == 422


def test_who_has_no_password_here_proves_by_a_code(client, directory):
    StaffFactory(email="ines@example.com")
    through(directory, client, "ines@example.com")
    client.post(reverse("mfa_authenticate"), {"code": one_time_code()})
    page = reverse("account_reauthenticate")
    assert "Six digits from your app" in client.get(page).content.decode()
    assert client.post(page, {"password": "000000", "next": "/staff/"}).status_code == 422
    next_code = one_time_code(at=time.time() + 30)
    assert client.post(page, {"password": next_code, "next": "/staff/"}).url == "/staff/"


def test_who_does_not_work_here_stays_out(client, directory):
    answer = through(directory, client, "stranger@example.com")
    assert answer.url == reverse("account_login")
    assert "Nobody works here with the e-mail address" in client.get(answer.url).content.decode()
    assert not Account.objects.filter(email="stranger@example.com").exists()


def test_who_has_left_stays_out(client, directory):
    staff = StaffFactory(email="ines@example.com")
    Account.objects.filter(pk=staff.account_id).update(is_active=False)
    assert client.get(through(directory, client, "ines@example.com").url).status_code == 200
    assert client.get("/staff/").status_code == 302


def test_an_answer_that_nobody_asked_for_opens_nothing(client):
    answer = client.get(BACK, {"code": "made-up", "state": "made-up"})
    assert answer.url == reverse("account_login")
    assert client.get("/staff/").status_code == 302


@pytest.mark.parametrize("nonce", ["", "that-of-another-question"])
def test_an_answer_to_another_question_opens_nothing(client, directory, nonce):
    """Somebody else's answer, put in front of this browser."""
    StaffFactory(email="ines@example.com")
    assert through(directory, client, "ines@example.com", nonce=nonce).url == reverse("account_login")
    assert "Your directory did not let you in." in client.get(reverse("account_login")).content.decode()
    assert through(directory, client, "ines@example.com").url == reverse("mfa_authenticate")


def test_a_directory_that_names_itself_otherwise_is_not_asked_further(client, directory, settings):
    settings.DIRECTORY_URL = f"{directory.replace('127.0.0.1', 'localhost')}/o"
    settings.SOCIALACCOUNT_PROVIDERS = providers(settings.DIRECTORY_URL, "Example Health", CLIENT, SECRET)
    answer = client.post(reverse("directory_sign_in"))
    assert answer.url == reverse("account_login")
    assert "calls itself by another address" in client.get(answer.url).content.decode()


def test_a_directory_that_is_down_is_said(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = providers(f"http://127.0.0.1:{free_port()}/o", "Example Health", CLIENT, SECRET)
    answer = client.post(reverse("directory_sign_in"))
    assert "Your directory does not answer." in client.get(answer.url).content.decode()


def test_a_directory_of_somebody_else_is_off_until_an_agreement_covers_it(client, settings):
    """RULE PRIV-24."""
    settings.DIRECTORY_URL = "https://directory.example.com/o"
    page = client.get(reverse("account_login")).content.decode()
    assert "Signing in with Example Health is off" in page
    assert reverse("directory_sign_in") not in page
    assert client.post(reverse("directory_sign_in")).status_code == 404
    assert client.get(BACK, {"code": "made-up", "state": "made-up"}).status_code == 404
    agreed_with("directory")
    page = client.get(reverse("account_login")).content.decode()
    assert "Sign in with Example Health" in page
    assert "is off" not in page
    assert client.get(BACK, {"code": "made-up", "state": "made-up"}).status_code == 302


def test_while_it_is_off_who_came_by_it_sets_a_password_by_mail(client, directory, settings):
    staff = StaffFactory(email="ines@example.com")
    through(directory, client, "ines@example.com")
    settings.DIRECTORY_URL = "https://directory.example.com/o"
    Client().post(reverse("account_reset_password"), {"email": "ines@example.com"})
    (letter,) = mail.outbox
    assert letter.to == [staff.account.email]
    assert reverse("account_reset_password") in letter.body


def test_we_follow_the_directory_nowhere_else(directory):
    """Its own page of signing in is such a way on: to who is not in yet, it says where to go."""
    away = f"{directory}/o/authorize/?{urlencode({'client_id': CLIENT, 'response_type': 'code', 'redirect_uri': BACK})}"
    assert requests.get(away, allow_redirects=False, timeout=10).is_redirect
    with pytest.raises(requests.TooManyRedirects):
        DirectoryAdapter().get_requests_session().get(away)
