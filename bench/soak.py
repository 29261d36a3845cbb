"""A full room for MINUTES (3 when not said), in which everything goes wrong that can, by a script made from SEED.

Prints how far what was written down of each person is from what their own devices saw, and fails when one error is five
seconds or more for anyone, or all of somebody's together are more than half a second a stay. Run it by `make soak`.
"""

import os
from pathlib import Path

import pytest

from bench.table import table
from stepdown.live.tests.conftest import LiveGroup, crowd, group  # noqa: F401  # fixtures
from tests.copies import Copy
from tests.scenario import Evening, course

pytestmark = pytest.mark.browser
PATIENTS = 10  # and two who lead
MEASURED = ("janus", "live")  # whose memory is told
MINUTES, SEED = float(os.environ.get("MINUTES") or 3), int(os.environ.get("SEED") or 1)


def test_soak(product: Copy, group: LiveGroup):  # noqa: F811  # the fixture
    acts = course(seed=SEED, patients=PATIENTS, seconds=MINUTES * 60)
    happened = {what: sum(act.what == what for act in acts) for what in sorted({act.what for act in acts})}
    print(f"\n\nSoak: {PATIENTS + 2} people for {MINUTES:g} minutes, seed {SEED}")
    print(", ".join(f"{what} {count}" for what, count in happened.items()))
    before = {name: megabytes(product, name) for name in MEASURED}
    outcomes = Evening(product, group, patients=PATIENTS).play(acts, MINUTES * 60)
    rows = [
        [
            f"patient {number + 1}",
            len(one.there),
            f"{sum(stay.length.total_seconds() for stay in one.there):.1f}",
            f"{sum(stay.length.total_seconds() for stay in one.written):.1f}",
            f"{one.time_off.total_seconds():.2f}",
            f"{one.worst.total_seconds():.2f}",
        ]
        for number, one in enumerate(outcomes)
    ]
    print(table(["", "stays", "seconds there", "written", "off by", "worst single error"], rows))
    for number, one in enumerate(outcomes):
        if not one.is_close:
            print(f"patient {number + 1} {one}")
            print("  ", ", ".join(f"{act.what} at {act.at:.1f}" for act in acts if act.who in (number, -1)))
    for name in MEASURED:
        print(f"{name}: {before[name]} MB at the beginning, {megabytes(product, name)} MB at the end")
    assert all(one.is_shown for one in outcomes)
    assert [f"patient {who}: {one}" for who, one in enumerate(outcomes, start=1) if not one.is_close] == []


def megabytes(product: Copy, name: str) -> int:
    """Memory that a process holds."""
    status = Path(f"/proc/{product.pid(name)}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) // 1024
