"""Who has lost their second factor: an administrator makes sure who they are, and nobody else gets in by that."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.outreach.models import Message
from stepdown.people.models import Account, Role, SecondFactorReset
from stepdown.people.services_reset import OPENS_FOR, reset_second_factor
from stepdown.people.tests.clients import proved_long_ago, sign_in
from stepdown.people.tests.factories import PASSWORD, StaffFactory

pytestmark = pytest.mark.django_db
SAID = {"how": "in_person", "words": "The phone fell into a lake. She came to the office."}


@pytest.fixture
def administrator():
    return StaffFactory(roles=[Role.ADMINISTRATOR])


def page_of(staff):
    return reverse("people:reset_second_factor", args=[staff.pk])


def enters(staff, password):
    cache.clear()
    client = Client()
    client.post(reverse("account_login"), {"login": staff.account.email, "password": password})
    return client


def passes(client):
    """The password was right: the second step is asked for."""
    return client.get(reverse("mfa_authenticate")).status_code == 200


def is_in(client):
    return "_auth_user_id" in client.session


def test_the_password_that_is_handed_over_leads_to_a_new_password_and_a_new_factor_alone(client, administrator):
    staff = StaffFactory()
    answer = sign_in(client, administrator).post(page_of(staff), SAID)
    password = answer.context["password"]
    assert password in answer.content.decode()
    assert not Authenticator.objects.filter(user=staff.account).exists()
    theirs = enters(staff, password)
    assert is_in(theirs)
    assert theirs.get(reverse("desk:day")).url == reverse("account_change_password")
    own = {"oldpassword": password, "password1": "quietly-chosen-words", "password2": "quietly-chosen-words"}
    assert theirs.post(reverse("account_change_password"), own).status_code == 302
    assert theirs.get(reverse("desk:day")).url == reverse("mfa_index")
    assert Account.objects.get(pk=staff.account_id).password_until is None
    assert is_in(enters(staff, "quietly-chosen-words"))


def test_what_they_had_before_opens_nothing_any_more(administrator):
    staff = StaffFactory()
    there = sign_in(Client(), staff)
    UserSession.objects.create(
        user=staff.account, ip="198.51.100.7", user_agent="", session_key=there.session.session_key
    )
    reset_second_factor(staff=staff, by=administrator, **SAID)
    assert there.get("/staff/").url.startswith(reverse("account_login"))
    assert not is_in(enters(staff, PASSWORD))


def test_whoever_runs_the_machine_gives_a_password_to_somebody_who_only_came_by_the_directory(monkeypatch):
    """docs/operations.md, when the directory is off and nobody else can sign in."""
    staff = StaffFactory()
    staff.account.set_unusable_password()
    staff.account.save()
    monkeypatch.setattr("getpass.getpass", lambda **_: "quietly-chosen-words")
    call_command("changepassword", staff.account.email, stdout=StringIO())
    assert passes(enters(staff, "quietly-chosen-words"))


def test_a_password_given_on_the_machine_keeps_the_rules_of_all_passwords(monkeypatch):
    staff = StaffFactory()
    monkeypatch.setattr("getpass.getpass", lambda **_: "short")
    with pytest.raises(CommandError):
        call_command("changepassword", staff.account.email, stdout=StringIO(), stderr=StringIO())
    assert passes(enters(staff, PASSWORD))


def test_after_a_day_it_opens_nothing(administrator):
    staff = StaffFactory()
    password = reset_second_factor(staff=staff, by=administrator, **SAID)
    until = Account.objects.get(pk=staff.account_id).password_until
    assert timedelta(0) < until - timezone.now() <= OPENS_FOR
    Account.objects.filter(pk=staff.account_id).update(password_until=timezone.now())
    assert not is_in(enters(staff, password))


def test_a_link_by_mail_is_no_way_around_it(client, administrator):
    staff = StaffFactory()
    reset_second_factor(staff=staff, by=administrator, **SAID)
    cache.clear()
    client.post(reverse("account_reset_password"), {"email": staff.account.email})
    assert mail.outbox == []


def test_nobody_resets_their_own(client, administrator):
    assert sign_in(client, administrator).post(page_of(administrator), SAID).status_code == 403
    with pytest.raises(DatabaseError), transaction.atomic():
        SecondFactorReset.objects.create(staff=administrator, by=administrator, **SAID)


def test_it_asks_who_the_administrator_is_and_how_they_made_sure(client, administrator):
    staff = StaffFactory()
    sign_in(client, administrator)
    assert client.post(page_of(staff), {"how": "in_person"}).status_code == 422
    proved_long_ago(client)
    assert client.post(page_of(staff), SAID).status_code == 422
    assert Authenticator.objects.filter(user=staff.account).exists()


def test_the_person_is_told_by_mail_and_it_is_kept(client, administrator):
    staff = StaffFactory()
    reset_second_factor(staff=staff, by=administrator, **SAID)
    message = Message.objects.get(staff=staff)
    assert (message.kind, message.channel) == (Message.Kind.SIGN_IN_RESET, Message.Channel.EMAIL)
    shown = sign_in(client, administrator).get(reverse("people:staff", args=[staff.pk])).content.decode()
    assert "The phone fell into a lake" in shown
    with pytest.raises(DatabaseError), transaction.atomic():
        SecondFactorReset.objects.all().delete()


def test_who_signs_in_by_the_directory_gets_no_password_beside_it(client, administrator, settings):
    staff = StaffFactory()
    staff.account.set_unusable_password()
    staff.account.save()
    settings.DIRECTORY_URL, settings.DIRECTORY_NAME = "https://directory.example.com/o", "Example Health"
    page = sign_in(client, administrator).post(page_of(staff), SAID).content.decode()
    assert "They sign in by Example Health as before" in page
    assert "Tell them this password" not in page
    account = Account.objects.get(pk=staff.account_id)
    assert not account.has_usable_password()
    assert account.password_until is None
    assert not Authenticator.objects.filter(user=account).exists()
