"""When the jobs of transitions run by themselves."""

from procrastinate.contrib.django import app

from stepdown.transitions import tasks


def test_whose_day_has_come_is_moved_within_a_minute():
    every = {planned.task.name: planned.cron for planned in app.periodic_registry.periodic_tasks.values()}

    assert every[tasks.complete_all.name] == "* * * * *"
