"""Letters in files: what a path on the command line stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

LARGEST_LETTER = 25 * 1024 * 1024
LETTER_SUFFIXES = (".eml", ".txt")


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one possible letter and where they came from, or why there are none.

    Exactly one of `raw` and `error` says something: `error` is a sentence for the person.
    """

    name: str
    raw: bytes = b""
    error: str = ""


def sources_in(paths: Iterable[Path], *, largest: int = LARGEST_LETTER) -> Iterator[Source]:
    """One Source for each file named and for each letter file below each folder named, in order.

    A path that cannot be read gives a Source with an error; nothing is raised.
    """
    for file in files_in(paths):
        yield _read(file, largest)


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that `sources_in` would read, in the same order, none of them opened yet."""
    for path in paths:
        yield from _files_at(path)


def source_from(stream: BinaryIO, *, name: str, largest: int = LARGEST_LETTER) -> Source:
    """The Source read from an open stream, at most `largest` bytes of it."""
    raw = stream.read(largest + 1)
    return _sized(name, raw, largest)


def too_large(largest: int = LARGEST_LETTER) -> str:
    """The sentence for a file over the limit, given in bytes."""
    return (
        f"This file is larger than {largest // (1024 * 1024)} MB, and no letter is that long. "
        "Save the one message from your mail program and give that."
    )


def _files_at(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            return [path]
        return sorted(
            file for file in path.rglob("*") if file.suffix.lower() in LETTER_SUFFIXES
        ) or [path]
    except OSError:
        return [path]


def _read(path: Path, largest: int) -> Source:
    name = str(path)
    try:
        if path.is_dir():
            return Source(name, error="This folder holds no .eml or .txt file.")
        if path.is_file() and path.stat().st_size > largest:
            return Source(name, error=too_large(largest))
        with path.open("rb") as stream:
            return source_from(stream, name=name, largest=largest)
    except FileNotFoundError:
        return Source(name, error="There is no such file.")
    except PermissionError:
        return Source(name, error="This file may not be read by you. Change its permissions.")
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or str(failure)
        return Source(name, error=f"This file could not be read: {reason}.")


def _sized(name: str, raw: bytes, largest: int) -> Source:
    if len(raw) > largest:
        return Source(name, error=too_large(largest))
    return Source(name, raw)
