"""Run in a process of its own by bench.center: ranks groups for people who wait, and prints how long that takes."""

import os
import time

import django

ROUNDS = int(os.environ.get("ROUNDS") or 200)


def main() -> None:
    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.table import table
    from stepdown.admissions.models import Episode
    from stepdown.placement.queries import groups_for, waiting_for_seat

    people = waiting_for_seat(Episode.objects.select_related("patient", "assessment", "wishes"))[: ROUNDS + 5]
    seconds, fitting = [], []
    for episode in people:
        began = time.monotonic()
        found = groups_for(episode)
        seconds.append(time.monotonic() - began)
        fitting.append(sum(fit.fit.possible for fit in found))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        groups_for(people[0])
    times = sorted(seconds[5:])  # the first ones warm the caches
    print("\nOne person: milliseconds to rank groups with reasons")
    print(
        table(
            ["people asked for", "p50", "p95", "slowest", "queries", "groups that fit, mean"],
            [
                [
                    len(times),
                    f"{times[len(times) // 2] * 1000:.0f}",
                    f"{times[int(len(times) * 0.95)] * 1000:.0f}",
                    f"{times[-1] * 1000:.0f}",
                    len(queries),
                    f"{sum(fitting) / len(fitting):.0f}",
                ]
            ],
        )
    )


if __name__ == "__main__":
    main()
