"""Fixtures for tests that drive a real Chromium against the whole product, as `make run` starts it.

`product` is one running copy for all tests of a run, on the run's own database: what a test commits stays, so tests
make people and sessions of their own and never count on an empty table. `new_page` opens a page; `axe` checks one.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from stepdown.config.supervisor.processes import spawn
from tests.netns import INSIDE, MEDIA_ADDRESS

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "test-results"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
UP_SECONDS = 60
ARGON2 = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@dataclass
class RunningProduct:
    """url: where its pages are. live_port: of its sockets. home: its folder, with logs and process ids."""

    url: str
    live_port: int
    home: Path
    env: dict[str, str]
    process: subprocess.Popen[bytes]

    def pid(self, name: str) -> int:
        """Process id of a child: "web", "live", "worker" or "janus"; 0 while it is not running."""
        try:
            return int((self.home / "pids" / name).read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def kill(self, name: str) -> None:
        """kill -9 of a child; returns when the supervisor has started it again."""
        killed = self.pid(name)
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: self.pid(name) not in {0, killed}, f"{name} is started again")

    def log(self, name: str) -> str:
        """What a child wrote so far."""
        return (self.home / "logs" / f"{name}.log").read_text(errors="replace")

    def console(self) -> str:
        """What whoever started the product reads, with the text messages of the demo."""
        return (self.home / "console.log").read_text(errors="replace")

    def manage(self, *words: str) -> str:
        """Output of a manage.py command run beside the product."""
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=ROOT, env=self.env, check=True, capture_output=True, text=True).stdout


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = UP_SECONDS) -> None:
    """Returns as soon as it is so; fails with `what` when it does not come about."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            pytest.fail(f"This did not come about within {seconds:g} seconds: {what}.")
        time.sleep(0.05)


@pytest.fixture(scope="session")
def running_product(django_db_setup: None, request: pytest.FixtureRequest) -> Iterator[RunningProduct]:
    """The product under its own supervisor, for the whole run. Tests ask for `product`."""
    if not os.environ.get(INSIDE):
        pytest.fail("Browser tests run in a network namespace: python -m tests.netns pytest -m browser")
    home = Path(tempfile.mkdtemp(prefix="stepdown-product-"))
    port, live_port = _free_port(), _free_port()
    env = {
        **os.environ,
        "DATABASE_URL": _url_of_test_database(),
        "DJANGO_SETTINGS_MODULE": "stepdown.config.settings",
        "PORT": str(port),
        "STEPDOWN_DEMO": "1",
        "STEPDOWN_HOME": str(home),
        "STEPDOWN_LIVE_PORT": str(live_port),
        "STEPDOWN_MEDIA_ADDRESS": MEDIA_ADDRESS,
        "STEPDOWN_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "STEPDOWN_SECRET_KEY": settings.SECRET_KEY,
        "STEPDOWN_SEED": "0",
    }
    command = [sys.executable, "-m", "stepdown.config.supervisor", "run"]
    with (home / "console.log").open("wb") as console:
        process = spawn(command, env=env, output=console, cwd=ROOT, death_signal=signal.SIGTERM)
    running = RunningProduct(env["STEPDOWN_PUBLIC_URL"], live_port, home, env, process)
    try:
        ready = f"ready at {running.url}"
        wait_until(lambda: ready in running.console() or process.poll() is not None, "the product is ready")
        assert process.poll() is None, running.console()
        with override_settings(PUBLIC_URL=running.url, LIVE_PORT=str(live_port), PASSWORD_HASHERS=ARGON2):
            yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(UP_SECONDS)
        if request.session.testsfailed:
            shutil.copytree(home / "logs", RESULTS / "logs", dirs_exist_ok=True)
            shutil.copy(home / "console.log", RESULTS / "logs")
        shutil.rmtree(home)


@pytest.fixture
def product(running_product: RunningProduct, django_db_blocker: Any) -> Iterator[RunningProduct]:
    """The running product, with the ORM open on the same database; what is written is committed at once."""
    with django_db_blocker.unblock():
        yield running_product


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium with a made-up camera and microphone, for the whole run."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "1"  # Playwright keeps a loop in this thread, and we use the ORM beside it
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """new_page(viewport=PHONE, color_scheme="light", …) -> a page in a context of its own: another person's browser.

    Further keywords go to Playwright's `new_context`. When the test fails, pictures are kept in test-results/.
    """
    pages: list[Page] = []

    def open_page(
        viewport: ViewportSize = DESKTOP, color_scheme: Literal["light", "dark"] = "light", **options: Any
    ) -> Page:
        context = chromium.new_context(
            viewport=viewport,
            color_scheme=color_scheme,
            permissions=["camera", "microphone"],
            **options,
        )
        pages.append(context.new_page())
        return pages[-1]

    failed_before = request.session.testsfailed
    yield open_page
    has_failed = request.session.testsfailed > failed_before
    for number, page in enumerate(pages):
        if has_failed and not page.is_closed():
            page.screenshot(path=RESULTS / f"{request.node.name}-{number}.png", full_page=True)
        page.context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """axe(page) fails with a report when the page breaks a rule of accessibility."""

    def check(page: Page) -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check


def _url_of_test_database() -> str:
    own = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(own._replace(path=f"/{connection.settings_dict['NAME']}"))


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
