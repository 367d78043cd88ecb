"""Recordings as WAV files: bare samples of one format out of many, and a heading for them."""

from __future__ import annotations

import struct
import sys
import wave
from array import array
from itertools import islice
from typing import BinaryIO

from kindregards.core.practice.sound import BYTES_A_SECOND, RATE, WIDTH

LONGEST_MINUTES = 15
MOST_BYTES = LONGEST_MINUTES * 60 * BYTES_A_SECOND
HEADING_BYTES = 44
TOO_LONG = (
    f"A recording of more than {LONGEST_MINUTES} minutes is not kept. An answer takes one or two; "
    "cut out the one you mean."
)
NOT_A_RECORDING = "This is not a recording that can be read here. Give a WAV file."
FASTEST = 384_000  # samples a second; no microphone has more
MOST_CHANNELS = 8


class NotARecording(Exception):
    """It cannot be taken; the message is a sentence for the person."""


def heading(size: int) -> bytes:
    """The heading of a WAV file with `size` bytes of our samples behind it."""
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, 1, 1, RATE, BYTES_A_SECOND, WIDTH, WIDTH * 8,
        b"data", size,
    )  # fmt: skip


def samples_of(file: BinaryIO) -> bytes:
    """The samples of a WAV file as they are kept here. Raises NotARecording."""
    try:
        with wave.open(file) as sound:
            _check(sound)
            raw = sound.readframes(sound.getnframes())
            width, channels, rate = sound.getsampwidth(), sound.getnchannels(), sound.getframerate()
    except (wave.Error, EOFError, struct.error, OSError, ValueError, RuntimeError) as problem:
        raise NotARecording(NOT_A_RECORDING) from problem
    samples = _resampled(_first_channel(raw, width, channels), rate)
    if not samples:
        raise NotARecording("There is no sound in this file.")
    return samples.tobytes()


def _check(sound: wave.Wave_read) -> None:
    if not 1 <= sound.getnchannels() <= MOST_CHANNELS or not 1 <= sound.getframerate() <= FASTEST:
        raise NotARecording(NOT_A_RECORDING)
    if sound.getnframes() > sound.getframerate() * 60 * LONGEST_MINUTES:
        raise NotARecording(TOO_LONG)


def _first_channel(raw: bytes, width: int, channels: int) -> array[int]:
    """One channel, the upper 16 bits of each sample."""
    step = width * channels
    raw = raw[: len(raw) // step * step]
    if width == 1:  # from 0 to 255
        return array("h", ((one - 128) << 8 for one in raw[::channels]))
    pair = bytearray(len(raw) // step * WIDTH)
    pair[::2] = raw[width - 2 :: step]
    pair[1::2] = raw[width - 1 :: step]
    samples = array("h", bytes(pair))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _resampled(samples: array[int], rate: int) -> array[int]:
    """At 16,000 samples a second: means where the rate is a multiple of it, else the nearest."""
    if rate == RATE:
        return samples
    if rate % RATE == 0:
        times = rate // RATE
        columns = [islice(samples, start, None, times) for start in range(times)]
        return array("h", (sum(some) // times for some in zip(*columns, strict=False)))
    length = len(samples) * RATE // rate
    return array("h", (samples[number * rate // RATE] for number in range(length)))
