"""Notes of invitation on LinkedIn: how long, how many, and when (R26)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from kindregards.core.outreach.draft import (
    Circumstances,
    Draft,
    DraftKind,
    Finding,
    Part,
    Severity,
)
from kindregards.core.outreach.prose import Prose
from kindregards.core.outreach.timing import good_morning, kept_until

NOTE_LENGTH = 200
"""Characters that a note may have (LinkedIn Help a550555, for accounts that pay nothing)."""
NOTES_A_MONTH = 5
MONTH = timedelta(days=30)
AFTER_A_REJECTION = timedelta(hours=24)

NOTE_TOO_LONG, NOTES_ARE_OUT = "note-length", "note-count"


def invitation_findings(
    draft: Draft, circumstances: Circumstances, now: datetime
) -> Iterator[Finding]:
    """What R26 says of a note of invitation; nothing of any other draft.

    At most 200 characters, five in 30 days, only after a real exchange, and not in the first 24
    hours after a rejection by their employer.
    """
    if draft.kind is not DraftKind.INVITATION:
        return
    length = len(draft.text.strip())
    if length > NOTE_LENGTH:
        yield _shortened(
            draft.text,
            _stop(
                NOTE_TOO_LONG,
                "The note is too long",
                f"It has {length} characters, and LinkedIn takes {NOTE_LENGTH}. What is behind them"
                " would be cut off.",
            ),
        )
    if notes_left(circumstances, now) <= 0:
        first = sorted(circumstances.notes_at)[-NOTES_A_MONTH]
        yield _kept(
            first + MONTH,
            now,
            _stop(
                NOTES_ARE_OUT,
                "Five notes went out this month",
                f"There are {NOTES_A_MONTH} a month. The next one has its place from"
                f" {_date(first + MONTH)}.",
            ),
        )
    if not circumstances.has_met:
        yield _stop(
            "note-stranger",
            "You have not spoken yet",
            "An invitation is taken up where there was a real exchange before: a talk, a letter, a"
            " call. If there was one, note it first.",
        )
    letter_at = circumstances.letter_at
    if letter_at is not None and now < letter_at + AFTER_A_REJECTION:
        yield _kept(
            letter_at + AFTER_A_REJECTION,
            now,
            Finding(
                "too-early",
                Severity.WAIT,
                "Sleep on it",
                "In the first day after a rejection an invitation reads as a protest. It is welcome"
                f" from {_date(letter_at + AFTER_A_REJECTION)}.",
            ),
        )


def notes_left(circumstances: Circumstances, now: datetime) -> int:
    """How many notes can still go out, of five in any 30 days."""
    lately = [at for at in circumstances.notes_at if now - at < MONTH]
    return NOTES_A_MONTH - len(lately)


def _kept(from_at: datetime, now: datetime, finding: Finding) -> Finding:
    """The finding with the first good morning from then on to wait for."""
    at = good_morning(from_at.astimezone(now.tzinfo))
    return replace(finding, instead=kept_until(at), part=Part.TIME, until=at)


def _shortened(text: str, finding: Finding) -> Finding:
    """The finding with the longest sentence to be taken out, where another one is left."""
    sentences = Prose(text).sentences
    if len(sentences) < 2:
        return finding
    told = max(sentences, key=lambda one: one.end - one.start)
    return replace(
        finding, quote=text[told.start : told.end], start=told.start, end=told.end, instead=""
    )


def _stop(rule: str, title: str, why: str) -> Finding:
    return Finding(rule, Severity.STOP, title, why)


def _date(at: datetime) -> str:
    return f"{at:%A}, {at.day} {at:%B}"
