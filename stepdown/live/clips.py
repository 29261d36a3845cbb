"""A prepared clip of sound and picture, sent as it is: nothing is encoded while it plays."""

import asyncio
import time
from fractions import Fraction
from functools import cache

import av
from aiortc import MediaStreamTrack

FRAMES_PER_SECOND, WIDTH, HEIGHT = 15, 320, 240
CLIP_SECONDS = 2
OPUS_SAMPLES, OPUS_RATE = 960, 48000


@cache
def video_clip() -> list[bytes]:
    """Two seconds of a moving gray bar, beginning with a key frame."""
    coder = av.CodecContext.create("libvpx", "w")
    coder.width, coder.height, coder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    coder.bit_rate, coder.time_base, coder.gop_size = 150_000, Fraction(1, FRAMES_PER_SECOND), 1000
    coder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    packets = []
    for number in range(FRAMES_PER_SECOND * CLIP_SECONDS):
        frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        for index, plane in enumerate(frame.planes):
            row = bytes(128 if index else (x + number * 8) % 256 for x in range(plane.line_size))
            plane.update(row * plane.height)
        frame.pts, frame.time_base = number, coder.time_base
        packets += coder.encode(frame)
    return [bytes(packet) for packet in [*packets, *coder.encode(None)]]


@cache
def audio_clip() -> list[bytes]:
    """Two seconds of a quiet tone-like noise in 20 ms packets."""
    coder = av.CodecContext.create("libopus", "w")
    coder.sample_rate, coder.layout, coder.format, coder.bit_rate = OPUS_RATE, "mono", "s16", 32_000
    coder.options = {"frame_duration": "20"}
    packets = []
    for number in range(50 * CLIP_SECONDS):
        frame = av.AudioFrame(format="s16", layout="mono", samples=OPUS_SAMPLES)
        frame.planes[0].update(bytes((x * 37) % 64 if x % 2 == 0 else 0 for x in range(OPUS_SAMPLES * 2)))
        frame.pts, frame.sample_rate, frame.time_base = number * OPUS_SAMPLES, OPUS_RATE, Fraction(1, OPUS_RATE)
        packets += coder.encode(frame)
    return [bytes(packet) for packet in packets if len(bytes(packet)) > 0]


class Clip(MediaStreamTrack):
    """A prepared clip, again and again, in real time."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self._packets = video_clip() if kind == "video" else audio_clip()
        self._step = Fraction(1, FRAMES_PER_SECOND) if kind == "video" else Fraction(OPUS_SAMPLES, OPUS_RATE)
        self._time_base = Fraction(1, 90_000) if kind == "video" else Fraction(1, OPUS_RATE)
        self._number = 0
        self._start = time.monotonic()

    async def recv(self) -> av.Packet:  # aiortc also takes packets that are encoded already
        due = self._start + float(self._step * self._number)
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        packet = av.Packet(self._packets[self._number % len(self._packets)])
        packet.time_base = self._time_base
        packet.pts = int(self._step * self._number / self._time_base)
        self._number += 1
        return packet
