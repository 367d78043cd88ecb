"""What an import says of itself: how far, how fast, how much longer, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kindregards.web.models import ImportRun

TOO_EARLY = 3.0
"""Seconds of work before which nothing is said of the time that is left."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`share` of the whole, from 0 to 1, and a line of words beside it."""

    share: float
    told: str

    @property
    def percent(self) -> int:
        """The share in whole hundredths."""
        return int(self.share * 100)


def progress_of(run: ImportRun) -> Progress:
    """How far a run is, by the bytes that it has gone through."""
    share = min(1.0, run.done_bytes / run.total_bytes) if run.total_bytes else 0.0
    parts = [f"{run.looked_at:,} looked at"]
    if run.worked_seconds >= TOO_EARLY and run.looked_at:
        parts.append(f"{run.looked_at / run.worked_seconds:,.0f} a second")
        if 0 < share < 1:
            left = run.worked_seconds * (1 - share) / share
            parts.append(f"about {time_of(left)} left")
    return Progress(share, ", ".join(parts))


def time_of(seconds: float) -> str:
    """A time in words, no finer than it can be known."""
    if seconds < 60:
        return _some(max(5, round(seconds / 5) * 5), "second")
    if seconds < 90 * 60:
        return _some(round(seconds / 60), "minute")
    return _some(round(seconds / 3600), "hour")


def what_came_of(run: ImportRun) -> Iterator[str]:
    """What a run found, in sentences."""
    if not run.letters:
        yield "No letters about applications were found."
    else:
        counts = ((run.new, "new"), (run.known, "here already"))
        told = ", ".join(f"{many:,} {what}" for many, what in counts if many)
        yield f"{so_far(run)}: {told}."
    if run.left_out:
        was = "was" if run.left_out == 1 else "were"
        yield f"{run.left_out:,} {was} not about applications and {was} left out."
    if run.unreadable:
        yield f"{run.unreadable:,} could not be read."


def so_far(run: ImportRun) -> str:
    """How many letters a run has found, and how many of them are rejections."""
    told = {0: "none of them a rejection", 1: "one of them a rejection"}
    refused = told.get(run.rejections, f"{run.rejections:,} of them rejections")
    if run.letters == 1:
        refused = "a rejection" if run.rejections else "no rejection"
    return f"{_some(run.letters, 'letter')}, {refused}"


def _some(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
