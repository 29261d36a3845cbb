"""Who works in the database: the owner of the tables, who migrates, and the role that the processes serve people with.

What the latter may do stands in `stepdown/config/grants.sql`; how it has records destroyed, in `destruction.sql`.
"""

from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

WEB = "stepdown_web"
GRANTS = Path(__file__).resolve().parents[1] / "grants.sql"
DESTRUCTION = GRANTS.with_name("destruction.sql")


class RolesFailed(Exception):
    """The role of the processes could not be made or be given its rights; `str()` says why and what to do."""


def web_url(owner_url: str, password: str) -> str:
    """DATABASE_URL of the processes: the database of its owner, entered as WEB."""
    parts = urlsplit(owner_url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{WEB}:{quote(password, safe='')}@{place}"))


def make_web(owner_url: str, password: str) -> None:
    """Makes WEB when it is missing, and gives it that password when it has another one. Raises RolesFailed."""
    if _enters(web_url(owner_url, password)):
        return
    with psycopg.connect(owner_url, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [WEB]).fetchone()
        # Hashed here, so that it stands in no log of a server of somebody else.
        hashed = connection.pgconn.encrypt_password(password.encode(), WEB.encode(), b"scram-sha-256").decode()
        words = sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
            sql.SQL("ALTER" if found else "CREATE"), sql.Identifier(WEB), sql.Literal(hashed)
        )
        try:
            connection.execute(words)
        except psycopg.errors.InsufficientPrivilege as reason:
            raise RolesFailed(
                f"The processes need a role of their own in the database, which could not be made: "
                f"{reason.diag.message_primary}. "
                f"Make it there: CREATE ROLE {WEB} LOGIN PASSWORD '…'. Then start with STEPDOWN_WEB_DATABASE_URL, "
                "which is DATABASE_URL with that role and password."
            ) from None


def grant(owner_url: str, web: str = WEB) -> None:
    """Gives that role what `grants.sql` and `destruction.sql` say, in one transaction. Raises RolesFailed."""
    try:
        with psycopg.connect(owner_url) as connection:
            connection.execute("SELECT set_config('stepdown.web', %s, true)", [web])
            connection.execute(GRANTS.read_bytes())
            connection.execute(DESTRUCTION.read_bytes())
    except psycopg.Error as reason:
        raise RolesFailed(
            f"The role {web} could not be given its rights: {reason.diag.message_primary or reason}"
        ) from None


def name_in(url: str) -> str:
    """The role that an address of a database names."""
    return unquote(urlsplit(url).username or "")


def _enters(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True
