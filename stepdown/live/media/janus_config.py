"""The configuration of Janus as a pure function: every value in, the text of every file out.

Only the video room and the WebSocket transport are on, the latter on Unix sockets alone; every other module found on
the machine is named in a `disable` list, because Janus loads what it finds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PLUGIN = "libjanus_videoroom.so"
TRANSPORT = "libjanus_websockets.so"
EVENT_HANDLER = "libjanus_wsevh.so"

SESSION_SECONDS = 30
RECLAIM_SECONDS = 30  # how long calls go on while the live process restarts
STATS_SECONDS = 5
NO_MEDIA_SECONDS = 2
SLOW_LINK_LOST_PACKETS = 4


@dataclass(frozen=True)
class Modules:
    """File names of the modules that are installed, by kind."""

    plugins: tuple[str, ...]
    transports: tuple[str, ...]
    events: tuple[str, ...]
    loggers: tuple[str, ...]


@dataclass(frozen=True)
class MediaServer:
    """One media server.

    folder: its configuration. library: the folder with the folders plugins, transports, events and loggers.
    socket, admin_socket: Unix sockets of its two interfaces. name: comes back as `emitter` in its events.
    address: the one IPv4 address at which browsers reach it. interface: the one that its machine has itself, another
    behind a 1:1 NAT. ports: first and last UDP port, two a person.
    events_url: ws:// address of the live process, with a path that nobody can guess. cores: threads that carry media.
    """

    folder: Path
    library: Path
    modules: Modules
    socket: Path
    admin_socket: Path
    name: str
    address: str
    interface: str
    ports: tuple[int, int]
    cores: int
    api_secret: str
    admin_secret: str
    room_key: str
    events_url: str


def files(server: MediaServer) -> dict[str, str]:
    """File name -> text of the four files that belong into `server.folder`. Holds secrets."""
    return {
        "janus.jcfg": _core(server),
        "janus.transport.websockets.jcfg": _section(
            "general",
            {"ws": True, "ws_unix": str(server.socket), "wss": False, "json": "compact"},
        )
        + _section("admin", {"admin_ws": True, "admin_ws_unix": str(server.admin_socket), "admin_wss": False}),
        # UUIDs as room and person ids; only whoever holds the key makes rooms or forwards their media.
        "janus.plugin.videoroom.jcfg": _section(
            "general", {"admin_key": server.room_key, "lock_rtp_forward": True, "string_ids": True}
        ),
        "janus.eventhandler.wsevh.jcfg": _section(
            "general",
            {
                "enabled": True,
                "events": "sessions,handles,webrtc,media,plugins,core",
                "grouping": False,
                "json": "compact",
                "backend": server.events_url,
            },
        ),
    }


def _core(server: MediaServer) -> str:
    first, last = server.ports
    return "".join(
        [
            _section(
                "general",
                {
                    "configs_folder": str(server.folder),
                    "plugins_folder": str(server.library / "plugins"),
                    "transports_folder": str(server.library / "transports"),
                    "events_folder": str(server.library / "events"),
                    "loggers_folder": str(server.library / "loggers"),
                    "api_secret": server.api_secret,
                    "admin_secret": server.admin_secret,
                    "server_name": server.name,
                    "debug_level": 3,  # warnings; the next level names sessions and handles, which are keys to them
                    "debug_timestamps": True,
                    "debug_colors": False,
                    "hide_dependencies": True,
                    "session_timeout": SESSION_SECONDS,
                    "reclaim_session_timeout": RECLAIM_SECONDS,
                    "opaqueid_in_api": True,
                    "event_loops": server.cores,  # the default, a thread for each person, costs twice the CPU
                },
            ),
            _section(
                "media",
                {
                    "rtp_port_range": f"{first}-{last}",
                    "no_media_timer": NO_MEDIA_SECONDS,
                    "slowlink_threshold": SLOW_LINK_LOST_PACKETS,
                },
            ),
            _section("nat", _nat(server)),
            _section("plugins", {"disable": _others(server.modules.plugins, PLUGIN)}),
            _section("transports", {"disable": _others(server.modules.transports, TRANSPORT)}),
            _section("loggers", {"disable": _others(server.modules.loggers, "")}),
            _section(
                "events",
                {
                    "broadcast": True,
                    "stats_period": STATS_SECONDS,
                    "disable": _others(server.modules.events, EVENT_HANDLER),
                },
            ),
        ]
    )


def _nat(server: MediaServer) -> dict[str, str | int | bool]:
    """ICE Lite is for who can be reached at their own address. Source: RFC 8445, 2.5."""
    values: dict[str, str | int | bool] = {
        "ice_enforce_list": server.interface,
        "ice_lite": server.interface == server.address,
        "ignore_mdns": True,
        "full_trickle": False,
    }
    if server.interface != server.address:
        values["nat_1_1_mapping"] = server.address
    return values


def _others(modules: Iterable[str], kept: str) -> str:
    return ",".join(sorted(module for module in modules if module != kept))


def _section(name: str, values: dict[str, str | int | bool]) -> str:
    lines = "".join(f"\t{key} = {_literal(value)}\n" for key, value in values.items())
    return f"{name}: {{\n{lines}}}\n"


def _literal(value: str | int | bool) -> str:
    """A value in libconfig's syntax. Raises ValueError for text that could not stand in one quoted string."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if any(letter in value for letter in '"\\\n'):
        raise ValueError("A quote, backslash or line break cannot stand in a setting of the media server.")
    return f'"{value}"'
