"""The whole repository's tests run on one PostgreSQL of their own; see tests/database.py."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from stepdown.kernel.memory import Roomy, loading

collecting = ExitStack()
collecting.enter_context(loading())

pytest_plugins = ["tests.browser", "tests.web_role"]

# How fast a machine is decides no test.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # parallel workers use the server of the run that started them
        from tests import database

        database.start_if_ours()
    elif config.option.markexpr != "browser":  # a browser and what it opens are many processes, which two share
        from tests import processors

        processors.keep_to_one(int(config.workerinput["workerid"].removeprefix("gw")))


def pytest_unconfigure(config: pytest.Config) -> None:
    collecting.close()  # where nothing was collected
    if not hasattr(config, "workerinput"):
        from tests import database

        database.stop_if_ours()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where the tests with one mark are run, no other file is read, of which there are ten times as many."""
    mark: str = config.option.markexpr
    is_other = (
        mark.isidentifier() and collection_path.match("test_*.py") and f"mark.{mark}" not in collection_path.read_text()
    )
    return True if is_other else None


@pytest.hookimpl(trylast=True)  # of what is run at all
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long ones are dealt out: of each worker's first share, which xdist cuts from this order, they come first."""
    workers = int(config.workerinput["workercount"]) if hasattr(config, "workerinput") else 1
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    left = len(items)
    items.clear()
    for worker in range(workers):
        share, first = left // (workers - worker), long[worker::workers]
        rest = max(0, share - len(first))
        items += first + others[:rest]
        del others[:rest]
        left -= share
    items += others


def pytest_collection_finish() -> None:
    collecting.close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """The loop as others have it, on a stack of one piece."""
    plugins = session.config.pluginmanager
    rest = plugins.subset_hook_caller("pytest_runtestloop", [plugins.get_plugin(__file__)])
    return Roomy(rest)(session=session)


@pytest.fixture(autouse=True)
def english_in_utc() -> Iterator[None]:
    """Each test begins in English and UTC, whatever language and zone a request in the test before it switched to."""
    with translation.override("en"), timezone.override(None):
        yield
