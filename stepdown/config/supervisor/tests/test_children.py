"""A child is kept running, whatever goes wrong around it."""

import asyncio
import io
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from stepdown.config.supervisor.children import Child, Program, nothing
from stepdown.config.supervisor.console import say
from stepdown.config.supervisor.janus import NoMediaServer

Keep = Callable[..., Child]


@pytest.fixture
def starts(tmp_path: Path) -> Path:
    """A file that gets a line at each start."""
    file = tmp_path / "starts"
    file.touch()
    return file


@pytest.fixture
async def keep(tmp_path: Path, starts: Path) -> AsyncIterator[Keep]:
    """Keeps a program that says a word and dies."""
    kept: list[Child] = []

    def start(prepare: Callable[[], None] = nothing) -> Child:
        command = ["/bin/sh", "-c", f"echo once >> {starts}; echo a word; exit 3"]
        program = Program(name="child", command=command, env={}, prepare=prepare)
        kept.append(Child(program, logs=tmp_path, pids=tmp_path))
        kept[-1].start()
        return kept[-1]

    yield start
    for child in kept:
        await child.stop()


async def started(starts: Path, times: int) -> None:
    async with asyncio.timeout(30):
        while len(starts.read_text().splitlines()) < times:
            await asyncio.sleep(0.02)


async def test_a_full_disk_takes_no_line_of_the_log_and_keeps_no_child_from_starting_again(
    tmp_path, starts, keep, capsys
):
    (tmp_path / "child.log").symlink_to("/dev/full")
    keep()
    await started(starts, 3)
    told = capsys.readouterr().out
    assert "child   | a word" in told
    assert "child ended with code 3; starting it again" in told
    assert f"The log {tmp_path}/child.log cannot be written (No space left on device)" in told


async def test_without_a_place_for_its_id_a_child_is_watched_all_the_same(tmp_path, starts, keep, capsys):
    (tmp_path / "child").symlink_to("/dev/full")
    keep()
    await started(starts, 2)
    assert "child ended with code 3" in capsys.readouterr().out


async def test_what_cannot_be_prepared_for_any_reason_is_tried_again(starts, keep):
    reasons: list[Exception] = [NoMediaServer("No network address."), ValueError("This is no address.")]

    def prepare() -> None:
        if reasons:
            raise reasons.pop()

    keep(prepare)
    await started(starts, 1)


def test_our_own_sentences_may_go_into_a_file_on_a_full_disk(monkeypatch):
    full = os.open("/dev/full", os.O_WRONLY)
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.FileIO(full, "w"), write_through=True))
    say("The demo is fresh.")
