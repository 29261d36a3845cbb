"""The pages of plans and diagnoses: the right person, the wrong one, the wrong moment, bad input."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.chart import queries_plan, services_plan
from stepdown.chart.domain.icd10 import first_day
from stepdown.chart.forms_plan import MOST, with_one_more, without
from stepdown.chart.models import Deadline, Diagnosis, Objective, PlanVersion
from stepdown.chart.services_deadlines import make_first_plan_deadlines
from stepdown.chart.services_diagnoses import record_diagnosis
from stepdown.chart.tests.note_pages import seen_on, signed_on
from stepdown.chart.tests.plans import boxes, document, draft, in_group, signed_plan
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import PASSWORD, CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    CenterFactory()
    return in_group()


def url_of(name, *args):
    return reverse(f"chart:{name}", args=[arg.pk for arg in args])


def saved(version):
    return PlanVersion.objects.get(pk=version.pk).document


# -- the draft


def test_the_plan_begins_with_one_button_and_opens_its_draft(client, seat):
    sign_in(client, seat.group.leader)
    assert "Begin the plan" in client.get(url_of("plan", seat.patient)).content.decode()
    answer = client.post(url_of("begin_plan", seat.patient))
    version = PlanVersion.objects.get()
    assert answer.url == url_of("draft", version)
    assert client.get(answer.url).status_code == 200


def test_what_is_sent_untouched_is_saved_as_it_was(client, seat):
    version = draft(seat)
    sign_in(client, seat.group.leader)
    answer = client.post(url_of("draft", version), boxes(version))
    assert (answer.status_code, answer.url) == (302, url_of("draft", version))
    assert saved(version) == version.document


def test_words_that_were_taken_over_lose_their_source_when_they_change(client):
    CenterFactory()
    seat = in_group(assessed=True)
    version = services_plan.begin_version(episode=seat.episode, by=seat.group.leader)
    sign_in(client, seat.group.leader)
    page = client.get(url_of("draft", version)).content.decode()
    assert "“Risk of use”, rated 3 of 4" in page
    client.post(url_of("draft", version), boxes(version, p0_words="Drinks after work."))
    first, second = saved(version).problems
    assert (first.words_from, second.words_from) == ("", version.document.problems[1].words_from)
    assert first.goal_from == version.document.problems[0].goal_from


def test_a_problem_and_an_objective_are_added_and_taken_out_with_everything_typed_kept(client, seat):
    version = draft(seat)
    sign_in(client, seat.group.leader)
    answer = client.post(url_of("draft", version), boxes(version, p0_goal="I want peace.", act="add:p0"))
    assert answer.url == f"{url_of('draft', version)}#id_p0-o1-words"
    version.refresh_from_db()
    assert version.document.problems[0].goal == "I want peace."
    assert len(version.document.problems[0].objectives) == 2
    client.post(url_of("draft", version), boxes(version, act="drop:p0-o0"))
    version.refresh_from_db()
    assert [each.words for each in version.document.problems[0].objectives] == [""]
    client.post(url_of("draft", version), boxes(version, act="add:problem"))
    version.refresh_from_db()
    client.post(url_of("draft", version), boxes(version, act="drop:p0"))
    assert [each.words for each in saved(version).problems] == [""]


def test_bad_input_says_so_beside_the_box_and_keeps_what_was_typed(client, seat):
    version = draft(seat)
    sign_in(client, seat.group.leader)
    answer = client.post(
        url_of("draft", version), boxes(version, p0_o0_due="2026-02-30", p0_words="A new word", p0_o0_target="x" * 201)
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for told in ("Enter a real date.", "Use at most 200 characters", "A new word", "x" * 201):
        assert told in page
    assert saved(version) == version.document


@pytest.mark.parametrize("key", ["", "not-an-id", "6f1c1f5e-7d0a-4c53-9f0e-2b8d6c1a9e77"])
def test_a_key_that_is_not_of_this_draft_counts_as_a_new_one(client, seat, key):
    version = draft(seat)
    sign_in(client, seat.group.leader)
    client.post(url_of("draft", version), boxes(version, p0_o0_key=key))
    assert saved(version).problems[0].objectives[0].key not in (key, version.document.problems[0].objectives[0].key)


def test_somebody_elses_objective_cannot_be_taken_over_by_its_id(client, seat):
    foreign = Objective.objects.get(version=signed_plan(in_group()))
    version = draft(seat)
    sign_in(client, seat.group.leader)
    client.post(url_of("draft", version), boxes(version, p0_o0_key=str(foreign.pk)))
    version.refresh_from_db()
    services_plan.sign_plan(version=version, attestation="x", by=seat.group.leader)
    foreign.refresh_from_db()
    assert foreign.episode_id != seat.episode_id


def test_what_somebody_else_saved_is_shown_before_it_is_written_over(client, seat):
    version = draft(seat)
    data = boxes(version, hope="Mine")
    services_plan.save_draft(version=version, document=document(), by=StaffFactory(name="Jon Other"))
    sign_in(client, seat.group.leader)
    answer = client.post(url_of("draft", version), data)
    assert answer.status_code == 422
    assert "Jon Other changed this plan while you wrote." in answer.content.decode()
    seen = PlanVersion.objects.get(pk=version.pk).version
    assert client.post(url_of("draft", version), data | {"seen": seen}).status_code == 302
    assert saved(version).hope == "Mine"


def test_a_plan_holds_so_many_problems_and_objectives_and_no_more():
    given = document()
    for _ in range(MOST + 3):
        given, _at = with_one_more(given, "problem")
        given, _at = with_one_more(given, "p0")
    assert (len(given.problems), len(given.problems[0].objectives)) == (MOST, MOST)
    assert with_one_more(given, "p99") == (given, "")
    assert without(given, "p99") == given


def test_warnings_stand_beside_and_stop_nobody(client, seat):
    version = draft(seat)
    sign_in(client, seat.group.leader)
    client.post(url_of("draft", version), boxes(version, p0_o0_words="Attend group 3 times a week"))
    page = client.get(url_of("draft", version)).content.decode()
    assert "is about coming to group" in page
    assert "Save and sign" in page


# -- who reads and writes


def test_admissions_read_and_do_not_write(client, seat):
    signed_plan(seat)
    sign_in(client, StaffFactory(roles=[Role.ADMISSIONS]))
    page = client.get(url_of("plan", seat.patient)).content.decode()
    assert "I want my mornings back." in page
    assert "Counselors and the clinical director write plans. You can read it." in page
    assert client.post(url_of("begin_plan", seat.patient)).status_code == 403


def test_a_counselor_of_another_group_sees_no_plan(client, seat):
    version = signed_plan(seat)
    sign_in(client, StaffFactory())
    for url in (url_of("plan", seat.patient), url_of("plan_version", version), url_of("diagnoses", seat.patient)):
        assert client.get(url).status_code == 404


def test_a_signed_version_has_no_draft_page(client, seat):
    version = signed_plan(seat)
    sign_in(client, seat.group.leader)
    assert client.get(url_of("draft", version)).status_code == 403


# -- the counselor's signature


def test_signing_asks_again_who_one_is(client, seat):
    version = draft(seat)
    sign_in(client, seat.group.leader)
    url = url_of("sign_plan", version)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    answer = client.get(url)
    assert answer.url.startswith(reverse("account_reauthenticate"))
    client.post(answer.url, {"password": PASSWORD})
    assert client.post(url, {}).status_code == 422
    assert signed_on(client, url).url == url_of("plan", seat.patient)
    assert queries_plan.in_force(seat.episode) == version


def test_a_plan_that_changed_after_the_page_was_opened_is_shown_before_it_is_signed(client, seat):
    """RULE PRIV-43."""
    version = draft(seat)
    sign_in(client, seat.group.leader)
    url = url_of("sign_plan", version)
    opened = seen_on(client, url)
    theirs = document(goal="Sober for the court date.")
    services_plan.save_draft(version=version, document=theirs, by=StaffFactory(roles=[Role.DIRECTOR]))
    answer = client.post(url, {"attest": "on"} | opened)
    page = answer.content.decode()
    assert (answer.status_code, "Sober for the court date." in page) == (422, True)
    assert "changed after the page was opened" in page
    assert queries_plan.in_force(seat.episode) is None
    again = {"attest": "on", "seen": answer.context["form"]["seen"].value()}
    assert client.post(url, again).url == url_of("plan", seat.patient)


def test_an_unfinished_plan_leads_back_to_its_draft(client, seat):
    version = draft(seat, document(goal=""))
    sign_in(client, seat.group.leader)
    assert client.get(url_of("sign_plan", version)).url == url_of("draft", version)


def test_without_a_license_nobody_signs(client, seat):
    version = draft(seat)
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    answer = client.get(url_of("sign_plan", version))
    assert answer.status_code == 403
    assert "No license of yours is valid today." in answer.content.decode()


def test_the_plan_shows_what_is_missing_and_each_version_with_its_changes(client, seat):
    signed_plan(seat)
    second = signed_plan(seat, document(goal="I want to sleep."))
    sign_in(client, seat.group.leader)
    page = client.get(url_of("plan", seat.patient)).content.decode()
    assert "has not signed it yet" in page
    assert "The plan is in force without it." in page
    read = client.get(url_of("plan_version", second)).content.decode()
    assert "Changed from version 1" in read
    assert second.digest in read


@pytest.mark.parametrize("size", [1, 6])
def test_the_plan_takes_the_same_queries_for_one_objective_and_for_many(
    client, seat, size, django_assert_max_num_queries
):
    for _ in range(1 if size == 1 else 3):
        version = signed_plan(seat, document(objectives=size))
    for objective in version.objectives.all():
        services_plan.record_progress(
            objective=objective, status="partly", words="Said so.", on=timezone.localdate(), by=seat.group.leader
        )
    sign_in(client, seat.group.leader)
    with django_assert_max_num_queries(23):
        client.get(url_of("plan", seat.patient))


# -- progress and dates


def test_progress_is_written_on_its_page_and_shown_in_the_plan(client, seat):
    objective = Objective.objects.get(version=signed_plan(seat))
    sign_in(client, seat.group.leader)
    url = url_of("progress", objective)
    assert client.post(url, {"status": "met", "words": " "}).status_code == 422
    assert client.post(url, {"status": "met", "words": "Five days, twice."}).url == url_of("plan", seat.patient)
    page = client.get(url_of("plan", seat.patient)).content.decode()
    assert "Five days, twice." in page
    assert "Met " in page


def test_a_date_moves_with_a_reason_and_the_old_one_stays_on_the_page(client, seat):
    make_first_plan_deadlines(now=timezone.now())
    deadline = Deadline.objects.get()
    sign_in(client, seat.group.leader)
    url = url_of("move_deadline", deadline)
    zone = ZoneInfo(seat.group.leader.time_zone)
    later = timezone.localdate(deadline.due_at, zone) + timedelta(days=5)
    day = {"due_on_month": later.month, "due_on_day": later.day, "due_on_year": later.year}
    assert client.post(url, day).status_code == 422
    assert client.post(url, day | {"reason": "In hospital."}).status_code == 302
    deadline.refresh_from_db()
    assert timezone.localdate(deadline.due_at, zone) == later
    page = client.get(url_of("plan", seat.patient)).content.decode()
    assert "by " + seat.group.leader.name + ": In hospital." in page


def test_what_is_late_stands_first_and_in_the_title(client):
    CenterFactory()
    late = in_group(days=9)
    in_group(leader=late.group.leader)
    make_first_plan_deadlines(now=timezone.now())
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    page = client.get(reverse("chart:plans")).content.decode()
    assert "One plan is late" in page
    assert page.index(late.patient.name) < page.index("First treatment plan", page.index(late.patient.name) + 400)


def test_a_long_list_says_how_much_of_it_is_shown(client, monkeypatch):
    monkeypatch.setattr("stepdown.chart.pages_plan.SHOWN", 2)
    CenterFactory()
    for days in (3, 8, 9):
        in_group(days=days)
    make_first_plan_deadlines(now=timezone.now())
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    page = client.get(reverse("chart:plans")).content.decode()
    assert "The 2 that are due first, of 3." in page
    assert "Two plans are late" in page


# -- diagnoses


def test_a_code_is_found_and_recorded(client, seat):
    sign_in(client, seat.group.leader)
    url = url_of("record_diagnosis", seat.patient)
    found = client.post(url, {"find": "alcohol dependence", "act": "find"}).content.decode()
    assert "F10.20 Alcohol dependence, uncomplicated" in found
    today = timezone.localdate(timezone=ZoneInfo(seat.group.leader.time_zone))
    data = {
        "find": "alcohol dependence",
        "code": "F10.20",
        "from_on_month": today.month,
        "from_on_day": today.day,
        "from_on_year": today.year,
    }
    assert client.post(url, data).url == url_of("diagnoses", seat.patient)
    assert "F10.20" in client.get(url_of("diagnoses", seat.patient)).content.decode()
    refused = client.post(url, data | {"find": "alcohol mild", "code": "F10.10"})
    assert refused.status_code == 422
    assert "Of one substance only one severity can be true." in refused.content.decode()
    instead = data | {"find": "alcohol mild", "code": "F10.10", "instead_of": str(Diagnosis.objects.get().pk)}
    assert client.post(url, instead).status_code == 302
    assert [each.code for each in queries_plan.open_diagnoses(seat.patient)] == ["F10.10"]


@pytest.mark.parametrize("data", [{}, {"find": "unicorn", "act": "find"}, {"find": "alcohol"}])
def test_what_cannot_be_recorded_is_said(client, seat, data):
    sign_in(client, seat.group.leader)
    assert client.post(url_of("record_diagnosis", seat.patient), data).status_code == 422


def test_billing_sees_codes_and_no_plan(client, seat):
    """RULE PRIV-33."""
    record_diagnosis(patient=seat.patient, code="F10.20", from_on=first_day(), by=seat.group.leader)
    signed_plan(seat)
    sign_in(client, StaffFactory(roles=[Role.BILLER]))
    assert "F10.20" in client.get(reverse("chart:coded")).content.decode()
    assert client.get(url_of("diagnoses", seat.patient)).status_code == 200
    assert client.get(url_of("plan", seat.patient)).status_code == 403
