"""The clock a person lives by, where their state alone tells it.

Source: 49 CFR part 71, the limits of the time zones. States that lie in two of them are not here, nor Alaska with the
Aleutians and Arizona with the Navajo Nation, which keep to different clocks: there it has to be asked.
"""

from collections.abc import Mapping
from typing import Any

_ALL_OF_IT = {
    "America/New_York": "CT DE DC GA ME MD MA NH NJ NY NC OH PA RI SC VT VA WV",
    "America/Chicago": "AL AR IL IA LA MN MS MO OK WI",
    "America/Denver": "CO MT NM UT WY",
    "America/Los_Angeles": "CA WA",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR",
}
ZONE_OF_STATE = {state: zone for zone, states in _ALL_OF_IT.items() for state in states.split()}


def zone_of(about: Mapping[str, Any]) -> str:
    """What was answered, else the zone of the whole state; "" while nobody knows."""
    return about.get("time_zone") or ZONE_OF_STATE.get(about.get("state") or "", "")
