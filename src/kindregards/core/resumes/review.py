"""What one reader gives back: comments, answers, what was remembered, general remarks.

It comes from a page or a file that anybody can write, so nothing of it is believed: every length is
bounded, words are words and never markup, and every comment must stand on words of the version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kindregards.core.resumes.anchors import Anchor, anchor_at, anchor_of, find
from kindregards.core.resumes.remarks import Kind

MOST_COMMENTS = 300
LONGEST_QUOTE = 2_000
LONGEST_COMMENT = 4_000
LONGEST_WORDS = 10_000  # of general remarks, answers, what was remembered
MOST_QUESTIONS = 2
LONGEST_QUESTION = 300
MOST_BYTES = 1_000_000

TOO_LARGE = "This review is larger than any reader writes. Nothing was taken."
TOO_MANY = f"A review has up to {MOST_COMMENTS} comments. Nothing was taken."
TOO_LONG = f"A comment has up to {LONGEST_COMMENT:,} characters. Please make it shorter."
QUOTE_TOO_LONG = (
    f"A comment is about up to {LONGEST_QUOTE:,} characters. Please choose fewer words."
)
WORDS_TOO_LONG = f"Each of these has up to {LONGEST_WORDS:,} characters. Please make it shorter."
MARKUP = "Words in angle brackets look like the code of a page. Please write them without brackets."
NOT_ITS_WORDS = "These words are not in the resume. Please copy them from its text."
BROKEN = "This is not a review that Kind Regards can read. Nothing was taken."
SAYS_NOTHING = "Say in a few words why, or propose other words."

_MARKUP = re.compile(r"<[/!?]?[a-zA-Z][\w:-]*(?:[\s/][^<>]*)?>|<!--|<!\w")
_KEY = re.compile(r"[0-9A-Za-z-]{8,40}")
# Nothing that a database or a page would choke on: no NUL, no half of a character.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class ReviewError(Exception):
    """A review that cannot be taken; says in a sentence why."""


@dataclass(frozen=True, slots=True)
class Said:
    """One comment as its reader made it. `key` is the same when it comes once more."""

    key: str
    kind: Kind
    anchor: Anchor
    text: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Review:
    """All that one reader says; `is_done` once they gave it back."""

    said: tuple[Said, ...] = ()
    remembered: str = ""
    answers: tuple[str, ...] = ()
    remarks: str = ""
    is_done: bool = False


def review_of(record: object, shown: str) -> Review:
    """Read what a reader's page sends, for the text that the page showed. Raises ReviewError."""
    if not isinstance(record, Mapping):
        raise ReviewError(BROKEN)
    comments = record.get("comments", [])
    if not isinstance(comments, list):
        raise ReviewError(BROKEN)
    if len(comments) > MOST_COMMENTS:
        raise ReviewError(TOO_MANY)
    return Review(
        said=tuple(_once(said_of(one, shown) for one in comments)),
        remembered=words_of(record.get("remembered", "")),
        answers=_answers(record.get("answers", [])),
        remarks=words_of(record.get("remarks", "")),
        is_done=record.get("done") is True,
    )


def said_of(record: object, shown: str) -> Said:
    """Read one comment. Raises ReviewError."""
    if not isinstance(record, Mapping):
        raise ReviewError(BROKEN)
    key = record.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise ReviewError(BROKEN)
    try:
        kind = Kind(str(record.get("kind")))
    except ValueError:
        raise ReviewError(BROKEN) from None
    text = words_of(record.get("text", ""), LONGEST_COMMENT, TOO_LONG)
    replacement = words_of(record.get("replacement", ""), LONGEST_COMMENT, TOO_LONG)
    if not text and not replacement and kind not in (Kind.GOOD, Kind.UNCLEAR):
        raise ReviewError(SAYS_NOTHING)
    return Said(key, kind, _anchor(record, shown), text, replacement)


def words_of(given: object, longest: int = LONGEST_WORDS, why: str = WORDS_TOO_LONG) -> str:
    """Read words that somebody wrote: without what cannot be seen. Raises ReviewError."""
    if not isinstance(given, str):
        raise ReviewError(BROKEN)
    if len(given) > longest:
        raise ReviewError(why)
    seen = _UNSEEN.sub("", given.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if _MARKUP.search(seen):
        raise ReviewError(MARKUP)
    return seen


def record_of(review: Review) -> dict[str, Any]:
    """Give a review as its page keeps it; `review_of` reads it again."""
    return {
        "comments": [
            {
                "key": one.key,
                "kind": one.kind.value,
                "exact": one.anchor.exact,
                "prefix": one.anchor.prefix,
                "suffix": one.anchor.suffix,
                "start": one.anchor.start,
                "end": one.anchor.end,
                "text": one.text,
                "replacement": one.replacement,
            }
            for one in review.said
        ],
        "remembered": review.remembered,
        "answers": list(review.answers),
        "remarks": review.remarks,
        "done": review.is_done,
    }


def _anchor(record: Mapping[str, object], shown: str) -> Anchor:
    """The words that a comment is about, checked against the text."""
    exact = record.get("exact")
    if not isinstance(exact, str) or not exact.strip():
        raise ReviewError(NOT_ITS_WORDS)
    if len(exact) > LONGEST_QUOTE:
        raise ReviewError(QUOTE_TOO_LONG)
    start, end = record.get("start"), record.get("end")
    if type(start) is int and type(end) is int and 0 <= start < end <= len(shown):
        if shown[start:end] == exact:
            return anchor_at(shown, start, end)
    else:
        start = end = 0
    told = Anchor(exact, _context(record, "prefix"), _context(record, "suffix"), start, end)
    place = find(told, shown) if " ".join(exact.split()) in " ".join(shown.split()) else None
    if place is not None:
        return anchor_at(shown, place.start, place.end)
    typed = anchor_of(shown, exact)
    if typed is None:
        raise ReviewError(NOT_ITS_WORDS)
    return typed


def _context(record: Mapping[str, object], name: str) -> str:
    given = record.get(name, "")
    return given[:LONGEST_QUOTE] if isinstance(given, str) else ""


def _answers(given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or len(given) > MOST_QUESTIONS:
        raise ReviewError(BROKEN)
    return tuple(words_of(one) for one in given)


def _once(said: Iterator[Said]) -> Iterator[Said]:
    """Each comment once; of two with one key the later counts."""
    return iter({one.key: one for one in said}.values())
