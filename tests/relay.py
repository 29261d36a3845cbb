"""A real relay (coturn) for browser tests, in the network of their own."""

import shutil
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from stepdown.config.supervisor.processes import spawn
from tests.copies import free_port, wait_until
from tests.netns import MEDIA_ADDRESS

# Source: docs/operations.md, "A relay", but for the loopback addresses and the missing certificates.
CONFIGURATION = """
listening-ip={address}
listening-port={port}
relay-ip={address}
use-auth-secret
static-auth-secret={secret}
realm=stepdown.test
allow-loopback-peers
denied-peer-ip=0.0.0.0-255.255.255.255
allowed-peer-ip={address}
no-tls
no-dtls
no-cli
no-multicast-peers
userdb={folder}/users
pidfile={folder}/pid
log-file={folder}/log
simple-log
"""


class Relay:
    """One relay that knows `secret`, at `address`; from `start` to `stop`."""

    secret = "known-to-the-relay-and-the-live-process"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = (MEDIA_ADDRESS, free_port())
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def urls(self) -> str:
        """As in STEPDOWN_TURN_URLS."""
        host, port = self.address
        return ",".join(f"turn:{host}:{port}?transport={kind}" for kind in ("udp", "tcp"))

    def start(self) -> None:
        """Returns when it takes connections."""
        file = self.folder / "turnserver.conf"
        host, port = self.address
        file.write_text(CONFIGURATION.format(address=host, port=port, secret=self.secret, folder=self.folder))
        program = shutil.which("turnserver")
        assert program, "Browser tests need the relay coturn. To install it: sudo apt-get install coturn"
        self._process = spawn([program, "-c", str(file)], env={})
        wait_until(self._answers, "the relay takes connections")

    def _answers(self) -> bool:
        with suppress(ConnectionRefusedError):
            socket.create_connection(self.address).close()
            return True
        return False

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
