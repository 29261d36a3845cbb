"""Passwords of made-up people, kept as the product keeps them, without the work it takes for each."""

from functools import cache

from django.contrib.auth.hashers import Argon2PasswordHasher


class MadeOnce(Argon2PasswordHasher):
    """What Argon2 makes of a password, once a run: every account with the same password keeps the same hash."""

    def encode(self, password: str, salt: str) -> str:
        return _made(password)


@cache
def _made(password: str) -> str:
    hasher = Argon2PasswordHasher()
    return hasher.encode(password, hasher.salt())
