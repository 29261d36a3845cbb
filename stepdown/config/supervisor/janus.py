"""The media servers as children: found, configured anew at every start, run by an account without rights."""

import asyncio
import os
import shutil
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stepdown.config.supervisor.children import Program
from stepdown.config.supervisor.home import Home
from stepdown.live.media.janus_config import MediaServer, Modules, files
from stepdown.live.media.named import Named

EXECUTABLE = Path("/usr/bin/janus")
LIBRARIES = ("/usr/lib", "/usr/lib64", "/usr/local/lib")
KINDS = ("plugins", "transports", "events", "loggers")

FIRST_PORT = 20000
PORTS_A_COPY = 600  # twelve rooms of twelve, two ports for each person and direction
COPIES = 64
USUAL_PORT = 8000


class NoMediaServer(Exception):
    """Video is off; `str()` says why and what to do about it."""


@dataclass(frozen=True)
class Media:
    """One of the `count` media servers of the copy in `home`, which serves its pages on `port`. `number`: from 1."""

    home: Home
    port: int
    number: int = 1
    count: int = 1

    @property
    def name(self) -> str:
        """As the live process and the rows of the inbox know it."""
        return f"media-{self.number}"

    @property
    def child(self) -> str:
        """Name of its process, folder, sockets and log."""
        return "janus" if self.number == 1 else f"janus-{self.number}"

    @property
    def folder(self) -> Path:
        return self.home.shared / self.child

    @property
    def socket(self) -> Path:
        return self.home.sockets / f"{self.child}.sock"

    @property
    def admin_socket(self) -> Path:
        return self.home.sockets / f"{self.child}-admin.sock"

    @property
    def ports(self) -> tuple[int, int]:
        """First and last of its UDP ports; all of a copy share the same ones."""
        first, last = ports_of(self.port)
        share = (last + 1 - first) // self.count
        return first + (self.number - 1) * share, first + self.number * share - 1

    def named(self, secrets: dict[str, str]) -> Named:
        """What the live process must know to speak with it."""
        return Named(
            name=self.name,
            address=str(self.socket),
            api_secret=secrets["STEPDOWN_JANUS_API_SECRET"],
            room_key=secrets["STEPDOWN_JANUS_ROOM_KEY"],
        )


def is_installed() -> bool:
    """Whether the Debian package, or something in its place, is there."""
    return os.access(EXECUTABLE, os.X_OK)


def ports_of(port: int) -> tuple[int, int]:
    """First and last UDP port for the copy that serves its pages on `port`; copies whose ports lie near differ."""
    first = FIRST_PORT + ((port - USUAL_PORT) // 2 % COPIES) * PORTS_A_COPY
    return first, first + PORTS_A_COPY - 1


def media_addresses() -> tuple[str, str]:
    """Where browsers reach this machine: STEPDOWN_MEDIA_ADDRESS, or the IPv4 address it uses toward others; and which
    address it has itself, another behind a 1:1 NAT. Raises NoMediaServer."""
    told = os.environ.get("STEPDOWN_MEDIA_ADDRESS")
    own = told if told and _is_of_this_machine(told) else _toward_others()
    if own is None:
        raise NoMediaServer(
            "Video is off: this machine has no network address but its loopback. Set STEPDOWN_MEDIA_ADDRESS to the "
            "IPv4 address that browsers can reach."
        )
    return told or own, own


def _is_of_this_machine(address: str) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried:
        try:
            tried.bind((address, 0))
        except OSError:
            return False
    return True


def _toward_others() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked, suppress(OSError):
        asked.connect(("192.0.2.1", 9))  # sends nothing; the kernel only picks a route. Source: RFC 5737
        address = str(asked.getsockname()[0])
        if not address.startswith("127."):
            return address
    return None


def program(media: Media, *, secrets: dict[str, str], live_port: int) -> Program:
    """The child. Raises NoMediaServer when it cannot be had here."""
    if not is_installed():
        raise NoMediaServer("Everything works but video: the media server janus is not installed.")
    media_addresses()
    library = _library()
    folder, account = media.folder, media.home.account

    def prepare() -> None:
        for left_over in (media.socket, media.admin_socket):
            left_over.unlink(missing_ok=True)
        address, interface = media_addresses()
        server = MediaServer(
            folder=folder,
            library=library,
            modules=Modules(**{kind: _modules(library / kind) for kind in KINDS}),
            socket=media.socket,
            admin_socket=media.admin_socket,
            name=media.name,
            address=address,
            interface=interface,
            ports=media.ports,
            cores=os.cpu_count() or 1,
            api_secret=secrets["STEPDOWN_JANUS_API_SECRET"],
            admin_secret=secrets["STEPDOWN_JANUS_ADMIN_SECRET"],
            room_key=secrets["STEPDOWN_JANUS_ROOM_KEY"],
            events_url=f"ws://127.0.0.1:{live_port}/{secrets['STEPDOWN_MEDIA_EVENTS_PATH']}",
        )
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        for name, text in files(server).items():
            path = folder / name
            path.touch(mode=0o600)
            path.write_text(text)
            account.owns(path, 0o600)
        account.owns(folder, 0o700)

    async def is_ready() -> bool:
        try:
            _, writer = await asyncio.open_unix_connection(media.socket)
        except OSError:
            return False
        writer.close()
        return True

    return Program(
        name=media.child,
        command=[str(EXECUTABLE), "-F", str(folder), "-C", str(folder / "janus.jcfg"), "--disable-colors"],
        env={"PATH": "/usr/bin:/bin"},
        account=account,
        prepare=prepare,
        is_ready=is_ready,
        stop_seconds=3,
        is_shown=False,
    )


def _library() -> Path:
    for place in LIBRARIES:
        for found in sorted(Path(place).glob("**/janus/plugins/libjanus_videoroom.so")):
            return found.parents[1]
    raise NoMediaServer("Video is off: janus is installed, but its video room module is not found under /usr/lib.")


def _modules(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in folder.glob("*.so")))
