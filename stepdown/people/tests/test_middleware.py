"""Who gets in where, and what people see who do not."""

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils import timezone

from stepdown.config.urls import urlpatterns as pages_of_the_product
from stepdown.people import access, devices, services
from stepdown.people.models import Account, Role
from stepdown.people.tests.clients import as_patient, one_time_code, sign_in
from stepdown.people.tests.factories import PASSWORD, CenterFactory, PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db


def whoever(request):
    return HttpResponse(f"{request.staff} {request.patient}")


def opened(mark):
    def view(request):
        return whoever(request)

    return mark(view)


urlpatterns = [
    *pages_of_the_product,
    path("test/unmarked/", whoever),
    path("test/zone/", access.public(lambda request: HttpResponse(timezone.get_current_timezone_name()))),
    path("test/public/", opened(access.public)),
    path("test/patient/", opened(access.patient_page)),
    path("test/staff/", opened(access.staff_page())),
    path("test/director/", opened(access.staff_page(Role.DIRECTOR, Role.ADMINISTRATOR))),
    path("test/account/", opened(access.account_page)),
]


@pytest.fixture(autouse=True)
def _pages_of_this_test():
    CenterFactory()
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_a_view_without_a_mark_opens_for_nobody(client):
    sign_in(client, StaffFactory(roles=list(Role)))
    assert client.get("/test/unmarked/").status_code == 404


def test_a_public_page_opens_for_a_stranger(client):
    assert client.get("/test/public/").content == b"None None"


def test_a_stranger_is_sent_to_sign_in_and_comes_back_afterwards(client):
    answer = client.get("/test/staff/?week=2")
    assert (answer.status_code, answer.url) == (302, "/staff/sign-in/?next=%2Ftest%2Fstaff%2F%3Fweek%3D2")


def test_a_stranger_who_posts_is_sent_to_sign_in_without_a_way_back(client):
    assert client.post("/test/staff/").url == "/staff/sign-in/"


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(client):
    answer = client.get(
        "/test/staff/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/staff/groups/"}
    )
    assert answer.headers["HX-Redirect"] == "/staff/sign-in/?next=%2Fstaff%2Fgroups%2F"


def test_staff_pages_are_not_there_for_a_patient(client):
    as_patient(client, PatientFactory())
    assert client.get("/test/staff/").status_code == 404
    assert client.get("/test/account/").status_code == 404


def test_staff_with_a_second_factor_open_staff_pages(client):
    staff = StaffFactory()
    assert sign_in(client, staff).get("/test/staff/").content.decode() == f"{staff.name} None"


def test_the_password_alone_opens_nothing(client):
    staff = StaffFactory()
    client.post(reverse("account_login"), {"login": staff.account.email, "password": PASSWORD})
    assert client.get("/test/staff/").status_code == 302
    assert client.get("/test/account/").status_code == 302


def test_staff_without_a_second_factor_set_one_up_first(client):
    staff = StaffFactory(second_factor=False)
    client.post(reverse("account_login"), {"login": staff.account.email, "password": PASSWORD})
    answer = client.get("/test/staff/")
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
    assert client.get("/test/account/").status_code == 200


def test_setting_up_a_code_opens_the_staff_pages_at_once(client):
    staff = StaffFactory(second_factor=False)
    client.post(reverse("account_login"), {"login": staff.account.email, "password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": one_time_code(secret)})
    assert client.get("/test/staff/").status_code == 200


def test_a_session_without_a_second_factor_stays_shut_when_one_is_set_up_elsewhere(client):
    staff = StaffFactory(second_factor=False)
    thief, owner = Client(), Client()
    for who in (thief, owner):
        who.post(reverse("account_login"), {"login": staff.account.email, "password": PASSWORD})
    secret = owner.get(reverse("mfa_activate_totp")).context["form"].secret
    owner.post(reverse("mfa_activate_totp"), {"code": one_time_code(secret)})
    assert owner.get("/test/staff/").status_code == 200
    assert thief.get("/test/staff/").status_code == 302


def test_the_wrong_role_reads_whose_page_it_is(client):
    answer = sign_in(client, StaffFactory(roles=[Role.BILLER])).get("/test/director/")
    assert answer.status_code == 403
    assert "Only a clinical director or administrator opens this page." in answer.content.decode()


def test_any_one_of_the_roles_opens_the_page(client):
    assert sign_in(client, StaffFactory(roles=[Role.BILLER, Role.DIRECTOR])).get("/test/director/").status_code == 200


def test_a_page_for_whoever_works_here_is_none_for_an_auditor(client):
    """RULE PRIV-33."""
    assert sign_in(client, StaffFactory(roles=[Role.AUDITOR])).get("/test/staff/").status_code == 403
    assert sign_in(client, StaffFactory(roles=[Role.AUDITOR, Role.BILLER])).get("/test/staff/").status_code == 200


def test_people_who_left_are_nobody_at_once(client):
    staff = StaffFactory()
    sign_in(client, staff)
    staff.ended_at = timezone.now()
    staff.save()
    assert client.get("/test/staff/").status_code == 302
    assert client.get("/test/public/").content == b"None None"


def test_an_account_without_a_staff_member_is_nobody(client):
    client.force_login(
        Account.objects.create_user("alone@example.com", PASSWORD),
        backend="stepdown.people.backends.Passwords",
    )
    assert client.get("/test/staff/").status_code == 302


def test_a_known_device_opens_the_patient_pages(client):
    patient = PatientFactory()
    assert as_patient(client, patient).get("/test/patient/").content.decode() == f"None {patient.name}"


def test_a_stranger_on_a_patient_page_reads_how_to_get_in(client):
    answer = client.get("/test/patient/")
    assert answer.status_code == 403
    assert "Open your personal link" in answer.content.decode()


def test_staff_do_not_open_patient_pages(client):
    assert sign_in(client, StaffFactory()).get("/test/patient/").status_code == 403


def test_an_ended_device_opens_nothing(client):
    patient = PatientFactory()
    as_patient(client, patient)
    patient.devices.update(ended_at=timezone.now())
    assert client.get("/test/patient/").status_code == 403


def test_what_pages_kept_on_an_ended_device_goes_and_a_strangers_browser_is_left_alone(client):
    assert "Clear-Site-Data" not in client.get("/test/patient/").headers
    patient = PatientFactory()
    as_patient(client, patient)
    assert "Clear-Site-Data" not in client.get("/test/patient/").headers
    patient.devices.update(ended_at=timezone.now())
    answer = client.get("/test/patient/")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert answer.cookies[devices.COOKIE].value == ""


def test_a_made_up_cookie_opens_nothing(client):
    client.cookies[devices.COOKIE] = devices.new_secret()
    assert client.get("/test/patient/").status_code == 403


def test_the_cookie_itself_is_not_kept():
    device, secret = services.trust_device(patient=PatientFactory())
    assert secret not in (device.digest, str(device.pk))
    assert device.digest == devices.digest_of(secret)


def test_the_cookie_is_shut_to_scripts_and_other_sites():
    answer = HttpResponse()
    devices.remember(answer, "secret")
    morsel = answer.cookies[devices.COOKIE]
    assert (morsel["httponly"], morsel["samesite"], morsel["max-age"]) == (True, "Lax", 400 * 24 * 3600)


@override_settings(SECURE=True)
def test_the_cookie_goes_over_https_only_where_there_is_https():
    answer = HttpResponse()
    devices.remember(answer, "secret")
    assert answer.cookies[devices.COOKIE]["secure"] is True


def test_staff_pages_have_no_spanish_address(client):
    sign_in(client, StaffFactory())
    assert client.get(reverse("desk:day")).status_code == 200
    assert client.get("/es/staff/").status_code == 404


@pytest.mark.parametrize("zone", ["America/Denver", "America/New_York"])
def test_times_are_told_in_the_zone_of_the_reader(client, zone):
    assert as_patient(client, PatientFactory(time_zone=zone)).get("/test/zone/").content.decode() == zone


def test_a_stranger_reads_times_in_the_zone_of_the_center(client):
    assert client.get("/test/zone/").content == b"America/Chicago"


def test_who_is_asking_costs_two_queries_for_a_patient_at_most(client, django_assert_max_num_queries):
    as_patient(client, PatientFactory())
    with django_assert_max_num_queries(2):
        client.get("/test/patient/")
