"""How long an answer was and where it paused, from the sound alone.

A recording is mono, 16 bits a sample, 16,000 samples a second. Each fiftieth of a second is as loud
as its mean square; what is well above the quietest is speech. No word is understood here.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log10
from operator import mul

RATE = 16_000  # samples a second
WIDTH = 2  # bytes a sample
BYTES_A_SECOND = RATE * WIDTH
FRAME = RATE // 50
SHORTEST_SPEECH = 0.08  # seconds; a click of a key is shorter
PAUSE = 2.0  # seconds: what counts as a pause (R34)
PAUSE_TO_TELL = PAUSE - 0.1
"""Breath and the end of a word eat into a silence; a twentieth of it is let go."""
LEAST_CONTRAST = 15.0  # decibels between voice and room, below which nothing is told
QUIETEST = 0.03
"""Of the time: even who speaks without a pause stops for that between words."""
FAINTEST = 35.0  # decibels above the smallest sample: below it a microphone hears nothing
CLIPPED = 32_700
MOST_CLIPPED = 0.02  # of the samples


@dataclass(frozen=True, slots=True)
class Sound:
    """What a recording tells. Seconds, but for `pauses`, which are those of two seconds or more.

    trouble: a sentence where the sound is too poor to tell more than its length, else "". speech:
    from the first word to the last.
    """

    length: float
    speech: float = 0.0
    pauses: int = 0
    longest_pause: float = 0.0
    trouble: str = ""


def heard(pcm: bytes) -> Sound:
    """Length and pauses of a recording given as its bare samples, little-endian."""
    samples = _samples(pcm)
    length = len(samples) / RATE
    levels = _levels(samples)
    if not levels:
        return Sound(length, trouble="There is no sound in it.")
    quiet, loud = _share(levels, QUIETEST), _share(levels, 0.95)
    trouble = _trouble(samples, quiet, loud)
    if trouble:
        return Sound(length, trouble=trouble)
    gaps, speech = _gaps(levels, quiet + (loud - quiet) * 0.35)
    pauses = [gap for gap in gaps if gap >= PAUSE_TO_TELL]
    return Sound(length, speech, len(pauses), round(max(gaps, default=0.0), 1))


def _samples(pcm: bytes) -> array[int]:
    samples = array("h", pcm[: len(pcm) // WIDTH * WIDTH])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _levels(samples: array[int]) -> list[float]:
    """Decibels above the smallest sample, a fiftieth of a second each."""
    found = []
    for start in range(0, len(samples) - FRAME + 1, FRAME):
        frame = samples[start : start + FRAME]
        found.append(10 * log10(sum(map(mul, frame, frame)) / FRAME + 1))
    return found


def _share(levels: Sequence[float], share: float) -> float:
    ordered = sorted(levels)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _trouble(samples: array[int], quiet: float, loud: float) -> str:
    if loud < FAINTEST:
        return "It is too quiet to tell more. Move the microphone nearer, or turn it up."
    clipped = sum(1 for one in samples[:: RATE // 1000] if abs(one) >= CLIPPED)
    if clipped > MOST_CLIPPED * len(samples) / (RATE // 1000):
        return "It is so loud that it breaks up, so more cannot be told. Turn the microphone down."
    if loud - quiet < LEAST_CONTRAST:
        return "There is too much noise around the voice to tell where it paused."
    return ""


def _gaps(levels: Sequence[float], threshold: float) -> tuple[list[float], float]:
    """The silences between first and last speech, and how long that is; seconds."""
    runs = _runs(level > threshold for level in levels)
    runs = _runs(flag for flag, seconds in _joined(runs) for _ in range(round(seconds * 50)))
    while runs and not runs[0][0]:
        runs.pop(0)
    while runs and not runs[-1][0]:
        runs.pop()
    return [seconds for is_speech, seconds in runs if not is_speech], sum(s for _, s in runs)


def _joined(runs: list[tuple[bool, float]]) -> list[tuple[bool, float]]:
    """With bursts that are too short for speech taken for silence."""
    return [(flag and seconds >= SHORTEST_SPEECH, seconds) for flag, seconds in runs]


def _runs(flags: Iterable[bool]) -> list[tuple[bool, float]]:
    found = groupby(flags)
    return [(flag, len(list(group)) * FRAME / RATE) for flag, group in found]
