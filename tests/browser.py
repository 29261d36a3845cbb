"""Fixtures for tests that drive a real Chromium against the whole product, as `make run` starts it.

`product` is one running copy for all tests of a worker, on a database of its own: what a test commits stays, so tests
make people and sessions of their own and never count on an empty table. `new_page` opens a page; `axe` checks one.
"""

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.copies import ROOT, Copy
from tests.netns import INSIDE, MEDIA_ADDRESS
from tests.relay import Relay
from tests.told import names_told

RESULTS = ROOT / "test-results"
WHOLE = Path("/usr/bin/chromium")
BARE = Path("/usr/lib/chromium/chromium-headless-shell")
CHROMIUM = BARE if BARE.exists() else WHOLE
"""Without its windows, menus and profiles it opens a page at half the cost; what shows the page is the same. Tests with
the mark `whole_browser` get the other: one names its devices anew with each page, and has no permissions to refuse."""
CAMERA = f"--use-fake-device-for-media-stream=fps={os.environ.get('CAMERA_FPS', '5')}"
"""Five pictures a second are enough to see who is seen, at less cost; benchmarks ask for as many as a camera makes."""
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-gpu",  # there is none, and acting as if there were costs a sixth of all time
    "--use-fake-ui-for-media-stream",
    CAMERA,
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PATIENCE = 20_000  # milliseconds in which what is expected comes about, also on a machine that does much else
HANGS = 60  # seconds after which a browser that does not close is ended
TOLD = 1500  # characters of a page in the report of a test that failed
ASKED: set[str] = set()
"""Every address that a browser of this worker asked for."""
ARGON2 = ["tests.hashers.MadeOnce"]


@pytest.fixture(scope="session")
def browser_database(django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any) -> str:
    """Name of a database of this worker's own, in which what a test writes stays until the server goes, or the next
    run on it begins."""
    with django_db_blocker.unblock():
        return connection.creation.create_test_db(verbosity=0, autoclobber=True)


@pytest.fixture(scope="session")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """The relay that the product tells browsers of."""
    if not os.environ.get(INSIDE):
        pytest.fail("Browser tests run in a network namespace: python -m tests.netns pytest -m browser")
    relay = Relay(tmp_path_factory.mktemp("relay"))
    relay.start()
    yield relay
    relay.stop()


@pytest.fixture(scope="session")
def running_product(
    browser_database: str, relay: Relay, request: pytest.FixtureRequest, django_db_blocker: Any
) -> Iterator[Copy]:
    """The product under its own supervisor, for the whole run of this worker. Tests ask for `product`. What all of them
    made it tell outside its pages names no patient."""
    copy = Copy(
        DATABASE_URL=_url_of(browser_database),
        STEPDOWN_MEDIA_ADDRESS=MEDIA_ADDRESS,
        STEPDOWN_KEYS=str(settings.KEY_RING),
        STEPDOWN_SECRET_KEY=settings.SECRET_KEY,
        STEPDOWN_TURN_URLS=relay.urls,
        STEPDOWN_TURN_SECRET=relay.secret,
    )
    try:
        copy.start()
        with override_settings(PUBLIC_URL=copy.url, LIVE_PORT=str(copy.live_port), PASSWORD_HASHERS=ARGON2):
            yield copy
        copy.stop()
        with django_db_blocker.unblock():
            connection.close()  # a test may have had it ended from outside
            told = names_told([*(copy.home / "logs").iterdir(), copy.home / "console.log"], ASKED)
        assert told == [], "names of patients stand outside the pages"
    finally:
        copy.stop()
        if request.session.testsfailed:
            shutil.copytree(copy.home / "logs", RESULTS / "logs", dirs_exist_ok=True)
            shutil.copy(copy.home / "console.log", RESULTS / "logs")
        copy.remove()


@pytest.fixture
def product(running_product: Copy, django_db_blocker: Any) -> Iterator[Copy]:
    """The running product, with the ORM open on the same database; what is written is committed at once."""
    with django_db_blocker.unblock():
        yield running_product


class Chromium:
    """A Chromium with a made-up camera and microphone, and a new one should it hang."""

    def __init__(self, playwright: Playwright, program: Path = CHROMIUM) -> None:
        self.playwright = playwright
        self.program = program
        self._ours = (
            f"--of-test-run={os.getpid()}-{id(self)}"  # a switch that it does not know, by which we know its process
        )
        self._browser = self.launch([*FLAGS, self._ours])

    def launch(self, args: list[str]) -> Browser:
        """One more, with other switches; whoever asks for it closes it."""
        return self.playwright.chromium.launch(executable_path=self.program, args=args)

    def new_context(self, **options: Any) -> BrowserContext:
        if not self._browser.is_connected():
            self._browser = self.launch([*FLAGS, self._ours])
        return self._browser.new_context(**options)

    def close(self, context: BrowserContext) -> None:
        """Closes somebody's browser. Once in some thousand times Chromium never answers; it is ended then."""
        watch = threading.Timer(HANGS, self._end)
        watch.start()
        try:
            context.close()
        except PlaywrightError:
            if self._browser.is_connected():
                raise
        finally:
            watch.cancel()

    def processes(self) -> list[int]:
        """Id of its main process, if it runs; those of its pages end with it. A process that it only begins has the
        same words for a moment."""
        parents = {}
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (entry / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ").split()
                if self._ours in words and not any(word.startswith("--type=") for word in words):
                    parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        return [process for process, parent in parents.items() if parent not in parents]

    def _end(self) -> None:
        for process in self.processes():
            os.kill(process, signal.SIGKILL)

    def stop(self) -> None:
        self._browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """One Chromium for all tests of a worker."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "1"  # Playwright keeps a loop in this thread, and we use the ORM beside it
    )
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = Chromium(playwright)
        yield chromium
        chromium.stop()


@pytest.fixture(scope="session")
def whole_chromium(chromium: Chromium) -> Iterator[Chromium]:
    """The one that people have, where it is another."""
    whole = Chromium(chromium.playwright, WHOLE)
    yield whole
    whole.stop()


# Keeps what a page has had spoken, as each sentence stands for a moment only.
SPOKEN = """
    window.spoken = [];
    new MutationObserver((changes) => {
        for (const { target } of changes) {
            const region = target.nodeType === Node.ELEMENT_NODE && target.closest("#say, #say-now");
            if (region && region.textContent) window.spoken.push(region.textContent);
        }
    }).observe(document, { subtree: true, childList: true });
"""


AXE = Axe().axe_script
BROKEN = """async (rules) => {
    const asked = {resultTypes: ["violations"], selectors: false, preload: false, ...rules};
    const found = await axe.run(asked);
    return found.violations.map((rule) =>
        `${rule.id} (${rule.help}): ${rule.nodes.map((node) => node.html).join(" ").slice(0, 400)}`);
}"""


@pytest.fixture
def new_page(request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """new_page(viewport=PHONE, color_scheme="light", …) -> a page in a context of its own: another person's browser.

    Further keywords go to Playwright's `new_context`. When the test fails, its report tells what the pages show, and
    pictures are kept in test-results/.
    """
    is_whole = request.node.get_closest_marker("whole_browser") is not None
    chromium: Chromium = request.getfixturevalue("whole_chromium" if is_whole else "chromium")
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
        context.add_init_script(SPOKEN)
        context.on("request", lambda request: ASKED.add(request.url))
        pages.append(context.new_page())
        return pages[-1]

    failed_before = request.session.testsfailed
    yield open_page
    has_failed = request.session.testsfailed > failed_before
    for number, page in enumerate(pages):
        if has_failed and not page.is_closed():
            print(f"Page {number}, {page.url}:\n{page.inner_text('body')[:TOLD]}\n")
            page.screenshot(path=RESULTS / f"{request.node.name}-{number}.png", full_page=True)
        chromium.close(page.context)


def broken_rules(page: Page, *, colors_only: bool = False) -> list[str]:
    """The rules of accessibility that the page breaks, each with the elements that do; colors are all that another
    color scheme changes."""
    if not page.evaluate("Boolean(window.axe)"):  # half a megabyte, once a page, or given it before by who checks many
        page.evaluate(AXE)
    found: list[str] = page.evaluate(BROKEN, {"runOnly": ["color-contrast"]} if colors_only else {})
    return found


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """axe(page) fails with what is wrong when the page breaks a rule of accessibility."""

    def check(page: Page) -> None:
        found = broken_rules(page)
        assert found == [], page.url

    return check


@contextmanager
def copy_on(database: str, **env: str) -> Iterator[Copy]:
    """A running copy for one test or file alone, on `browser_database`: for what would be felt in the shared one."""
    copy = Copy(
        DATABASE_URL=_url_of(database),
        STEPDOWN_MEDIA_ADDRESS=MEDIA_ADDRESS,
        STEPDOWN_KEYS=str(settings.KEY_RING),
        STEPDOWN_SECRET_KEY=settings.SECRET_KEY,
        **env,
    )
    try:
        copy.start()
        yield copy
    finally:
        copy.remove()


def _url_of(database: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))
