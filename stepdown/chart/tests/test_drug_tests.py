"""Drug tests: drawn, told, collected, their result, the talk; what staff and the patient see."""

from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.chart import queries_drug_tests as queries
from stepdown.chart import services_drug_tests as services
from stepdown.chart.domain.drug_tests import collect_by
from stepdown.chart.models import DrugTest, DrugTestResult, DrugTestSchedule, DrugTestTalk, ReturnToUse
from stepdown.chart.tests.plans import in_group
from stepdown.desk.queries.day import day_of
from stepdown.kernel.db import RuleBroken
from stepdown.outreach.models import Message
from stepdown.outreach.words import SENTENCES
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db
KIT = {"kit_lot": "LOT-1", "kit_expires_on": timezone.localdate() + timedelta(days=300)}
OLD = {"kit_expires_on": timezone.localdate() - timedelta(days=2)}


@pytest.fixture
def seat():
    CenterFactory()
    return in_group()


def scheduled(seat, gaps=(2, 7), **fields):
    fields = {"always": ["etg"], "way": "lab"} | fields
    return services.set_schedule(patient=seat.patient, gaps=gaps, by=seat.group.leader, **fields)


def asked(seat, way="lab", **fields):
    return services.ask_for_test(patient=seat.patient, panels=["etg"], way=way, by=seat.group.leader, **fields)


def given(seat, way="lab", **kit):
    return services.collect(test=asked(seat, way), identity_checked=True, by=seat.group.leader, **kit)


def found(seat, result="positive_unexpected", stage="presumptive", test=None):
    test = test or given(seat)
    services.write_result(test=test, stage=stage, result=result, shared="together", by=seat.group.leader)
    return queries.tests_of(seat.patient)[0]


def at_six(seat, days):
    """Six in the morning with the patient, so many days from now."""
    zone = ZoneInfo(seat.patient.time_zone)
    return datetime.combine(timezone.localdate(timezone=zone) + timedelta(days=days), time(6), zone)


# -- by chance


def test_over_two_months_chance_holds_the_gaps_and_tells_each_patient_on_the_day(seat):
    scheduled(seat)
    for days in range(1, 62):
        for hour in (0, 1):  # asking again the same morning is no second chance
            services.draw(now=at_six(seat, days) + timedelta(hours=hour))
        services.notify(now=at_six(seat, days) + timedelta(hours=9))
    tests = list(DrugTest.objects.order_by("on"))
    between = [(later.on - test.on).days for test, later in pairwise(tests)]
    assert len(tests) >= 8
    assert all(2 <= days <= 7 for days in between)
    assert all(test.notified_at and test.due_at for test in tests)


def test_what_nobody_was_told_of_is_on_no_page(client, seat):
    scheduled(seat, gaps=(1, 2))
    for days in (1, 2):
        services.draw(now=at_six(seat, days))
    assert DrugTest.objects.filter(notified_at=None).exists()
    assert queries.tests_of(seat.patient) == []
    assert queries.waiting_of(seat.patient) is None
    assert queries.to_do(seat.group.leader, timezone.now()) == []
    page = as_patient(client, seat.patient)
    assert "You have no test to do now" in page.get(reverse("chart:my_drug_tests")).content.decode()


def test_the_message_says_nothing_of_a_test(seat):
    asked(seat)
    message = Message.objects.get()
    assert (message.kind, message.patient) == ("written", seat.patient)
    for words in SENTENCES["written"].values():
        assert not {"test", "drug", "treatment", "prueba", "tratamiento"} & set(words.lower().split())


def test_where_a_note_says_how_it_is_safe_to_reach_them_the_leader_is_told_instead(seat):
    seat.patient.safe_contact_note = "Do not text."
    seat.patient.save()
    test = asked(seat)
    assert [(m.kind, m.staff) for m in Message.objects.all()] == [("look", seat.group.leader)]
    assert test.notified_at


def test_a_new_schedule_ends_the_one_before_and_gaps_leave_a_choice(seat):
    first, second = scheduled(seat), scheduled(seat, gaps=(10, 30), sometimes=["etg", "cocaine"])
    assert queries.schedule_of(seat.patient) == second
    assert second.sometimes == ["cocaine"]
    first.refresh_from_db()
    assert first.ended_by == seat.group.leader
    with pytest.raises(RuleBroken, match="at least two days"):
        scheduled(seat, gaps=(7, 7))


def test_what_is_asked_for_takes_the_place_of_what_chance_chose_for_that_day(seat):
    on = timezone.now().astimezone(ZoneInfo(seat.patient.time_zone)).date()
    later = timezone.now() + timedelta(hours=2)
    chosen = DrugTest.objects.create(patient=seat.patient, on=on, panels=["etg"], way="lab", notice_at=later)
    by = seat.group.leader
    test = services.ask_for_test(patient=seat.patient, panels=["fentanyl", "opioids"], way="oral", by=by)
    assert (test.pk, test.panels, test.way, test.asked_by) == (chosen.pk, ["fentanyl", "opioids"], "oral", by)
    assert test.due_at == collect_by("oral", test.notified_at, ZoneInfo(seat.patient.time_zone))
    assert services.notify(now=later) == 0
    for change in ({"panels": ["etg"]}, {"way": "lab"}, {"asked_by": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            DrugTest.objects.update(**change)


def test_nobody_is_asked_twice_on_a_day(seat):
    asked(seat)
    with pytest.raises(RuleBroken, match="today already"):
        asked(seat)


# -- collected, found, talked about


def test_a_kit_seen_on_video_needs_its_lot_and_one_that_has_not_expired(seat):
    test = asked(seat, "oral")
    leader = seat.group.leader
    with pytest.raises(RuleBroken, match="lot of the kit"):
        services.collect(test=test, identity_checked=True, by=leader)
    with pytest.raises(RuleBroken, match="has expired"):
        services.collect(test=test, identity_checked=True, by=leader, **KIT | OLD)
    with pytest.raises(RuleBroken, match="from the person it is of"):
        services.collect(test=test, identity_checked=False, by=leader, **KIT)
    assert services.collect(test=test, identity_checked=True, by=leader, **KIT).kit_lot == "LOT-1"


def test_what_was_not_collected_has_no_result_but_missed_and_the_reverse(seat):
    test = asked(seat)
    with pytest.raises(RuleBroken, match="first that it was collected"):
        found(seat, "negative", test=test)
    assert found(seat, "missed", test=test).counts.result == "missed"
    other = in_group()
    with pytest.raises(RuleBroken, match="not missed"):
        found(other, "missed", test=given(other))


def test_the_words_of_a_result_are_those_of_the_rule():
    assert set(DrugTestResult.Said.values) == {
        "negative", "positive_expected", "positive_unexpected", "invalid", "missed",
    }  # fmt: skip
    assert [str(label) for label in DrugTestResult.Said.labels] == [
        "negative",
        "positive (expected/prescribed)",
        "positive (unexpected)",
        "invalid",
        "missed",
    ]


def test_an_unexpected_result_is_talked_about_and_may_become_a_return_to_use(seat):
    test = found(seat)
    assert (test.state, test.counts.talk_by > timezone.now()) == ("talk", True)
    talk = services.write_talk(test=test, came="return", words="Two beers on Friday.", by=seat.group.leader)
    assert (talk.event, talk.event.learned) == (ReturnToUse.objects.get(), "test")
    assert queries.tests_of(seat.patient)[0].state == "done"
    seat.episode.refresh_from_db()
    assert seat.episode.ended_at is None


def test_what_is_disputed_waits_for_the_definitive_result_which_counts(seat):
    test = found(seat)
    services.write_talk(test=test, came="confirm", words="Poppy seeds, she says.", by=seat.group.leader)
    assert [one.state for one in queries.to_do(seat.group.leader, timezone.now())] == ["confirm"]
    test = found(seat, "negative", "definitive", test=test)
    assert (test.state, test.counts.result) == ("done", "negative")
    assert queries.to_do(seat.group.leader, timezone.now()) == []


def test_nothing_of_it_ever_changes(seat):
    scheduled(seat)
    test = found(seat)
    services.write_talk(test=test, came="explained", words="A cough syrup.", by=seat.group.leader)
    for table, change in (
        (DrugTest, {"kit_lot": "x"}),
        (DrugTestResult, {"result": "negative"}),
        (DrugTestTalk, {"words": "x"}),
        (DrugTestSchedule, {"min_days": 1}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.first().delete()


# -- its time has passed


def over(seat, way="lab", ago=timedelta(hours=1)):
    """A test whose time passed so long ago, with nothing collected."""
    test = asked(seat, way, now=timezone.now() - timedelta(days=2))
    DrugTest.objects.filter(pk=test.pk).update(due_at=timezone.now() - ago)
    return queries.tests_of(seat.patient)[0]


def told():
    return [(message.kind, message.staff) for message in Message.objects.filter(kind="look")]


def test_by_the_clock_alone_a_test_is_missed_when_its_time_has_passed(seat):
    test = asked(seat, "breath")
    with time_machine.travel(test.due_at - timedelta(seconds=1), tick=False):
        assert queries.tests_of(seat.patient)[0].state == "notified"
        services.look_for_missed(now=timezone.now())
    assert told() == []
    with time_machine.travel(test.due_at, tick=False):
        assert queries.tests_of(seat.patient)[0].state == "missed"  # before any job has run
        assert [services.look_for_missed(now=timezone.now()) for _ in range(3)] == [1, 0, 0]
    assert told() == [("look", seat.group.leader)]
    assert not DrugTestResult.objects.exists()


def test_a_job_that_dies_while_it_tells_leaves_the_next_one_to_do_it(seat, monkeypatch):
    over(seat)
    monkeypatch.setattr(services, "tell_all", lambda **said: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.look_for_missed(now=timezone.now())
    monkeypatch.undo()
    assert services.look_for_missed(now=timezone.now()) == 1
    assert told() == [("look", seat.group.leader)]


def test_nobody_is_told_of_what_was_collected_or_written_down_or_of_who_left_care(seat):
    given(seat)
    written, left = in_group(), in_group()
    found(written, "missed", test=asked(written))
    over(left)
    ending = {"ended_at": timezone.now(), "ended_by": left.group.leader, "status": "completed"}
    Episode.objects.filter(pk=left.episode.pk).update(**ending)
    assert services.look_for_missed(now=timezone.now() + timedelta(days=3)) == 0
    assert told() == []


def test_a_missed_test_waits_for_a_talk_within_two_working_days_which_makes_it_missed_for_good(seat):
    test = over(seat)
    services.look_for_missed(now=timezone.now())
    (waits,) = queries.to_do(seat.group.leader, timezone.now())
    assert (waits.state, timezone.now() < queries.next_at(waits) <= timezone.now() + timedelta(days=5)) == (
        "missed",
        True,
    )
    services.write_talk(test=test, came="explained", words="The lab was closed.", by=seat.group.leader)
    after = queries.tests_of(seat.patient)[0]
    assert (after.state, after.counts.result) == ("done", "missed")
    assert queries.to_do(seat.group.leader, timezone.now()) == []
    with pytest.raises(RuleBroken, match="already"):
        services.collect(test=after, identity_checked=True, by=seat.group.leader)


def test_there_is_nothing_a_lab_could_confirm_of_a_missed_test(seat):
    with pytest.raises(RuleBroken, match="lab could confirm"):
        services.write_talk(test=over(seat), came="confirm", words="x", by=seat.group.leader)
    assert not DrugTestResult.objects.exists()


def test_it_may_have_been_given_after_all_at_the_time_it_was_given(seat):
    test = over(seat)
    given_at = timezone.now() - timedelta(hours=20)
    services.collect(test=test, identity_checked=True, given_at=given_at, by=seat.group.leader)
    after = queries.tests_of(seat.patient)[0]
    assert (after.state, after.collected_at) == ("collected", given_at)
    with pytest.raises(RuleBroken, match="not in the future"):
        services.collect(
            test=over(in_group()),
            identity_checked=True,
            given_at=timezone.now() + timedelta(hours=1),
            by=seat.group.leader,
        )


def test_a_test_that_somebody_wrote_down_as_missed_is_asked_about_too(seat):
    test = found(seat, "missed", test=asked(seat))
    assert [one.state for one in queries.to_do(seat.group.leader, timezone.now())] == ["missed"]
    services.write_talk(test=test, came="return", words="I drank and was ashamed.", by=seat.group.leader)
    assert ReturnToUse.objects.get().learned == "test"
    assert queries.to_do(seat.group.leader, timezone.now()) == []


def test_the_patient_reads_in_kind_words_that_the_time_has_passed(client, seat):
    over(seat)
    page = as_patient(client, seat.patient)
    url = reverse("chart:my_drug_tests")
    assert "The time for your test has passed" in page.get(reverse("desk:home")).content.decode()
    shown = page.get(url).content.decode()
    assert "Call us and tell us what got in the way." in shown
    assert "You stay in the group." in shown
    assert "Ya pasó la hora de su prueba" in page.get(f"/es{url}").content.decode()


def collected(at: datetime) -> dict[str, object]:
    """What the form sends; `at` as the clock on the reader's wall shows it."""
    day = {"given_on_month": at.month, "given_on_day": at.day, "given_on_year": at.year}
    return {"act": "collect", "identity_checked": "on", "given": f"{at:%H:%M}"} | day


def test_its_page_asks_what_got_in_the_way_or_when_it_was_given(client, seat):
    test = over(seat)
    page = sign_in(client, seat.group.leader)
    one = reverse("chart:drug_test", args=[test.pk])
    shown = page.get(one).content.decode()
    assert "Ask what got in the way" in shown
    assert "to be confirmed by a definitive test" not in shown
    local = test.notified_at.astimezone(ZoneInfo(seat.group.leader.time_zone))
    wrong = page.post(one, collected(local - timedelta(minutes=2)))
    assert (wrong.status_code, "told of it later than this" in wrong.content.decode()) == (422, True)
    assert page.post(one, collected(local)).status_code == 302
    test.refresh_from_db()
    assert test.collected_at == test.notified_at


# -- pages


def test_the_patient_reads_what_to_do_and_then_the_result(client, seat):
    test = asked(seat)
    page = as_patient(client, seat.patient)
    url = reverse("chart:my_drug_tests")
    assert url in page.get(reverse("desk:home")).content.decode()
    assert "Give your test by" in page.get(url).content.decode()
    services.collect(test=test, identity_checked=True, by=seat.group.leader)
    assert "We wait for the result." in page.get(url).content.decode()
    found(seat, test=test)
    shown = page.get(url).content.decode()
    assert "Positive (unexpected)" in shown
    assert "You stay in the group." in shown
    assert "Positivo (no esperado)" in page.get(f"/es{url}").content.decode()


def test_a_counselor_sets_how_often_asks_and_writes_it_down(client, seat):
    page = sign_in(client, seat.group.leader)
    url = reverse("chart:patient_drug_tests", args=[seat.patient.pk])
    often = {"act": "set", "often": "own", "least": 5, "most": 5, "always": ["etg"], "way": "lab"}
    wrong = page.post(url, often)
    assert (wrong.status_code, "enter more than the least" in wrong.content.decode()) == (422, True)
    assert page.post(url, often | {"most": 9}).status_code == 302
    assert queries.schedule_of(seat.patient).gaps == (5, 9)
    assert page.post(url, {"act": "ask", "panels": ["etg"], "way": "oral"}).status_code == 302
    test = DrugTest.objects.get()
    one = reverse("chart:drug_test", args=[test.pk])
    assert one in page.get(reverse("chart:drug_tests")).content.decode()
    wrong = page.post(one, {"act": "collect", "identity_checked": "on", "kit_lot": "LOT-77"})
    assert (wrong.status_code, "when the kit expires" in wrong.content.decode()) == (422, True)
    assert "LOT-77" in wrong.content.decode()
    assert page.post(one, {"act": "missed"}).status_code == 302
    assert "missed" in page.get(url).content.decode()
    assert page.post(url, {"act": "end"}).status_code == 302
    assert queries.schedule_of(seat.patient) is None


def test_it_stands_on_the_leaders_day(seat):
    found(seat)
    day = day_of(seat.group.leader, timezone.now(), timezone.get_current_timezone())
    assert f"Talk about the drug test of {seat.patient.called}" in [todo.what for todo in day.coming]


def test_another_counselor_finds_nothing(client, seat):
    page = sign_in(client, StaffFactory())
    assert page.get(reverse("chart:drug_test", args=[asked(seat).pk])).status_code == 404
    assert page.get(reverse("chart:patient_drug_tests", args=[seat.patient.pk])).status_code == 404
