"""The text of a letter with its evidence marked, as paragraphs of pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kindregards.core.letters.reading import Evidence
from kindregards.web.letters.words import title_of

# Employer, role and people stand in the table below the letter with the words they come from.
MARKED_FIELDS = frozenset({"kind", "style", "stage", "door", "feedback", "kind_words"})
# One sign of these is enough to look at; each kind word and each reason is worth its own.
SHOWN_ONCE = frozenset({"kind", "style", "stage", "door"})
# Notes stand beside their words up to this many; more become a plain list beside the letter.
ANCHORED_AT_MOST = 9


@dataclass(frozen=True, slots=True)
class Note:
    """One reason beside the letter."""

    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the letter that show something, numbered from 1, with what they show."""

    number: int
    start: int
    end: int
    quote: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, inside one mark or none. `is_first` and `is_last` are of the mark's runs."""

    text: str
    mark: Mark | None = None
    is_first: bool = False
    is_last: bool = False


def marks_for(text: str, evidence: Sequence[Evidence]) -> tuple[Mark, ...]:
    """Number the evidence in the order of the text; what overlaps shares one mark."""
    shown = _shown(sorted(evidence, key=lambda piece: (piece.start, piece.end)))
    spans: list[tuple[int, int, list[Note]]] = []
    for piece in shown:
        note = _note_of(piece)
        if spans and piece.start < spans[-1][1]:
            start, end, notes = spans[-1]
            notes += [note] if note not in notes else []
            spans[-1] = (start, max(end, piece.end), notes)
        else:
            spans.append((piece.start, piece.end, [note]))
    return tuple(
        Mark(number, start, end, text[start:end], tuple(notes))
        for number, (start, end, notes) in enumerate(spans, 1)
    )


def _note_of(piece: Evidence) -> Note:
    title = title_of(piece)
    said, _, rest = piece.why.partition(". ")
    # The title names the reason already; the note goes on from there.
    names_it_again = rest and title.startswith("A reason") and said.startswith("A reason: ")
    return Note(title, rest if names_it_again else piece.why)


def _shown(evidence: Sequence[Evidence]) -> list[Evidence]:
    """What is worth a mark: of several signs of the same thing only the first."""
    seen: set[tuple[str, str]] = set()
    shown = []
    for piece in evidence:
        what = (piece.field, piece.value)
        if piece.field in MARKED_FIELDS and piece.quote and what not in seen:
            shown.append(piece)
            seen |= {what} if piece.field in SHOWN_ONCE else set()
    return shown


def paragraphs(text: str, marks: Sequence[Mark]) -> list[list[Piece]]:
    """The paragraphs of the text, each cut into pieces at its marks."""
    blocks = re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)
    return [_pieces(text, block.start(), block.end(), marks) for block in blocks]


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[Piece]:
    pieces, at = [], start
    for mark in marks:
        if mark.end <= start or mark.start >= end:
            continue
        left, right = max(mark.start, start), min(mark.end, end)
        if left > at:
            pieces.append(Piece(text[at:left]))
        pieces.append(Piece(text[left:right], mark, left == mark.start, right == mark.end))
        at = right
    if at < end:
        pieces.append(Piece(text[at:end]))
    return pieces
