"""Letters in files: what a path on the command line or an uploaded file stands for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kindregards.sources.doors import Ahead, letters_in
from kindregards.sources.source import LARGEST_LETTER, Place, Source, too_large

__all__ = [
    "LARGEST_LETTER", "Place", "Source", "files_in", "letters_from", "size_in", "source_from",
    "sources_in", "too_large",
]  # fmt: skip

_BUFFER = 1 << 16
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")


def sources_in(
    paths: Iterable[Path], *, largest: int = LARGEST_LETTER, after: Place | None = None
) -> Iterator[Source]:
    """One Source for each letter in each file named and below each folder named, in order.

    Files may be single messages (.eml, .emlx, .msg, .txt, .html), mail folders (mbox, Maildir),
    zips of them and exports of mail programs; what a file is decides by its content. With
    `after`, the place of an earlier Source, those up to it are left out; it is heeded only
    where the file is still there. A path that cannot be read gives a Source with an error;
    nothing is raised, and no more than one letter is held in memory.
    """
    done = 0
    files: Iterable[Path] = files_in(paths)
    if after is not None and after.file:
        files = list(files)
        if any(str(file) == after.file for file in files):
            before = [str(file) for file in files].index(after.file)
            done = sum(_size(file) for file in files[:before])
            files = files[before:]
        else:
            after = None
    for file in files:
        start = after if after is not None and after.file == str(file) else None
        for found in _in_file(file, largest, start):
            yield _placed(found, file, done)
        done += _size(file)


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that `sources_in` would open, in the same order.

    Only those whose names tell nothing are looked into, for their first bytes.
    """
    for path in paths:
        yield from _files_at(path)


def size_in(files: Iterable[Path]) -> int:
    """Bytes in the files of `files_in`: the whole that `Source.done` is a part of."""
    return sum(_size(file) for file in files)


def letters_from(stream: BinaryIO, *, name: str, largest: int = LARGEST_LETTER) -> Iterator[Source]:
    """The Sources in an open stream, the same as in a file: standard input, an upload.

    A zip can be read only where the stream can go back; else it gives a sentence.
    """
    return _guarded(name, _in_stream(name, stream, largest, None))


def source_from(stream: BinaryIO, *, name: str, largest: int = LARGEST_LETTER) -> Source:
    """The first Source in an open stream, where only one letter is wanted."""
    return next(letters_from(stream, name=name, largest=largest))


def _files_at(path: Path) -> Iterator[Path]:
    try:
        if not path.is_dir():
            yield path
            return
    except OSError:
        yield path
        return
    from kindregards.sources.folder import files_below

    found = False
    for file in files_below(path):
        found = True
        yield file
    if not found:
        yield path


def _size(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except (OSError, ValueError):
        return 0


def _in_file(file: Path, largest: int, start: Place | None) -> Iterator[Source]:
    return _guarded(str(file), _opened(file, largest, start))


def _opened(file: Path, largest: int, start: Place | None) -> Iterator[Source]:
    if file.is_dir():
        yield Source(str(file), error=_nothing_in(file))
        return
    with file.open("rb", buffering=_BUFFER) as stream:
        yield from _in_stream(str(file), stream, largest, start)


def _nothing_in(folder: Path) -> str:
    from kindregards.sources.folder import others_below

    others = others_below(folder)
    told = f" What it holds ends in {', '.join(others)}." if others else ""
    return (
        f"This folder holds no letters and no mail folders.{told} "
        "Letters are .eml, .msg, .txt and .html files; mail folders are mbox files and Maildirs."
    )


def _in_stream(name: str, stream: BinaryIO, largest: int, start: Place | None) -> Iterator[Source]:
    ahead = Ahead(stream)
    if ahead.head.startswith(_ZIPS):
        yield from _zip(name, stream, ahead, largest, start)
        return
    if start is not None and stream.seekable():
        if start.offset >= stream.seek(0, io.SEEK_END):
            return
        stream.seek(start.offset)
        ahead = Ahead(stream)
        if not ahead.head.startswith(b"From "):
            start = None  # another file is there now
            stream.seek(0)
            ahead = Ahead(stream)
    yield from letters_in(name, ahead, largest=largest, start=start)


def _zip(
    name: str, stream: BinaryIO, ahead: Ahead, largest: int, start: Place | None
) -> Iterator[Source]:
    if not stream.seekable():
        held = ahead.read(largest + 1)
        while len(held) <= largest and (more := ahead.read(largest + 1 - len(held))):
            held += more
        if len(held) > largest:
            yield Source(name, error=ZIP_IN_A_PIPE)
            return
        stream = io.BytesIO(held)
    from kindregards.sources.zipped import letters_in_zip  # slow to load

    size = stream.seek(0, io.SEEK_END)
    number = start.number if start else 0
    yield from letters_in_zip(name, stream, size=size, largest=largest, after=number)


ZIP_IN_A_PIPE = "A large zip cannot be read from standard input. Give the file by its name."


def _placed(found: Source, file: Path, before: int) -> Source:
    place = found.place
    if not place.file:
        place = Place(str(file), found.done, 1)
    return Source(found.name, found.raw, found.error, place, before + found.done)


def _guarded(name: str, opened: Iterator[Source]) -> Iterator[Source]:
    """The same Sources; what the disk refuses is told in one more."""
    try:
        yield from opened
    except FileNotFoundError:
        yield Source(name, error="There is no such file.")
    except PermissionError:
        yield Source(name, error="This file may not be read by you. Change its permissions.")
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or str(failure)
        yield Source(name, error=f"This file could not be read: {reason}.")
