"""What the media server's event stream says, read as it is sent."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stepdown.live.domain.stays import Kind
from stepdown.live.media.janus_config import NO_MEDIA_SECONDS
from stepdown.live.server.clocks import Clocks
from stepdown.live.server.witness import Receiving, read

JOIN = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
AT = 1_773_252_000_123_456
CLOCKS = Clocks(now=lambda: datetime.fromtimestamp(AT / 1_000_000, UTC))


def plugin(event: str, **data: object) -> dict[str, object]:
    inner = {"plugin": "janus.plugin.videoroom", "data": {"event": event, "room": "r", **data}}
    return {"emitter": "media-1", "type": 64, "timestamp": AT, "event": inner}


@pytest.mark.parametrize(("event", "kind"), [("joined", Kind.ARRIVED), ("leaving", Kind.LEFT), ("kicked", Kind.LEFT)])
def test_coming_and_going_is_seen_by_the_id_of_the_join(event, kind):
    (seen,) = read(plugin(event, id=JOIN), CLOCKS)
    assert (seen.kind, str(seen.join), seen.emitter, seen.source) == (kind, JOIN, "media-1", "media")
    assert seen.at == datetime.fromtimestamp(AT / 1_000_000, UTC)


def test_reception_of_what_a_person_sends_is_read_and_what_they_receive_is_not():
    event = {"media": "audio", "mid": "0", "receiving": False}
    told = {"emitter": "media-1", "type": 32, "timestamp": AT, "opaque_id": f"out:{JOIN}", "event": event}
    (seen,) = read(told, CLOCKS)
    assert isinstance(seen, Receiving)
    assert (str(seen.join), seen.mid, seen.on) == (JOIN, "0", False)
    began = datetime.fromtimestamp(AT / 1_000_000, UTC) - timedelta(seconds=NO_MEDIA_SECONDS)
    assert seen.at == began  # it is told so much later
    assert list(read(told | {"opaque_id": f"in:{JOIN}"}, CLOCKS)) == []


def test_a_start_of_the_media_server_is_kept_without_a_join():
    (seen,) = read({"emitter": "media-1", "type": 256, "timestamp": AT, "event": {"status": "started"}}, CLOCKS)
    assert (seen.kind, seen.join) == (Kind.SERVER_DIED, None)


@pytest.mark.parametrize("event", [plugin("published", id=JOIN), plugin("joined", id="control"), plugin("joined")])
def test_what_is_not_about_coming_or_going_is_passed_over(event):
    assert list(read(event, CLOCKS)) == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@example(event=None, kind=32, inner=67_768_036_191_676_796_000_000)
@given(json_values, st.sampled_from([32, 64, 256, None]), json_values)
def test_nothing_that_is_sent_breaks_the_reader(event, kind, inner):
    list(read(event, Clocks()))
    list(read({"type": kind, "timestamp": AT, "event": inner}, Clocks()))
    list(read({"type": kind, "timestamp": inner, "event": {"data": inner, "receiving": True}}, Clocks()))
