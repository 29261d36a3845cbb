"""What may be said to the live process, what is passed on to the media server, and when a line is dead."""

import json
from contextlib import nullcontext, suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.kernel.spans import Span
from stepdown.live.domain import descriptions, messages
from stepdown.live.domain.refusals import Reason
from stepdown.live.server.line import PATIENCE, Line, Pauses

NOW = datetime(2026, 3, 11, 18, 0, tzinfo=UTC)
HEAD = ["v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1 2"]
AUDIO = [
    "m=audio 9 UDP/TLS/RTP/SAVPF 111",
    "a=mid:0",
    "a=sendonly",
    "a=rtpmap:111 opus/48000/2",
    "a=fmtp:111 useinbandfec=1",
]
VIDEO = ["m=video 9 UDP/TLS/RTP/SAVPF 96", "a=mid:1", "a=sendonly", "a=rtpmap:96 VP8/90000"]
DATA = ["m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:2", "a=sctp-port:5000"]


def sdp(*sections: list[str]) -> str:
    return "\r\n".join([*HEAD, *(line for section in sections for line in section)]) + "\r\n"


def test_microphone_and_camera_are_passed_on():
    passed, mids = descriptions.checked_offer(sdp(AUDIO, VIDEO))
    assert mids == {"0": "audio", "1": "video"}
    assert "m=audio" in passed
    assert "m=video" in passed


def test_an_offer_with_a_data_channel_is_refused():
    with pytest.raises(descriptions.Refused) as refused:
        descriptions.checked_offer(sdp(AUDIO, VIDEO, DATA))
    assert refused.value.reason == Reason.DESCRIPTION


def test_only_sections_that_are_there_are_bundled():
    passed, _ = descriptions.checked_offer(sdp(AUDIO, VIDEO))
    assert "a=group:BUNDLE 0 1\r\n" in passed


def test_several_sizes_of_a_picture_are_left_out():
    simulcast = [*VIDEO, "a=rid:h send", "a=rid:l send", "a=simulcast:send h;l", "a=ssrc-group:SIM 1 2"]
    passed, _ = descriptions.checked_offer(sdp(simulcast))
    assert "rid" not in passed
    assert "simulcast" not in passed
    assert "SIM" not in passed


@pytest.mark.parametrize(
    "offer",
    [
        "",
        "hello",
        "v=0\r\n",
        sdp(DATA),
        sdp(AUDIO, AUDIO),
        sdp(VIDEO, VIDEO),
        sdp(["m=image 9 UDP 1", "a=mid:3"]),
        sdp([VIDEO[0]]),
        sdp(AUDIO) + "x" * descriptions.OFFER_LIMIT,
        sdp(AUDIO) + "no line of this kind\r\n",
        sdp([*AUDIO, *["a=x"] * descriptions.OFFER_LINES]),
        sdp([*AUDIO, "a=one\rm=application 9"]),
        sdp([*AUDIO, "a=half a character \ud800"]),
    ],
)
def test_other_offers_are_refused(offer):
    with pytest.raises(descriptions.Refused):
        descriptions.checked_offer(offer)


def test_an_answer_with_a_data_channel_is_refused():
    with pytest.raises(descriptions.Refused):
        descriptions.checked_answer(sdp(AUDIO, DATA))
    assert descriptions.checked_answer(sdp(AUDIO, VIDEO)) == sdp(AUDIO, VIDEO).replace("0 1 2", "0 1")


def test_browsers_are_asked_to_send_less_in_silence():
    assert "a=fmtp:111 useinbandfec=1;usedtx=1" in descriptions.with_silence_suppressed(sdp(AUDIO, VIDEO))
    bare = [line for line in AUDIO if "fmtp" not in line]
    assert "a=fmtp:111 usedtx=1" in descriptions.with_silence_suppressed(sdp(bare))
    once = descriptions.with_silence_suppressed(sdp(AUDIO))
    assert descriptions.with_silence_suppressed(once) == once


@given(st.text(max_size=300))
def test_any_text_is_passed_on_or_refused(text):
    with suppress(descriptions.Refused):
        descriptions.checked_offer(text)


UUID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"


@pytest.mark.parametrize(
    "text",
    [
        '{"t": "enter", "ticket": "abc", "device": {"audio": true, "video": false}}',
        '{"t": "beat", "media": {"in": 1200}}',
        '{"t": "beat"}',
        '{"t": "trickle", "pc": "out", "candidate": null}',
        '{"t": "trickle", "pc": "in", "candidate": {"candidate": "candidate:1", "sdpMid": "0", "sdpMLineIndex": 0}}',
        '{"t": "media", "mic": true, "camera": false, "sound_only": true}',
        '{"t": "leave"}',
        '{"t": "leave", "may_return": true}',
    ],
)
def test_what_the_protocol_lists_may_be_said(text):
    assert messages.read(text, is_leader=False)["t"]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "null",
        "[]",
        '{"t": ["leave"]}',
        '{"t": "leave", "more": 1}',
        '{"t": "media", "mic": true}',
        '{"t": "media", "mic": 1, "camera": true}',
        '{"t": "enter", "ticket": ""}',
        '{"t": "publish", "jsep": {"type": "answer", "sdp": "v=0"}}',
        '{"t": "publish", "jsep": {"type": "offer", "sdp": 7}}',
        '{"t": "trickle", "pc": "sideways", "candidate": null}',
        '{"t": "beat", "media": {"in": "many"}}',
        '{"t": "beat", "media": {"in": NaN}}',
        '{"t": "beat", "media": {"in": 1e999}}',
        '{"t": "beat", "media": {"in": 1' + "0" * 400 + "}}",
        '{"t": "trickle", "pc": "out", "candidate": {"candidate": "candidate:1", "more": 1}}',
        '{"t": "trickle", "pc": "out", "candidate": {"candidate": "candidate:\\ud800"}}',
        "[" * 100_000,
        '{"t": "leave", "x": "' + "x" * messages.MESSAGE_LIMIT + '"}',
    ],
)
def test_anything_else_is_refused_with_a_sentence(text):
    with pytest.raises(messages.Refused) as refused:
        messages.read(text, is_leader=False)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "line",
    [
        "I\u00a0am here",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001fae8",
        "\u0645\u06cc\u200c\u062e",
        "¿Qué tal?",
    ],
)
def test_a_line_may_hold_any_sign_that_people_write(line):
    assert messages.read(json.dumps({"t": "chat", "text": line}), is_leader=False)["text"] == line


@pytest.mark.parametrize("line", ["two\nlines", "a\ttab", "\ud83d", "a\u202eb", "a\u2066b", "a\u2028b", "\u00a0", ""])
def test_a_line_holds_nothing_but_one_line_of_text(line):
    with pytest.raises(messages.Refused):
        messages.read(json.dumps({"t": "chat", "text": line}), is_leader=False)


@pytest.mark.parametrize(
    "text",
    [
        f'{{"t": "let_in", "patient": "{UUID}"}}',
        f'{{"t": "send_out", "patient": "{UUID}"}}',
        f'{{"t": "mute", "who": "{UUID}"}}',
        '{"t": "break_start", "minutes": 10}',
        '{"t": "end"}',
    ],
)
def test_leaders_words_are_for_leaders(text):
    assert messages.read(text, is_leader=True)["t"]
    with pytest.raises(messages.Refused, match="Only a leader"):
        messages.read(text, is_leader=False)


@pytest.mark.parametrize("minutes", ["0", "61", "true", "1.5", '"10"'])
def test_a_break_is_one_to_sixty_whole_minutes(minutes):
    with pytest.raises(messages.Refused):
        messages.read(f'{{"t": "break_start", "minutes": {minutes}}}', is_leader=True)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_read_or_refused(value):
    for text in (json.dumps(value), json.dumps({"t": "beat", "media": value}), json.dumps({"t": value})):
        with suppress(messages.Refused):
            messages.read(text, is_leader=True)


@pytest.mark.parametrize(
    ("kind", "part", "is_read"),
    [
        ("public_key", {"key": "A" * 87 + "="}, True),
        ("public_key", {"key": "A" * 86 + "=="}, False),
        ("public_key", {"key": "A" * 87 + "=\n"}, False),
        ("public_key", {"key": "-" * 87 + "="}, False),
        ("public_key", {"key": 7}, False),
        ("sender_key", {"to": {UUID: "A" * 83 + "="}}, True),
        ("sender_key", {"to": {}}, False),
        ("sender_key", {"to": {UUID: "A" * 84}}, False),
        ("sender_key", {"to": {"all": "A" * 83 + "="}}, False),
        ("sender_key", {"to": [UUID]}, False),
        ("sender_key", {"to": {str(uuid4()): "A" * 83 + "=" for _ in range(33)}}, False),
        ("key_wanted", {"who": UUID}, True),
        ("key_wanted", {"who": "all"}, False),
    ],
)
def test_keys_have_one_form_each(kind, part, is_read):
    with nullcontext() if is_read else pytest.raises(messages.Refused):
        assert messages.read(json.dumps({"t": kind, **part}), is_leader=False)["t"] == kind


def test_messages_are_limited_in_a_burst_and_on_average():
    clock = [0.0]
    allowance = messages.Allowance(lambda: clock[0])
    for _ in range(messages.BURST):
        allowance.spend()
    with pytest.raises(messages.Refused, match="Too many"):
        allowance.spend()
    clock[0] += 1
    for _ in range(messages.PER_SECOND):
        allowance.spend()
    with pytest.raises(messages.Refused):
        allowance.spend()


def line(**fields: object) -> Line:
    found = Line(mic=True, camera=True, mids={"0": "audio", "1": "video"}, **fields)
    found.turn(NOW)
    return found


def test_a_line_is_dead_when_nothing_meant_to_be_sent_arrives_for_long():
    one = line()
    assert one.lost_at(NOW + PATIENCE) is None
    assert one.lost_at(NOW + PATIENCE + timedelta(seconds=1)) == NOW
    one.receiving = {"0": True}
    one.turn(NOW + timedelta(seconds=5))
    assert one.lost_at(NOW + timedelta(hours=1)) is None


@pytest.mark.parametrize(("worked_for", "patience"), [(59, 4 * PATIENCE), (60, PATIENCE)])
def test_a_line_that_worked_for_a_minute_is_given_up_as_soon_as_the_first_when_it_dies(worked_for, patience):
    one = line(patience=4 * PATIENCE)  # two lines were made in vain
    one.receives("0", on=True, at=NOW)
    died_at = NOW + timedelta(seconds=worked_for)
    one.receives("0", on=False, at=died_at)
    assert one.lost_at(died_at + patience) is None
    assert one.lost_at(died_at + patience + timedelta(seconds=1)) == died_at


def test_a_line_with_microphone_and_camera_off_is_not_dead():
    one = line()
    one.mic = one.camera = False
    one.turn(NOW)
    assert one.lost_at(NOW + timedelta(hours=1)) is None


def test_only_what_is_meant_to_be_sent_is_missed():
    one = line(receiving={"0": False, "1": True})
    one.camera = False
    one.turn(NOW)
    assert one.lost_at(NOW + timedelta(hours=1)) == NOW


@pytest.mark.parametrize(
    ("receiving", "silent_for", "is_there"),
    [
        ({"0": True}, 11, True),  # others hear them
        ({"0": False}, 5, True),  # a browser says something every five seconds
        ({"0": False}, 7, False),
        ({}, 7, False),
    ],
)
def test_who_is_heard_or_not_overdue_is_there_and_anyone_else_was_until_their_last_word(
    receiving, silent_for, is_there
):
    heard_at = NOW - timedelta(seconds=silent_for)
    one = line(receiving=receiving)
    one.dead_since = one.dead_since and heard_at - timedelta(seconds=1)
    assert one.last_sign(heard_at, NOW) == (NOW if is_there else heard_at)


def test_who_was_heard_after_their_last_word_was_there_until_their_line_died():
    one, died_at = line(receiving={"0": True}), NOW - timedelta(seconds=9)
    one.receives("0", on=False, at=died_at)
    assert one.last_sign(NOW - timedelta(seconds=13), NOW) == died_at


@pytest.mark.parametrize(("seconds", "gaps"), [(5, []), (6, [Span(NOW, NOW + timedelta(seconds=6))])])
def test_a_gap_in_what_arrives_is_kept_unless_it_is_short(seconds, gaps):
    one = line(receiving={"0": True})
    one.receives("0", on=False, at=NOW)
    one.receives("0", on=True, at=NOW + timedelta(seconds=seconds))
    assert one.gaps == gaps


def test_what_takes_long_to_begin_is_no_gap():
    one = line()
    one.receives("0", on=True, at=NOW + timedelta(seconds=6))
    assert one.gaps == []
    assert one.dead_since is None


@pytest.mark.parametrize(
    ("counts", "others_send", "is_lost"),
    [
        ([100, 100, 100], True, True),
        ([100, 100, 100], False, False),
        ([100, 200, 300], True, False),
        ([0, 0, 0], True, False),
    ],
)
def test_a_line_on_which_nothing_comes_although_others_send_is_dead(counts, others_send, is_lost):
    one = line(receiving={"0": True})
    for number, count in enumerate(counts):
        one.hears(count, others_send=others_send, now=NOW + number * PATIENCE)
    assert (one.lost_at(NOW + 3 * PATIENCE) is not None) is is_lost


def beats(one: Line, counts: list[int], *, first: int = 0, others_send: bool = True) -> None:
    """One beat every five seconds, the first so many seconds after NOW, with what the browser counts at each."""
    for number, count in enumerate(counts):
        one.hears(count, others_send=others_send, now=NOW + timedelta(seconds=first + 5 * number))


def off() -> Line:
    """Of somebody with microphone and camera off, who has just come in."""
    return Line().anew(mic=False, camera=False, now=NOW)


def test_nothing_comes_any_more_since_the_last_beat_at_which_something_had_come():
    one = off()
    beats(one, [0, 100, 200, 200, 200, 200])
    last = NOW + timedelta(seconds=10)
    assert one.lost_at(last + PATIENCE) is None
    assert one.lost_at(last + PATIENCE + timedelta(seconds=1)) == last


@pytest.mark.parametrize(("seconds", "is_lost"), [(5, False), (6, True), (15, True)])
def test_who_goes_while_nothing_comes_was_there_until_something_came_last(seconds, is_lost):
    one = off()
    beats(one, [0, 100, 200, 200, 200])
    last = NOW + timedelta(seconds=10)
    assert one.lost_for_who_goes(last + timedelta(seconds=seconds)) == (last if is_lost else None)


def test_who_goes_while_nothing_arrives_of_them_either_was_there_until_the_first_of_both_ended():
    one = line(receiving={"0": True})
    beats(one, [0, 100, 100, 100])
    one.receives("0", on=False, at=NOW + timedelta(seconds=8))
    assert one.lost_for_who_goes(NOW + timedelta(seconds=15)) == NOW + timedelta(seconds=5)
    one.hears(200, others_send=True, now=NOW + timedelta(seconds=16))
    assert one.lost_for_who_goes(NOW + timedelta(seconds=17)) == NOW + timedelta(seconds=8)


def test_a_new_line_on_which_nothing_ever_comes_is_dead_from_its_beginning_when_the_browser_counts():
    one = off()
    beats(one, [100, 200])
    begins = NOW + timedelta(seconds=60)
    anew = one.anew(mic=False, camera=False, now=begins)
    beats(anew, [0, 0, 0, 0], first=63)
    assert anew.lost_at(begins + PATIENCE) is None, "it takes a while to be made"
    assert anew.lost_at(begins + PATIENCE + timedelta(seconds=1)) == begins


def test_a_new_line_on_which_something_comes_late_is_not_dead():
    anew = Line(counts=True).anew(mic=False, camera=False, now=NOW)
    beats(anew, [0, 0, 0, 50, 100], first=3)
    assert anew.lost_at(NOW + timedelta(seconds=24)) is None


def test_nothing_is_missed_while_nobody_sends_nor_before_the_next_beat():
    one = off()
    beats(one, [100])
    beats(one, [100] * 20, first=5, others_send=False)
    silent_until = NOW + timedelta(seconds=100)
    beats(one, [100], first=105)
    assert one.lost_at(NOW + timedelta(seconds=106)) is None
    assert one.lost_at(silent_until + PATIENCE + timedelta(seconds=1)) == silent_until


def test_the_next_line_is_waited_for_as_long_as_the_one_before():
    one = Line(patience=4 * PATIENCE, inbound=7, mids={"0": "audio"}, dead_since=NOW)
    anew = Line(mic=True, patience=4 * PATIENCE, moved_at=NOW)
    assert one.anew(mic=True, camera=False, now=NOW) == anew


def test_who_comes_in_anew_again_and_again_waits_longer_and_starts_afresh_after_a_quiet_minute():
    pauses = Pauses()
    assert [pauses.next(now) for now in (0, 1, 2, 3, 4, 5)] == [0, 0, 1, 3, 10, 10]
    assert pauses.next(65) == 0


def test_nobody_waits_or_waits_longer_because_a_media_server_died():
    pauses = Pauses()
    assert [pauses.next(now, server_died=True) for now in range(5)] == [0] * 5
    assert [pauses.next(now) for now in (5, 6, 7)] == [0, 0, 1]
    assert pauses.next(8, server_died=True) == 0
