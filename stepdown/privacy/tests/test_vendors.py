"""Agreements with vendors: put on file, kept as they are, ended; what is off without one, and where staff see it."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel import outside
from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Center, Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.privacy import checks
from stepdown.privacy import queries_vendors as queries
from stepdown.privacy import services_vendors as services
from stepdown.privacy.days import today
from stepdown.privacy.models import ServiceAgreement
from stepdown.privacy.tests.factories import SIGNED, agreed_with

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAST_YEAR = timezone.now().year - 1
TEXT = "https://api.example.com/Messages.json"


@pytest.fixture(autouse=True)
def text_service(settings):
    CenterFactory()
    settings.TEXT_URL = TEXT


@pytest.fixture
def officer(client):
    return sign_in(client, StaffFactory(roles=[Role.PRIVACY]))


def html(answer) -> str:
    return " ".join(answer.content.decode().split())


def sent(**changed):
    """The form, as a browser sends it."""
    day = today()
    fields = {
        "agreement-party": "Example Texts, Inc.",
        "agreement-services": ["text"],
        "agreement-kind": "qsoa",
        "agreement-says": ["part2", "court", "onward"],
        "agreement-begins_on_month": day.month,
        "agreement-begins_on_day": day.day,
        "agreement-begins_on_year": day.year,
        "agreement-file": SimpleUploadedFile("signed.pdf", SIGNED),
    }
    return {name: value for name, value in (fields | changed).items() if value is not None}


def test_what_is_set_up_is_off_until_an_agreement_is_on_file_and_from_its_end():
    """RULE PRIV-24."""
    assert not outside.may_reach("text", TEXT)
    row = agreed_with("text")
    assert outside.may_reach("text", TEXT)
    services.end(agreement=row, why="They were bought.", by=StaffFactory())
    assert not outside.may_reach("text", TEXT)


@pytest.mark.parametrize(
    ("begins", "ends", "is_covered"),
    [(-9, -1, False), (-9, 0, True), (0, None, True), (1, None, False)],
)
def test_it_switches_on_with_its_first_day_and_off_after_its_last(begins, ends, is_covered):
    """RULE PRIV-24."""
    day = today()
    agreed_with("text", begins_on=day + begins * DAY, ends_on=None if ends is None else day + ends * DAY)
    assert queries.is_covered("text") is is_covered
    assert not queries.is_covered("mail")


def test_the_file_is_kept_with_its_digest_and_never_changes():
    row = agreed_with("text")
    assert row.digest == sha256(SIGNED).hexdigest()
    for act in (
        row.delete,
        lambda: ServiceAgreement.objects.update(document=b"%PDF another"),
        lambda: ServiceAgreement.objects.update(services=["text", "mail"]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    fields = {name: getattr(row, name) for name in ("party", "kind", "begins_on", "services", "says", "recorded_by")}
    with pytest.raises(DatabaseError), transaction.atomic():
        ServiceAgreement.objects.create(**fields, document=SIGNED, digest="")


def test_it_ends_once_and_with_a_reason():
    row, by = agreed_with("text"), StaffFactory()
    with pytest.raises(RuleBroken, match="Say why"):
        services.end(agreement=row, why="", by=by)
    services.end(agreement=row, why="They were bought.", by=by)
    with pytest.raises(RuleBroken, match="ended already"):
        services.end(agreement=row, why="Again.", by=by)
    with pytest.raises(DatabaseError), transaction.atomic():
        ServiceAgreement.objects.update(ended_at=None, ended_by=None, ended_why="")
    history = ServiceAgreement.pgh_event_model.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id")
    assert list(history.values_list("ended_why", flat=True)) == ["", "They were bought."]


def test_sent_twice_it_is_one():
    assert agreed_with("text", by=(by := StaffFactory())) == agreed_with("text", by=by)
    assert ServiceAgreement.objects.count() == 1


def test_an_agreement_that_leaves_out_what_the_law_asks_switches_nothing_on():
    """RULE PRIV-24."""
    with pytest.raises(RuleBroken, match="leaves this out"):
        agreed_with("text", says=["part2", "services", "back"])
    with pytest.raises(RuleBroken, match="cannot end before it begins"):
        agreed_with("text", ends_on=today() - 90 * DAY)
    assert not queries.is_covered("text")


def test_the_officer_sees_what_is_off_and_puts_an_agreement_on_file(officer):
    assert "One service is off for want of an agreement" in html(officer.get(reverse("privacy:vendors")))
    answer = officer.post(reverse("privacy:new_agreement"), sent())
    row = ServiceAgreement.objects.get()
    assert answer.url == reverse("privacy:agreement", args=[row.pk])
    assert (row.party, row.services, row.ends_on) == ("Example Texts, Inc.", ["text"], None)
    page = html(officer.get(answer.url))
    assert row.digest in page
    assert "in force" in page
    assert "No service waits for an agreement" in html(officer.get(reverse("privacy:vendors")))


def test_the_file_comes_back_as_it_was_sent_and_only_as_a_file(officer):
    answer = officer.get(reverse("privacy:agreement_file", args=[agreed_with("text").pk]))
    assert answer.content == SIGNED
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"agreement-party": ""}, "Enter with whom the agreement is."),
        ({"agreement-services": None}, "Choose at least one service that it covers."),
        ({"agreement-services": ["pigeons"]}, "Choose"),
        ({"agreement-kind": "baa"}, "has to say the last two"),
        ({"agreement-says": None}, "Tick what the agreement says."),
        ({"agreement-begins_on_year": ""}, "Enter the year too."),
        (
            {"agreement-ends_on_month": 1, "agreement-ends_on_day": 1, "agreement-ends_on_year": LAST_YEAR},
            "not before the first",
        ),
        ({"agreement-file": None}, "Choose the file."),
        ({"agreement-file": SimpleUploadedFile("a.pdf", b"\xff\xd8\xff made up \xff\xd9")}, "no whole PDF file"),
        ({"agreement-file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 cut off")}, "no whole PDF file"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(officer, changed, said):
    answer = officer.post(reverse("privacy:new_agreement"), sent(**{"agreement-party": "As typed, Inc."} | changed))
    assert answer.status_code == 422
    assert said in html(answer)
    assert "As typed, Inc." in html(answer) or changed.get("agreement-party") == ""
    assert not ServiceAgreement.objects.exists()


def test_the_officer_ends_one_with_a_reason(officer):
    row = agreed_with("text")
    url = reverse("privacy:agreement", args=[row.pk])
    assert officer.post(url, {"why": ""}).status_code == 422
    assert officer.post(url, {"why": "They were bought."}).url == url
    assert "They were bought." in html(officer.get(url))
    assert officer.post(url, {"why": "Again."}).status_code == 403
    assert not queries.is_covered("text")


def test_our_own_needs_none(officer, settings):
    settings.TEXT_URL = "http://127.0.0.1:9000/Messages.json"
    page = html(officer.get(reverse("privacy:vendors")))
    assert "No service waits for an agreement" in page
    assert "our own" in page


def test_the_work_of_the_privacy_officer_names_what_is_off(officer):
    """RULE PRIV-24."""
    assert "Text messages: off" in html(officer.get(reverse("privacy:work")))
    agreed_with("text")
    assert "Text messages: off" not in html(officer.get(reverse("privacy:work")))


def test_a_director_reads_what_is_off_without_a_link_that_is_not_theirs(client):
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    page = html(client.get(reverse("privacy:work")))
    assert "Text messages: off" in page
    assert reverse("privacy:vendors") not in page


def test_the_menu_counts_what_is_off_as_late_and_what_ends_soon():
    me = StaffFactory(roles=[Role.PRIVACY])
    assert queries.waits_for(me) == (1, 1)
    agreed_with("text", ends_on=today() + 20 * DAY)
    assert queries.waits_for(me) == (1, 0)
    agreed_with("text", begins_on=today(), ends_on=today() + 400 * DAY)
    assert queries.waits_for(me) == (0, 0), "another one follows"


def test_the_check_of_the_settings_says_what_is_off():
    """RULE PRIV-24."""
    assert checks.services_have_their_agreements(databases=None) == []
    (warning,) = checks.services_have_their_agreements(databases=["default"])
    assert warning.msg.startswith("Text messages: STEPDOWN_TEXT_URL is set")
    agreed_with("text")
    assert checks.services_have_their_agreements(databases=["default"]) == []


def test_before_there_is_a_center_nothing_is_covered():
    Center.objects.all().delete()
    assert not queries.is_covered("text")
    assert checks.services_have_their_agreements(databases=["default"]) == []
