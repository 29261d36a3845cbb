"""Sound files that Chromium plays as what a microphone hears (`--use-file-for-fake-audio-capture`); it repeats them."""

import math
import struct
import wave
from collections.abc import Iterable
from pathlib import Path

RATE = 48_000  # samples a second


def silence(path: Path) -> Path:
    """One second of nothing."""
    return _written(path, [0] * RATE)


def voice(path: Path) -> Path:
    """Four seconds of a made-up voice with a short pause in each, then six seconds of nothing."""
    said = [_voice(sample / RATE) for sample in range(4 * RATE)]
    return _written(path, said + [0] * 6 * RATE)


def _voice(at: float) -> int:
    """The sample at that second: harmonics of a low voice, four syllables a second."""
    if at % 1 > 0.85:
        return 0
    pitch = 130 + 15 * math.sin(2 * math.pi * 0.7 * at)
    tone = sum(math.sin(2 * math.pi * pitch * harmonic * at) / harmonic for harmonic in range(1, 9))
    return int(4500 * tone * (0.15 + 0.85 * abs(math.sin(4 * math.pi * at))))


def _written(path: Path, samples: Iterable[int]) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return path
