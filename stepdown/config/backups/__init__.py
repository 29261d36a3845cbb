"""Backups: the whole database with its documents in one encrypted file, brought back into an empty one, and proven.

A file is encrypted as age does (https://age-encryption.org/v1), to a public key; the private one that opens it lies
apart. In it stand FORMAT, a line of JSON (`snapshot.Told`), and behind them what pg_dump wrote. Nothing of it is ever
on the disk in the clear.
"""

from stepdown.config.backups.files import make, read_told, restore
from stepdown.config.backups.programs import BackupFailed
from stepdown.config.backups.proof import differences

__all__ = ["BackupFailed", "differences", "make", "read_told", "restore"]
