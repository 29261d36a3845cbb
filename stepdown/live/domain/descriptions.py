"""Session descriptions (SDP) that pass between browsers and the media server: checked, and cut to what a room needs.

Source: RFC 8866 (lines and sections), RFC 8843 (bundle groups), RFC 7587 (usedtx of Opus).
"""

import re
from itertools import pairwise

from stepdown.live.domain.refusals import Reason, Refused

OFFER_LIMIT = 32 * 1024
OFFER_LINES = 600  # of one microphone and one camera; browsers write about 200
ANSWER_LIMIT = 256 * 1024
MEDIA = ("audio", "video")
# Several sizes of one picture, and links between rooms of one browser: not used, so not passed on.
UNUSED = re.compile(r"a=(simulcast:|rid:|ssrc-group:SIM )")


def _sections(sdp: str, limit: int) -> tuple[list[str], list[list[str]]]:
    """(lines of the head, lines of each media section)."""
    if len(sdp) > limit:
        raise Refused("This description of sound and picture is too long.", Reason.DESCRIPTION)
    lines = [line for line in sdp.replace("\r\n", "\n").split("\n") if line]
    if not lines or lines[0] != "v=0":
        raise Refused("This is not a description of sound and picture.", Reason.DESCRIPTION)
    if any(not re.match(r"[a-z]=", line) or not (line.isascii() and line.isprintable()) for line in lines):
        raise Refused("This description of sound and picture is broken.", Reason.DESCRIPTION)
    starts = [place for place, line in enumerate(lines) if line.startswith("m=")] + [len(lines)]
    head = lines[: starts[0]]
    return head, [lines[a:b] for a, b in pairwise(starts)]


def kind_of(section: list[str]) -> str:
    """audio, video, application, …"""
    return section[0][2:].split(" ", 1)[0]


def mid_of(section: list[str]) -> str:
    """The section's own name; empty when it has none."""
    return next((line[len("a=mid:") :] for line in section if line.startswith("a=mid:")), "")


def _joined(head: list[str], sections: list[list[str]]) -> str:
    kept = {mid_of(section) for section in sections}
    lines = []
    for line in head:
        if line.startswith("a=group:BUNDLE"):
            line = " ".join(["a=group:BUNDLE", *(mid for mid in line.split(" ")[1:] if mid in kept)])
        lines.append(line)
    for section in sections:
        lines += [line for line in section if not UNUSED.match(line)]
    return "\r\n".join(lines) + "\r\n"


def checked_offer(sdp: str) -> tuple[str, dict[str, str]]:
    """(the offer to pass on, {mid: "audio" or "video"}) of a person who wants to be heard or seen.

    Several sizes of a picture are left out. Raises Refused for anything else that is not one microphone and one camera
    at most, a data channel as well.
    """
    head, sections = _sections(sdp, OFFER_LIMIT)
    if len(head) + sum(map(len, sections)) > OFFER_LINES:
        raise Refused("This description of sound and picture is too long.", Reason.DESCRIPTION)
    kinds = [kind_of(section) for section in sections]
    if not kinds or any(kind not in MEDIA for kind in kinds) or len(set(kinds)) != len(kinds):
        raise Refused("One microphone and one camera can be sent, and nothing else.", Reason.DESCRIPTION)
    mids = {mid_of(section): kind_of(section) for section in sections}
    if "" in mids or len(mids) != len(sections):
        raise Refused("This description of sound and picture is broken.", Reason.DESCRIPTION)
    return _joined(head, sections), mids


def checked_answer(sdp: str) -> str:
    """The answer of a person who sees and hears others, to pass on. Raises Refused."""
    head, sections = _sections(sdp, ANSWER_LIMIT)
    if any(kind_of(section) not in MEDIA for section in sections):
        raise Refused("Only sound and picture are passed on.", Reason.DESCRIPTION)
    return _joined(head, sections)


def with_silence_suppressed(sdp: str) -> str:
    """The media server's answer, asking the browser to send a tenth of the packets while nobody speaks (usedtx=1)."""
    head, sections = _sections(sdp, ANSWER_LIMIT)
    for section in sections:
        if kind_of(section) != "audio":
            continue
        opus = {line.split(":")[1].split(" ")[0] for line in section if re.match(r"a=rtpmap:\d+ opus/", line)}
        for payload in opus:
            place = next((i for i, line in enumerate(section) if line.startswith(f"a=fmtp:{payload} ")), None)
            if place is None:
                section.append(f"a=fmtp:{payload} usedtx=1")
            elif "usedtx=" not in section[place]:
                section[place] += ";usedtx=1"
    return _joined(head, sections)
