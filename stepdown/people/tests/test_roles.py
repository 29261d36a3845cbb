"""Administrators change what a colleague may do, and open the account of who left again. RULE PRIV-33."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Account, Role, Staff
from stepdown.people.services import change_roles, end_staff
from stepdown.people.services_reset import open_again
from stepdown.people.tests.clients import one_time_code, proved_long_ago, sign_in, through_the_doors
from stepdown.people.tests.factories import PASSWORD, StaffFactory
from stepdown.people.tests.test_staff_pages import NEW

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Staff:
    return StaffFactory(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def desk(client, admin) -> Client:
    return sign_in(client, admin)


def roles_of(person):
    return reverse("people:roles", args=[person.pk])


def said(person, **changed):
    return {"name": person.name, "letters": person.letters, "roles": person.roles} | changed


def fresh(person):
    return Staff.objects.get(pk=person.pk)


def test_a_role_that_is_taken_is_gone_at_once_with_every_session(desk, admin):
    """RULE PRIV-33; 45 CFR 164.308(a)(4)(ii)(C)."""
    person = StaffFactory(roles=[Role.COUNSELOR, Role.PRIVACY])
    theirs = through_the_doors(Client(), person)
    assert theirs.get(reverse("privacy:looks")).status_code == 200
    page = desk.get(roles_of(person)).content.decode()
    assert page.count(" checked") == 2
    answer = desk.post(roles_of(person), said(person, roles=["counselor"], name="Mara Sample", letters="LADC"))
    assert answer.url == reverse("people:staff", args=[person.pk])
    changed = fresh(person)
    assert (changed.roles, changed.signature) == (["counselor"], "Mara Sample, LADC")
    assert theirs.get(reverse("privacy:looks")).url.startswith(reverse("account_login"))
    assert sign_in(Client(), changed).get(reverse("privacy:looks")).status_code == 403
    kept = Staff.pgh_event_model.objects.filter(pgh_obj=person.pk).order_by("pgh_id")
    assert [row.roles for row in kept] == [["counselor", "privacy"], ["counselor"]]


def test_who_is_given_a_role_goes_on_where_they_are(desk):
    person = StaffFactory(roles=[Role.COUNSELOR])
    theirs = sign_in(Client(), person)
    assert theirs.get(reverse("privacy:looks")).status_code == 403
    desk.post(roles_of(person), said(person, roles=["counselor", "privacy"]))
    assert theirs.get(reverse("privacy:looks")).status_code == 200


@pytest.mark.parametrize("left", [{"name": ""}, {"roles": []}, {"roles": ["owner"]}])
def test_what_is_wrong_changes_nothing(desk, left):
    person = StaffFactory(roles=[Role.COUNSELOR])
    assert desk.post(roles_of(person), said(person) | left).status_code == 422
    assert fresh(person).roles == ["counselor"]


def test_nobody_changes_their_own_roles(desk, admin):
    assert desk.post(roles_of(admin), said(admin, roles=["administrator", "director"])).status_code == 403
    assert fresh(admin).roles == ["administrator"]


def test_an_administrator_is_always_left(admin):
    """Whoever took it from each other at the same moment would leave nobody."""
    other = StaffFactory(roles=[Role.ADMINISTRATOR])
    change_roles(staff=other, name=other.name, letters="", roles=["counselor"], by=admin)
    with pytest.raises(RuleBroken, match="Nobody else is an administrator"):
        change_roles(staff=admin, name=admin.name, letters="", roles=["counselor"], by=other)
    with pytest.raises(RuleBroken, match="Nobody else is an administrator"):
        end_staff(staff=admin, by=other)
    assert (fresh(admin).roles, fresh(admin).ended_at) == (["administrator"], None)


def test_a_link_by_mail_is_no_way_into_an_account_that_was_opened_again(client, admin):
    person = StaffFactory(roles=[Role.COUNSELOR])
    Account.objects.filter(pk=person.account_id).update(last_login=timezone.now())
    end_staff(staff=person, by=admin)
    open_again(staff=person, name=person.name, letters="", roles=["counselor"], by=admin)
    cache.clear()
    client.post(reverse("account_reset_password"), {"email": person.account.email})
    assert mail.outbox == []


def test_who_has_not_proved_lately_who_they_are_gives_a_code(desk, admin):
    person = StaffFactory(roles=[Role.COUNSELOR])
    proved_long_ago(desk)
    more = said(person, roles=["counselor", "director"])
    assert desk.post(roles_of(person), more).status_code == 422
    assert fresh(person).roles == ["counselor"]
    assert desk.post(roles_of(person), more | {"code": one_time_code()}).status_code == 302
    assert fresh(person).roles == ["counselor", "director"]


def test_who_left_comes_back_with_the_address_they_had_a_new_password_and_a_new_factor(desk, admin):
    person = StaffFactory(email="marek@example.com", roles=[Role.DIRECTOR])
    again = reverse("people:open_again", args=[person.pk])
    assert desk.get(again).status_code == 403, "they work here"
    end_staff(staff=person, by=admin)
    assert desk.get(roles_of(person)).status_code == 403
    answer = desk.post(reverse("people:add"), NEW | {"email": "Marek@example.com"})
    assert answer.status_code == 422
    assert "Open that account again on its page." in answer.content.decode()
    answer = desk.post(again, said(person, roles=["counselor"]))
    password = answer.context["password"]
    assert (fresh(person).ended_at, fresh(person).roles) == (None, ["counselor"])
    theirs = Client()
    assert (
        theirs.post(reverse("account_login"), {"login": "marek@example.com", "password": PASSWORD}).status_code == 422
    )
    theirs.post(reverse("account_login"), {"login": "marek@example.com", "password": password})
    assert theirs.get("/staff/").url == reverse("account_change_password")
    assert not Account.objects.get(pk=person.account_id).authenticator_set.exists()
    assert desk.post(again, said(person)).status_code == 403
