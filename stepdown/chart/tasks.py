"""Jobs of the chart. Arguments are times only."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from procrastinate.contrib.django import app

from stepdown.chart import queries_welfare, services_deadlines, services_drug_tests, services_late, services_welfare
from stepdown.people.queries import center


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="chart.keep_deadlines", pass_context=False)
def keep_deadlines(timestamp: int) -> None:
    """Every ten minutes: whose first session was gets a date for the plan; after a grave incident the plan is
    reviewed; who is back in IOP is not called any more; dates follow whoever leads the group."""
    now = datetime.fromtimestamp(timestamp, UTC)
    services_deadlines.make_first_plan_deadlines(now=now)
    services_deadlines.review_plans_after_incidents(now=now)
    services_deadlines.end_calls_of_who_came_back(now=now)
    services_deadlines.hand_over(now=now)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="chart.look_for_the_missed", pass_context=False)
def look_for_the_missed(timestamp: int) -> None:
    """Every minute: who is missing ten minutes after the start, who came after all, what stands next."""
    services_welfare.keep(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="0 13 * * 1")
@app.task(queueing_lock="chart.ask_for_conferences", pass_context=False)
def ask_for_conferences(timestamp: int) -> None:
    """On Monday morning: about whoever was in group for less than six hours in the week before, or in an earlier one
    of which something was confirmed only since last Monday."""
    if here := center():
        now = datetime.fromtimestamp(timestamp, UTC)
        today = now.astimezone(ZoneInfo(here.time_zone)).date()
        week = timedelta(days=7)
        monday = today - timedelta(days=today.weekday()) - week
        services_welfare.ask_for_conferences(monday=monday, now=now)
        for earlier in queries_welfare.weeks_confirmed(since=now - week, before=monday):
            services_welfare.ask_for_conferences(monday=earlier, now=now, confirmed_since=now - week)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="chart.draw_drug_tests", pass_context=False)
def draw_drug_tests(timestamp: int) -> None:
    """Every hour: where it is early morning, chance says whose test falls on this day. The log says nothing of it."""
    services_drug_tests.draw(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="chart.notify_of_drug_tests", pass_context=False)
def notify_of_drug_tests(timestamp: int) -> None:
    """Every minute: who is told of a test now, and whose was not given in its time."""
    now = datetime.fromtimestamp(timestamp, UTC)
    services_drug_tests.notify(now=now)
    services_drug_tests.look_for_missed(now=now)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="chart.tell_of_late_notes", pass_context=False)
def tell_of_late_notes(timestamp: int) -> None:
    """Every ten minutes: whose note is past its day, and the directors when it is past three."""
    services_late.tell_of_late_notes(now=datetime.fromtimestamp(timestamp, UTC))
