"""Before an act that binds one proves again who one is, and comes back."""

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from stepdown.config.urls import urlpatterns as pages_of_the_product
from stepdown.people import access, fresh
from stepdown.people.tests.clients import proved_long_ago, sign_in
from stepdown.people.tests.factories import PASSWORD, CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db


@access.staff_page()
def closed(request):
    fresh.prove_first(request)
    return HttpResponse("opened")


@access.staff_page()
def file(request):
    fresh.prove_before_file(request)
    return HttpResponse("a file")


urlpatterns = [*pages_of_the_product, path("test/closed/", closed), path("test/file/", file)]


@pytest.fixture
def here():
    CenterFactory()
    with override_settings(ROOT_URLCONF=__name__):
        yield sign_in(Client(), StaffFactory())


def test_who_proved_it_lately_goes_on(here):
    assert here.get("/test/closed/").content == b"opened"


def test_who_proved_it_long_ago_proves_it_again_and_comes_back(here):
    proved_long_ago(here)
    asked = here.get("/test/closed/")
    assert asked.url == f"{reverse('account_reauthenticate')}?next=%2Ftest%2Fclosed%2F"
    back = here.post(asked.url, {"password": PASSWORD, "next": "/test/closed/"})
    assert here.get(back.url).content == b"opened"


def test_after_the_proof_one_is_on_the_page_where_the_file_was_asked_for(here):
    proved_long_ago(here)
    asked = here.get("/test/file/", headers={"Referer": "http://testserver/staff/day/?week=2"})
    assert asked.url.endswith("?next=%2Fstaff%2Fday%2F")


def test_a_page_of_somebody_else_is_never_gone_back_to(here):
    proved_long_ago(here)
    asked = here.get("/test/file/?as=pdf", headers={"Referer": "https://example.invalid/staff/day/"})
    assert asked.url.endswith("?next=%2Ftest%2Ffile%2F%3Fas%3Dpdf")
