"""What Python takes of the system's memory while it runs."""

import resource
from collections.abc import Callable
from threading import Thread

from stepdown.kernel.memory import Roomy

DEEP = 200  # calls within each other, more than a piece of 16 KB holds
OFTEN = 1_000


def deeper(levels: int) -> None:
    if levels:
        deeper(levels - 1)


def faults(call: Callable[[], None]) -> int:
    """How often this process touched memory that it had just been given, while it made the call so often."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(OFTEN):
        call()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_a_test_takes_no_stack_anew_with_each_call():
    assert faults(lambda: deeper(DEEP)) < OFTEN / 2


def test_neither_does_a_roomy_call_in_a_thread_of_its_own():
    found = []
    thread = Thread(target=Roomy(lambda: found.append(faults(lambda: deeper(DEEP)))))

    thread.start()
    thread.join()

    assert found[0] < OFTEN / 2


def test_a_roomy_call_hands_on_what_it_is_given_and_gives_what_it_gets():
    assert Roomy(sorted)([2, 3, 1], reverse=True) == [3, 2, 1]
