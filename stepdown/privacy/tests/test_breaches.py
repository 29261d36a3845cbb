"""What may be a breach: its clock, its four questions, whom it concerns, who is told. RULE PRIV-31."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import queries_breaches as queries
from stepdown.privacy import services_breaches as services
from stepdown.privacy.days import today
from stepdown.privacy.domain.breach import HHS, INDIVIDUALS, MEDIA, Duty, duties
from stepdown.privacy.models import Act, SuspectedBreach
from stepdown.privacy.tests.test_looks import looked
from stepdown.ui.navigation import Waiting

Conclusion = SuspectedBreach.Conclusion
MARCH_2 = date(2026, 3, 2)
MAY_1 = date(2026, 5, 1)  # the sixtieth day after it
FACTORS = {"information": "A name.", "recipient": "A clinic.", "viewed": "No.", "mitigation": "Returned unopened."}


@pytest.mark.parametrize(
    ("affected", "told"),
    [
        ({}, []),
        ({"MN": 1}, [Duty(INDIVIDUALS, MAY_1), Duty(HHS, date(2027, 3, 1))]),
        ({"MN": 499}, [Duty(INDIVIDUALS, MAY_1), Duty(HHS, date(2027, 3, 1))]),
        ({"MN": 250, "WI": 250}, [Duty(INDIVIDUALS, MAY_1), Duty(HHS, MAY_1)]),
        ({"MN": 500}, [Duty(INDIVIDUALS, MAY_1), Duty(HHS, MAY_1)]),
        (
            {"WI": 501, "MN": 501, "IA": 3},
            [Duty(INDIVIDUALS, MAY_1), Duty(HHS, MAY_1), Duty(MEDIA, MAY_1, ("MN", "WI"))],
        ),
    ],
)
def test_who_is_told_by_when_follows_from_how_many_and_where(affected, told):
    assert duties(MARCH_2, affected) == told


def test_a_leap_year_ends_sixty_days_before_february_29():
    assert duties(date(2027, 5, 5), {"MN": 3})[1].by == date(2028, 2, 29)


@given(
    st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.dictionaries(st.sampled_from(["MN", "WI"]), st.integers(1, 900))
)
def test_those_concerned_are_told_within_sixty_days_and_before_anybody_else(on, affected):
    """RULE PRIV-31."""
    told = duties(on, affected)
    assert all(told[0].by <= each.by for each in told)
    assert all(each.by - on <= timedelta(days=60) for each in told if each.whom != HHS)


@pytest.fixture
def officer(db):
    CenterFactory(time_zone="America/Chicago")
    return StaffFactory(roles=[Role.PRIVACY])


def reported(by, on=None, **more):
    return services.report(what="A letter went to the wrong house.", discovered_on=on or today(), by=by)


def test_everybody_reports_and_the_officer_has_it_at_once(client, officer):
    counselor = StaffFactory(roles=[Role.COUNSELOR])
    day = {"discovered_on_month": 11, "discovered_on_day": 2, "discovered_on_year": 2025}
    page = sign_in(client, counselor)
    sent = {"what": "A phone is lost.", "once": "6f1c2a52-5a0e-4c1e-9d8e-0d7a8d0f6b11", **day}
    assert [page.post(reverse("privacy:report"), sent).status_code for _twice in range(2)] == [302, 302]
    one = SuspectedBreach.objects.get()
    assert (one.discovered_on, one.recorded_by) == (date(2025, 11, 2), counselor)
    assert queries.waits_for(officer) == Waiting(1, 1)
    assert "A phone is lost." in sign_in(client, officer).get(reverse("privacy:breaches")).content.decode()


def test_another_report_from_the_same_page_is_not_lost(officer):
    once = uuid4()
    first, again = (
        services.report(what="A phone is lost.", discovered_on=MARCH_2, by=officer, once=once) for _ in "12"
    )
    other = services.report(what="A letter went astray.", discovered_on=MARCH_2, by=officer, once=once)
    assert first.pk == again.pk != other.pk
    assert set(SuspectedBreach.objects.values_list("what", flat=True)) == {"A phone is lost.", "A letter went astray."}


@pytest.mark.parametrize("missing", sorted(FACTORS))
def test_it_is_a_breach_unless_all_four_questions_are_answered(officer, missing):
    """RULE PRIV-31."""
    one = services.assess(breach=reported(officer), factors=FACTORS | {missing: ""}, by=officer)
    with pytest.raises(RuleBroken, match="all four"):
        services.conclude(breach=one, conclusion=Conclusion.NONE, by=officer)
    services.assess(breach=one, factors=FACTORS, by=officer)
    assert services.conclude(breach=one, conclusion=Conclusion.NONE, by=officer).concluded_by == officer


def test_what_was_judged_stays(officer):
    one = services.conclude(breach=reported(officer), conclusion=Conclusion.BREACH, by=officer)
    for act in (
        lambda: services.assess(breach=one, factors=FACTORS, by=officer),
        lambda: services.conclude(breach=one, conclusion=Conclusion.NONE, by=officer),
    ):
        with pytest.raises(RuleBroken, match="concluded already"):
            act()


def test_the_list_comes_from_who_looked_in_that_time(client, officer):
    """RULE PRIV-31."""
    account, other = StaffFactory(), StaffFactory()
    seen, on_a_list, before, refused, of_another = (PatientFactory() for _ in range(5))
    noon = datetime(2026, 3, 2, 18, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 3, 2, 5, 59, tzinfo=UTC), tick=False):  # March 1 at the center
        looked(before, staff=account)
    with time_machine.travel(noon, tick=False):
        looked(seen, on_a_list, staff=account)
        looked(seen, staff=account)
        looked(refused, staff=account, act=Act.REFUSED)
        looked(of_another, staff=other)
    one = reported(officer, on=MARCH_2)
    days = {f"looks-{end}_{part}": value for end in ("first_on", "last_on")
            for part, value in (("month", 3), ("day", 2), ("year", 2026))}  # fmt: skip
    asked = reverse("privacy:affected_from_looks", args=[one.pk])
    with time_machine.travel(datetime(2026, 3, 9, tzinfo=UTC), tick=True):
        assert sign_in(client, officer).post(asked, {"looks-staff": account.pk, **days}).status_code == 302
    assert {row.patient for row in one.affected.all()} == {seen, on_a_list}
    assert all(row.from_looks for row in one.affected.all())


def test_who_was_left_out_stays_left_out_until_somebody_puts_them_back(officer):
    one, patient, account = reported(officer), PatientFactory(), StaffFactory()
    looked(patient, staff=account)
    span = {"begins": datetime(2020, 1, 1, tzinfo=UTC), "ends": datetime(2090, 1, 1, tzinfo=UTC)}
    services.add_from_looks(breach=one, staff=account.pk, by=officer, **span)
    services.leave_out(affected=one.affected.get(), why="It was their own counselor.", by=officer)
    assert services.add_from_looks(breach=one, staff=account.pk, by=officer, **span) == 0
    assert queries.standing(one).people == 0
    assert services.add(breach=one, patient=patient, by=officer) == 1
    assert queries.standing(one).people == 1


def test_a_breach_is_open_until_everybody_was_told(officer):
    one = services.conclude(breach=reported(officer), conclusion=Conclusion.BREACH, by=officer)
    assert queries.standing(one).is_open
    services.add(breach=one, patient=PatientFactory(), by=officer)
    assert [todo.duty.whom for todo in queries.standing(one).todo] == [INDIVIDUALS, HHS]
    for whom in (INDIVIDUALS, HHS):
        assert queries.standing(one).is_open
        one = services.told(breach=one, whom=whom, on=today(), by=officer)
    assert not queries.standing(one).is_open
    assert queries.waits_for(officer) == Waiting(0, 0)


def concluded_and_told(officer, *affected):
    one = services.conclude(breach=reported(officer, on=MARCH_2), conclusion=Conclusion.BREACH, by=officer)
    for patient in affected:
        services.add(breach=one, patient=patient, by=officer)
    for whom in (INDIVIDUALS, HHS):
        one = services.told(breach=one, whom=whom, on=today(), by=officer)
    assert not queries.standing(one).is_open
    return one


def still_to_tell(one):
    found = queries.standing(SuspectedBreach.objects.get(pk=one.pk))
    return [todo.duty.whom for todo in found.todo if todo.done_on is None]


def test_who_is_added_after_the_others_were_told_is_told_too(officer):
    """RULE PRIV-31. The Secretary of HHS is told again when that is due otherwise than it was."""
    first, later = PatientFactory(), PatientFactory()
    one = concluded_and_told(officer, first)
    assert services.add(breach=one, patient=first, by=officer) == 0
    assert still_to_tell(one) == [], "they were on the list"
    assert services.add(breach=one, patient=later, by=officer) == 1
    assert still_to_tell(one) == [INDIVIDUALS]
    assert queries.waits_for(officer).all == 1


def test_who_was_left_out_and_comes_back_after_the_others_were_told_is_told_too(officer):
    """RULE PRIV-31."""
    first, other = PatientFactory(), PatientFactory()
    one = concluded_and_told(officer, first, other)
    services.leave_out(affected=one.affected.get(patient=other), why="It was their own counselor.", by=officer)
    assert still_to_tell(one) == []
    services.add(breach=one, patient=other, by=officer)
    assert still_to_tell(one) == [INDIVIDUALS]


def test_whoever_else_looked_is_told_and_so_is_the_secretary_when_that_is_due_sooner(officer, monkeypatch):
    """RULE PRIV-31."""
    monkeypatch.setattr("stepdown.privacy.domain.breach.TOLD_AT_ONCE", 2)
    one, account, patient = concluded_and_told(officer, PatientFactory()), StaffFactory(), PatientFactory()
    looked(patient, staff=account)
    span = {"begins": datetime(2020, 1, 1, tzinfo=UTC), "ends": datetime(2090, 1, 1, tzinfo=UTC)}
    assert services.add_from_looks(breach=one, staff=account.pk, by=officer, **span) == 1
    assert still_to_tell(one) == [INDIVIDUALS, HHS]


def test_nobody_is_told_before_it_is_judged_nor_before_it_was_known(officer):
    one = reported(officer)
    with pytest.raises(RuleBroken, match="before it is found"):
        services.told(breach=one, whom=INDIVIDUALS, on=today(), by=officer)
    one = services.conclude(breach=one, conclusion=Conclusion.BREACH, by=officer)
    with pytest.raises(RuleBroken, match="not known on that day"):
        services.told(breach=one, whom=INDIVIDUALS, on=today() - timedelta(days=1), by=officer)


def test_what_is_late_stands_first(client, officer):
    services.assess(breach=reported(officer), factors=FACTORS, by=officer)
    on_its_last_day = reported(officer, today() - timedelta(days=60))
    late = reported(officer, today() - timedelta(days=61))
    assert [each.breach.pk for each in queries.standings()][:2] == [late.pk, on_its_last_day.pk]
    assert queries.waits_for(officer) == Waiting(3, 1)
    page = sign_in(client, officer).get(reverse("privacy:breaches")).content.decode()
    assert page.count('class="tag urgent"') == 1
