"""The whole product: which children there are, in which order they start and stop, and what happens before."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from stepdown.config.supervisor import brought_up, janus, postgres, roles
from stepdown.config.supervisor.accounts import unprivileged
from stepdown.config.supervisor.children import Child, Program
from stepdown.config.supervisor.console import say
from stepdown.config.supervisor.home import Home
from stepdown.config.supervisor.options import CannotRun, Options
from stepdown.config.supervisor.variables import FILE, OWNER, ROOT, write_variables
from stepdown.kernel import keys
from stepdown.live.media import named

# What opens the database as its owner; no process that serves people has it.
OF_THE_SUPERVISOR = {"STEPDOWN_DATABASE_PASSWORD", "STEPDOWN_WEB_DATABASE_URL", OWNER}
WEB_THREADS = 4
LIVE_FRAME_BYTES = 2 * 1024 * 1024  # more than any message may have, so that most are answered with a sentence
CONNECT_SECONDS = 10


class Product:
    """One running copy. `run` serves until it is cancelled; then `stop` ends every child."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.home = Home(options.home, unprivileged())
        self.home.hold()
        self.secrets = self.home.secrets()
        count = options.media_count
        self.media = [janus.Media(self.home, options.port, number, count) for number in range(1, count + 1)]
        self.cluster = None if options.database_url else self._cluster()
        self.env = self._environment()
        self._reset_wanted = asyncio.Event()
        self._children: dict[str, Child] = {}

    async def run(self) -> None:
        """Prepares and starts everything, and starts the demo afresh whenever `want_reset` asks. Raises CannotRun."""
        for port in (self.options.port, self.options.live_port):
            _check_free(port)
        while True:
            await self.prepare()
            await self._serve()
            await self._reset_wanted.wait()
            self._reset_wanted.clear()
            say("The demo starts afresh.")
            await self._stop("web", "live", "worker")
            await self._stop(*self._media_children)
            self._forget_database()
            await self._stop("postgres")

    def want_reset(self) -> None:
        """Asks for a fresh demo; a server of somebody else (DATABASE_URL) is never emptied."""
        if self.cluster is None:
            say("The database behind DATABASE_URL is not emptied from here. Make an empty one and start with it.")
        else:
            self._reset_wanted.set()

    async def prepare(self) -> None:
        """Brings database, seed and static files up to date; quick when nothing changed. Raises CannotRun."""
        keys.make_if_missing(Path(os.environ.get("STEPDOWN_KEYS") or self.home.folder / "keys"))
        write_variables(self.home.folder / FILE, self._own_variables() | {OWNER: self.owner_url})
        if self.cluster is not None:
            await self._start_postgres(self.cluster)
        else:
            _check_reachable(self.options.database_url)
        await _together(self._migrate_and_seed(), self._collect_static())

    def reset(self) -> None:
        """Throws the built-in database away; the next `prepare` makes a new one. Raises CannotRun."""
        if self.cluster is None:
            raise CannotRun(
                "DATABASE_URL is set, and that database is not emptied from here. Make an empty one and start with it."
            )
        self.cluster.clear_leftovers()
        self._forget_database()

    async def stop(self) -> None:
        """Ends every child: first those that serve people, then the media servers, the database last."""
        servers = {"postgres", *self._media_children}
        await self._stop("web", "live", "worker", *(name for name in self._children if name not in servers))
        await self._stop(*self._media_children)
        await self._stop("postgres")

    @property
    def _media_children(self) -> list[str]:
        return [media.child for media in self.media]

    @property
    def owner_url(self) -> str:
        """DATABASE_URL of who migrates; the processes that serve people are never given it."""
        return self.cluster.url if self.cluster else self.options.database_url

    # Before serving

    def _cluster(self) -> postgres.Cluster:
        return postgres.Cluster(
            data=self.home.database,
            sockets=self.home.sockets,
            password=self.secrets["STEPDOWN_DATABASE_PASSWORD"],
            log=self.home.logs / "postgres.log",
            account=self.home.account,
            binaries=postgres.reachable_binaries(self.home.account),
        )

    async def _start_postgres(self, cluster: postgres.Cluster) -> None:
        is_new = not cluster.exists
        if is_new:
            say("Making the database …")
            cluster.make()

        async def is_ready() -> bool:
            return cluster.is_ready()

        child = self._start(
            Program(
                name="postgres",
                command=cluster.command(),
                env={},
                account=self.home.account,
                prepare=cluster.clear_leftovers,
                is_ready=is_ready,
                stop_signal=signal.SIGINT,
                stop_seconds=postgres.STOP_SECONDS,
                death_signal=signal.SIGINT,
                is_shown=False,
            )
        )
        if not await child.ready(postgres.START_SECONDS):
            raise CannotRun(f"The database server did not start. Its log: {cluster.log}")
        cluster.create_database()

    async def _migrate_and_seed(self) -> None:
        code = brought_up.code_of_tables()
        if not brought_up.is_up_to(self.owner_url, brought_up.TABLES, code):
            say("Bringing the tables up to date …")
            await self._manage("migrate", "migrate", "--no-input", "--verbosity=0", DATABASE_URL=self.owner_url)
            brought_up.write_down(self.owner_url, brought_up.TABLES, code)
        elif (
            self.cluster is None
        ):  # migrating looks over the settings too; a server of somebody else may be another now
            await self._manage("check", "check", "--database=default", DATABASE_URL=self.owner_url)
        self._give_rights()
        if self.options.is_seeded and postgres.is_empty(self.env["DATABASE_URL"]):
            say("Filling the demo center with made-up people …")
            await self._manage("seed", "seed_demo")
        await self._load_curriculum()

    def _give_rights(self) -> None:
        """The processes get their role, and what it may do with the tables there are now."""
        if not self.options.web_database_url:
            roles.make_web(self.owner_url, self.secrets["STEPDOWN_WEB_DATABASE_PASSWORD"])
        roles.grant(self.owner_url, roles.name_in(self.env["DATABASE_URL"]))

    async def _load_curriculum(self) -> None:
        """Topics and handouts of a new or changed product; what a center changed stays."""
        code = brought_up.code_of_curriculum()
        if not brought_up.is_up_to(self.owner_url, brought_up.CURRICULUM, code):
            await self._manage("curriculum", "curriculum")
            brought_up.write_down(self.owner_url, brought_up.CURRICULUM, code)

    async def _collect_static(self) -> None:
        sources = [path for app in (ROOT / "stepdown").glob("*/static") for path in app.rglob("*") if path.is_file()]
        known = sorted(f"{path} {path.stat().st_mtime_ns}" for path in sources)
        state = brought_up.fingerprint([brought_up.LOCK_FILE], *known)
        if self._mark("static") != state or not (self.home.static / "staticfiles.json").exists():
            await self._manage("static", "collectstatic", "--no-input", "--clear", "--verbosity=0")
            self._set_mark("static", state)

    async def _manage(self, name: str, *words: str, is_shown: bool = False, **env: str) -> None:
        command = [sys.executable, "manage.py", *words]
        program = Program(name=name, command=command, env=self.env | env, cwd=ROOT, is_shown=is_shown)
        code = await Child(program, logs=self.home.logs, pids=self.home.pids).run_to_end()
        if code != 0:
            said = (self.home.logs / f"{name}.log").read_text(errors="replace").strip()
            raise CannotRun(f"{said}\n`manage.py {' '.join(words)}` failed; what it said is above.")

    def _forget_database(self) -> None:
        if self.cluster is not None:
            self.cluster.forget()

    def _mark(self, name: str) -> str:
        with suppress(FileNotFoundError):
            return (self.home.marks / name).read_text()
        return ""

    def _set_mark(self, name: str, state: str) -> None:
        (self.home.marks / name).write_text(state)

    # Serving

    async def _serve(self) -> None:
        started = [self._start(self._web()), self._start(self._live()), self._start(self._worker())]
        for child in started:
            if not await child.ready():
                raise CannotRun(f"{child.program.name} does not answer. Its log lies in {self.home.logs}.")
        await self._start_media()
        self._set_mark("serving", str(time.time_ns()))
        say(f"Stepdown is ready at {self.env['STEPDOWN_PUBLIC_URL']}")
        if self.options.is_seeded:
            await self._manage("demo", "demo_signins", is_shown=True)

    async def _start_media(self) -> None:
        try:
            programs = [
                janus.program(media, secrets=self.secrets, live_port=self.options.live_port) for media in self.media
            ]
        except janus.NoMediaServer as reason:
            say(str(reason))
            return
        for child in [self._start(program) for program in programs]:
            if not await child.ready(10):
                say(f"The media server {child.program.name} does not answer yet. Its log lies in {self.home.logs}.")

    def _web(self) -> Program:
        workers = str(min(4, os.cpu_count() or 1))
        return self._python(
            "web",
            *("-m", "gunicorn", "stepdown.config.wsgi:application", "--bind", f"127.0.0.1:{self.options.port}"),
            *("--workers", workers, "--worker-class", "gthread", "--threads", str(WEB_THREADS), "--preload"),
            # No access log: addresses hold personal links.
            *("--graceful-timeout", "3", "--timeout", "60", "--log-level", "warning", "--no-control-socket"),
            port=self.options.port,
        )

    def _live(self) -> Program:
        return self._python(
            "live",
            *("-m", "uvicorn", "stepdown.live.server.app:application", "--host", "127.0.0.1"),
            *("--port", str(self.options.live_port), "--no-access-log", "--log-level", "warning"),
            *("--timeout-graceful-shutdown", "3", "--ws-max-size", str(LIVE_FRAME_BYTES)),
            port=self.options.live_port,
        )

    def _worker(self) -> Program:
        # Two at once: a plan that takes its time holds up no message.
        words = ("--concurrency", "2", "--shutdown-graceful-timeout", "5")
        return self._python("worker", "manage.py", "procrastinate", "worker", *words)

    def _python(self, name: str, *words: str, port: int = 0) -> Program:
        async def answers() -> bool:
            return not port or await _answers(port)

        return Program(name=name, command=[sys.executable, *words], env=self.env, cwd=ROOT, is_ready=answers)

    def _start(self, program: Program) -> Child:
        child = self._children[program.name] = Child(program, logs=self.home.logs, pids=self.home.pids)
        child.start()
        return child

    async def _stop(self, *names: str) -> None:
        await asyncio.gather(*(self._children.pop(name).stop() for name in names if name in self._children))

    def _own_variables(self) -> dict[str, str]:
        here = self.media if janus.is_installed() else []
        public_url = os.environ.get("STEPDOWN_PUBLIC_URL") or f"http://127.0.0.1:{self.options.port}"
        return {
            **{name: value for name, value in self.secrets.items() if name not in OF_THE_SUPERVISOR},
            "DATABASE_URL": self.options.web_database_url
            or roles.web_url(self.owner_url, self.secrets["STEPDOWN_WEB_DATABASE_PASSWORD"]),
            "DJANGO_SETTINGS_MODULE": "stepdown.config.settings",
            "STEPDOWN_HOME": str(self.options.home),
            "STEPDOWN_DEMO": "1" if self.options.is_demo else "0",
            "STEPDOWN_KEYS": os.environ.get("STEPDOWN_KEYS", ""),
            "STEPDOWN_LIVE_PORT": str(self.options.live_port),
            "STEPDOWN_MEDIA_SERVERS": self.options.media_elsewhere,
            "STEPDOWN_MEDIA_SERVERS_HERE": named.write(media.named(self.secrets) for media in here),
            "STEPDOWN_PUBLIC_URL": public_url,
        }

    def _environment(self) -> dict[str, str]:
        given = {name: value for name, value in os.environ.items() if name not in OF_THE_SUPERVISOR}
        return {**given, **self._own_variables(), "PYTHONUNBUFFERED": "1"}


async def _together(*works: Coroutine[Any, Any, None]) -> None:
    """Does all of it at once; when one fails the others are given up before its error is raised."""
    doing = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.gather(*doing)
    finally:
        for task in doing:
            task.cancel()
        await asyncio.gather(*doing, return_exceptions=True)


def _check_free(port: int) -> None:
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind(("127.0.0.1", port))
        except OSError:
            raise CannotRun(
                f"Port {port} is taken by another program. Choose another, for example: make run PORT={port + 10}"
            ) from None


def _check_reachable(database_url: str) -> None:
    try:
        psycopg.connect(database_url, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.OperationalError as reason:
        raise CannotRun(
            f"The database that DATABASE_URL names takes no connection:\n{reason}\n"
            "Start it or correct DATABASE_URL. Without DATABASE_URL, Stepdown makes a database of its own."
        ) from None
    except psycopg.ProgrammingError:  # what it says would show the password
        raise CannotRun(
            "DATABASE_URL is no address of a PostgreSQL database. "
            "Give it as postgresql://user:password@host:5432/name, or leave it out."
        ) from None


async def _answers(port: int) -> bool:
    """Whether anything speaks HTTP there, whatever it says."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    try:
        writer.write(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        return (await reader.readline()).startswith(b"HTTP/1.")
    except OSError:
        return False
    finally:
        writer.close()
