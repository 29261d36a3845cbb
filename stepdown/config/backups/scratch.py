"""A database server that is made, used and thrown away."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stepdown.config.supervisor import postgres
from stepdown.config.supervisor.accounts import unprivileged


@contextmanager
def scratch_server() -> Iterator[str]:
    """The address of an empty database in it. Only we may enter its folder, and nothing of it is left."""
    account = unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="stepdown-scratch-"))
    cluster = postgres.Cluster(
        data=folder / "data",
        sockets=folder,
        password=postgres.new_password(),
        log=folder / "log",
        account=account,
        binaries=postgres.reachable_binaries(account),
        settings=postgres.THROW_AWAY,
    )
    try:
        account.owns(folder, 0o700)
        cluster.make()
        server = cluster.start()
        try:
            cluster.create_database()
            yield cluster.url
        finally:
            postgres.stop(server)
    finally:
        shutil.rmtree(folder)
