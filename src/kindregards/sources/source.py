"""What every door gives: the bytes of one possible letter, or why there are none."""

from __future__ import annotations

from typing import NamedTuple

LARGEST_LETTER = 25 * 1024 * 1024
"""Bytes of one letter that are taken in whole."""
CUT_AT = 3_000_001
"""Bytes kept of a longer message: one more than the reader looks at, so that it tells the loss."""


class Place(NamedTuple):
    """Where in the input a Source ended, to go on from there another time.

    `file` is the path it came from, `offset` bytes into an mbox or Sources into a zip, `number`
    the messages so far.
    """

    file: str = ""
    offset: int = 0
    number: int = 0


class Source(NamedTuple):
    """The bytes of one possible letter and where they came from, or why there are none.

    Exactly one of `raw` and `error` says something: `error` is a sentence for the person.
    `done` is how many bytes of the whole input were gone through with this one, to be held
    against `size_in`; `place` is where to resume after it.
    """

    name: str
    raw: bytes = b""
    error: str = ""
    place: Place = Place()
    done: int = 0


def too_large(largest: int = LARGEST_LETTER) -> str:
    """The sentence for a file over the limit, given in bytes."""
    return (
        f"This file is larger than {largest // (1024 * 1024)} MB, and no letter is that long. "
        "Save the one message from your mail program and give that."
    )


def within(raw: bytes, largest: int = LARGEST_LETTER) -> bytes:
    """The message, or only its beginning where it is longer than `largest` bytes."""
    return raw if len(raw) <= largest else raw[:CUT_AT]
