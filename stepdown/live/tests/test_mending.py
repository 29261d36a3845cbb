"""One person's line is made anew."""

from types import SimpleNamespace

from stepdown.live.server.mending import Mending


async def test_whose_line_is_made_anew_is_told_what_was_decided_meanwhile():
    happened: list[object] = []

    async def go_out(kind: str) -> None:
        happened.append(kind)

    async def bring_in(one: object) -> None:
        happened.append(one)

    caller = SimpleNamespace(
        say=lambda word, **why: happened.append(word), go_out=go_out, room=SimpleNamespace(bring_in=bring_in)
    )
    await Mending(caller).again("line")
    assert happened == ["again", "left", caller]
