"""Staff sign in: what opens, what does not, and what people read then."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from stepdown.people.tests.clients import one_time_code, sign_in, through_the_doors
from stepdown.people.tests.factories import PASSWORD, TOTP_SECRET, CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db
LOGIN = "/staff/sign-in/"


def try_password(client: Client, staff, password: str, **meta: str):
    return client.post(LOGIN, {"login": staff.account.email, "password": password}, **meta)


def test_password_and_code_lead_to_the_day(client):
    staff = StaffFactory()
    assert try_password(client, staff, PASSWORD).url == reverse("mfa_authenticate")
    answer = client.post(reverse("mfa_authenticate"), {"code": one_time_code()})
    assert (answer.status_code, answer.url) == (302, "/staff/")


def test_who_comes_in_leaves_a_line_in_the_log(client, capsys):
    staff = StaffFactory()
    try_password(client, staff, PASSWORD)
    assert "signed in" not in capsys.readouterr().out
    client.post(reverse("mfa_authenticate"), {"code": one_time_code()})
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "signed in" in line]
    assert f"account_id={staff.account_id}" in line
    assert "by=\"['password', 'totp']\"" in line
    assert "place=127.0.0.1" in line
    assert staff.account.email not in line


def test_tests_begin_with_the_session_that_the_doors_leave():
    staff = StaffFactory()
    doors, ours = through_the_doors(Client(), staff).session, sign_in(Client(), staff).session
    for session in (doors, ours):
        for record in session["account_authentication_methods"]:
            assert record.pop("at") > 0
    assert dict(doors) == dict(ours)


def test_one_comes_back_to_where_one_was_going(client):
    staff = StaffFactory()
    client.post(f"{LOGIN}?next=/staff/account/second-factor/", {"login": staff.account.email, "password": PASSWORD})
    assert client.post(reverse("mfa_authenticate"), {"code": one_time_code()}).url == "/staff/account/second-factor/"


def test_the_way_never_leads_off_the_site(client):
    staff = StaffFactory()
    client.post(f"{LOGIN}?next=https://example.invalid/", {"login": staff.account.email, "password": PASSWORD})
    assert client.post(reverse("mfa_authenticate"), {"code": one_time_code()}).url == "/staff/"


def test_an_address_may_be_typed_in_large_letters(client):
    staff = StaffFactory()
    answer = client.post(LOGIN, {"login": staff.account.email.upper(), "password": PASSWORD})
    assert answer.url == reverse("mfa_authenticate")


def test_a_wrong_password_and_an_unknown_address_read_the_same(client):
    wrong = try_password(client, StaffFactory(), "not this one")
    unknown = client.post(LOGIN, {"login": "nobody@example.com", "password": "not this one"})
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert "This e-mail address and password do not fit together. Check both." in wrong.content.decode()


def test_what_was_typed_is_kept_except_the_password(client):
    page = client.post(LOGIN, {"login": "ines@example.com", "password": "secret words"}).content.decode()
    assert 'value="ines@example.com"' in page
    assert "secret words" not in page


def test_fields_left_out_are_said_one_by_one(client):
    page = client.post(LOGIN, {"login": "", "password": ""}).content.decode()
    assert "Enter your e-mail address." in page
    assert "Enter your password." in page


def test_a_stranger_locks_nobody_else_out(client):
    staff = StaffFactory()
    for _ in range(6):
        refused = try_password(client, staff, "guess", REMOTE_ADDR="203.0.113.9")
    assert refused.status_code == 429
    assert "Wait 15 minutes, then try again." in refused.content.decode()
    assert try_password(client, staff, PASSWORD, REMOTE_ADDR="203.0.113.9").status_code == 429
    assert try_password(Client(), staff, PASSWORD, REMOTE_ADDR="198.51.100.7").url == reverse("mfa_authenticate")


def test_a_lock_out_of_one_account_leaves_a_colleague_at_the_same_address_alone(client):
    staff, colleague = StaffFactory(), StaffFactory()
    for _ in range(6):
        try_password(client, staff, "guess", REMOTE_ADDR="203.0.113.9")
    assert try_password(Client(), colleague, PASSWORD, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_a_lock_out_ends_by_itself(client, time_machine):
    staff = StaffFactory()
    time_machine.move_to("2026-03-11 12:00+00:00", tick=False)
    for _ in range(6):
        try_password(client, staff, "guess")
    time_machine.move_to("2026-03-11 12:15:01+00:00", tick=False)
    assert try_password(client, staff, PASSWORD).status_code == 302


def test_behind_our_proxy_the_address_of_the_visitor_counts(client, settings):
    settings.PROXIES = 1
    staff = StaffFactory()
    for _ in range(6):
        try_password(client, staff, "guess", HTTP_X_FORWARDED_FOR="203.0.113.9")
    answer = try_password(client, staff, PASSWORD, HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert answer.status_code == 302


def test_without_a_proxy_nobody_chooses_their_own_address(client, settings):
    settings.PROXIES = 0
    staff = StaffFactory()
    for number in range(6):
        answer = try_password(client, staff, "guess", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert answer.status_code == 429


def test_a_wrong_code_is_said_and_lets_nobody_in(client):
    try_password(client, StaffFactory(), PASSWORD)
    answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert answer.status_code == 422
    assert "This code does not fit." in answer.content.decode()
    assert client.get("/staff/").status_code == 302


def test_a_code_works_once(client):
    staff = StaffFactory()
    code = one_time_code()
    for who, status in ((client, 302), (Client(), 422)):
        try_password(who, staff, PASSWORD)
        assert who.post(reverse("mfa_authenticate"), {"code": code}).status_code == status


def test_codes_cannot_be_guessed_for_long(client):
    try_password(client, StaffFactory(), PASSWORD)
    for _ in range(6):
        answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Too many codes were wrong. Wait 5 minutes, then try again." in answer.content.decode()


def test_a_recovery_code_stands_in_for_the_phone_once(client):
    staff = StaffFactory()
    kind = Authenticator.Type.RECOVERY_CODES
    code = Authenticator.objects.get(user=staff.account, type=kind).wrap().get_unused_codes()[0]
    for who, status in ((client, 302), (Client(), 422)):
        try_password(who, staff, PASSWORD)
        assert who.post(reverse("mfa_authenticate"), {"code": code}).status_code == status


def test_the_secret_of_a_code_is_not_kept_as_it_is():
    staff = StaffFactory()
    stored = Authenticator.objects.get(user=staff.account, type=Authenticator.Type.TOTP).data["secret"]
    assert TOTP_SECRET not in stored


def test_a_closed_account_does_not_open(client):
    staff = StaffFactory()
    staff.account.is_active = False
    staff.account.save()
    assert try_password(client, staff, PASSWORD).url == reverse("account_inactive")
    assert client.get("/staff/").status_code == 302


def test_an_account_that_is_closed_meanwhile_opens_nothing_any_more(client):
    staff = StaffFactory()
    sign_in(client, staff)
    assert client.get("/staff/").url == reverse("desk:day")
    staff.account.is_active = False
    staff.account.save()
    assert client.get("/staff/").url.startswith(reverse("account_login"))


def test_who_has_a_second_step_is_not_sent_to_set_up_another_where_no_passkey_is_possible(client):
    sign_in(client, StaffFactory())
    page = client.get(reverse("mfa_add_webauthn")).content.decode()
    assert "Go on with the second step you have." in page
    assert reverse("mfa_activate_totp") not in page


def test_nobody_signs_up(client):
    for address in ("/staff/signup/", "/staff/sign-in/signup/", "/accounts/signup/"):
        assert client.get(address).status_code == 404


def test_signing_out_ends_it(client):
    through_the_doors(client, StaffFactory())
    client.post(reverse("account_logout"))
    assert client.get("/staff/").status_code == 302


def test_the_only_second_factor_stays(client):
    staff = StaffFactory()
    through_the_doors(client, staff)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer.status_code == 422
    assert "This is your only second factor." in answer.content.decode()
    assert Authenticator.objects.filter(user=staff.account, type=Authenticator.Type.TOTP).exists()


def test_the_only_passkey_stays(client):
    staff = StaffFactory()
    through_the_doors(client, staff)
    Authenticator.objects.filter(user=staff.account, type=Authenticator.Type.TOTP).delete()
    kind = Authenticator.Type.WEBAUTHN
    passkey = Authenticator.objects.create(user=staff.account, type=kind, data={"name": "Key", "credential": {}})
    answer = client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert answer.status_code == 403
    assert "This is your only second factor." in answer.content.decode()


def test_a_passkey_of_somebody_else_is_not_there(client):
    kind = Authenticator.Type.WEBAUTHN
    passkey = Authenticator.objects.create(user=StaffFactory().account, type=kind, data={"name": "K", "credential": {}})
    browser = through_the_doors(client, StaffFactory())
    assert browser.get(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code == 404


def test_the_password_is_asked_again_before_a_change_when_it_was_long_ago(client, time_machine):
    time_machine.move_to("2026-03-11 12:00+00:00", tick=False)
    through_the_doors(client, StaffFactory())
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    time_machine.move_to("2026-03-11 12:06+00:00", tick=False)
    answer = client.get(reverse("mfa_view_recovery_codes"))
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert client.post(answer.url, {"password": "not it"}).status_code == 422
    assert client.post(answer.url, {"password": PASSWORD}).url == reverse("mfa_view_recovery_codes")


def test_a_new_password_by_mail(client):
    CenterFactory()
    staff = StaffFactory()
    assert client.post(reverse("account_reset_password"), {"email": staff.account.email}).status_code == 302
    (letter,) = mail.outbox
    assert letter.subject == "Your account"
    assert "Stepdown" not in letter.body
    address = re.search(r"http://testserver(\S+)", letter.body)[1]
    page = client.get(address, follow=True)
    new = "another made-up sentence"
    answer = client.post(page.context["action_url"], {"password1": new, "password2": new})
    assert answer.url == reverse("account_reset_password_from_key_done")
    assert try_password(client, staff, PASSWORD).status_code == 422
    assert try_password(client, staff, new).status_code == 302
    assert "This link is used up" in Client().get(address, follow=True).content.decode()


def test_a_reset_does_not_tell_whether_an_address_has_an_account(client):
    known = client.post(reverse("account_reset_password"), {"email": StaffFactory().account.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.com"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("wrong", "another made-up sentence", "another made-up sentence", "This is not the password you have now."),
        (PASSWORD, "short", "short", "12"),
        (PASSWORD, "another made-up sentence", "another one entirely", "same password"),
    ],
)
def test_a_password_that_cannot_be_used_is_said(client, old, new, again, sentence):
    staff = StaffFactory()
    through_the_doors(client, staff)
    url = reverse("account_change_password")
    answer = client.post(url, {"oldpassword": old, "password1": new, "password2": again})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    staff.account.refresh_from_db()
    assert staff.account.check_password(PASSWORD)


def test_a_password_can_be_changed_and_the_session_stays(client):
    staff = StaffFactory()
    through_the_doors(client, staff)
    new = "another made-up sentence"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get(reverse("desk:day")).status_code == 200
    staff.account.refresh_from_db()
    assert staff.account.check_password(new)


def test_a_password_is_taken_as_it_was_typed(client):
    staff = StaffFactory()
    through_the_doors(client, staff)
    new = "  Four Words put together  by nobody else, " + "and then some more of them " * 4
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    for other in (new.strip(), new.lower(), new[:72]):
        assert try_password(Client(), staff, other).status_code == 422
    assert try_password(Client(), staff, new).status_code == 302


def test_answers_of_a_passkey_that_make_no_sense_are_refused(client):
    try_password(client, StaffFactory(), PASSWORD)
    for credential in ("", "{}", "no json", '{"id": 1}'):
        answer = client.post(reverse("mfa_authenticate"), {"credential": credential})
        assert answer.status_code == 422, credential
        assert Client().post(reverse("mfa_login_webauthn"), {"credential": credential}).url == LOGIN


def test_a_new_passkey_that_makes_no_sense_is_refused(client):
    through_the_doors(client, StaffFactory())
    for credential in ("", "{}", "no json", '{"id": 1}', "[]"):
        answer = client.post(reverse("mfa_add_webauthn"), {"name": "Key", "credential": credential})
        assert answer.status_code == 422, credential
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()
