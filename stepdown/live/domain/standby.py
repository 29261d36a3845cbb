"""When a session falls back to its standby room."""

# A media server that can be started again is back within half a second, and another one takes over within two: after so
# long nobody can say when video works again, and a group of ten has waited long enough.
PATIENCE_SECONDS = 15.0


def is_due(away: float | None) -> bool:
    """away: seconds since no media server answers, None while one does."""
    return away is not None and away >= PATIENCE_SECONDS
