"""How much a mail server may say in one answer, and how long it may take over it."""

from __future__ import annotations

import io
import time
from typing import Any

from kindregards.sources.imap_errors import NotUnderstood, TookTooLong

LARGEST_ANSWER = 8 * 1024 * 1024
LARGEST_OF_MESSAGES = 64 * 1024 * 1024
"""Bytes of one answer; twice what the largest batch of messages that is asked for comes to."""
A_LINE = 100
"""Bytes that a line counts for beside its own: short ones take more to be kept."""


class Bounded:
    """What an imaplib client needs in front of it, for its answers to have an end.

    Raises NotUnderstood and TookTooLong out of whatever the client is asked.
    """

    host: str
    _file: io.BufferedReader

    def bound_by(self, host: str, longest: float) -> None:
        """Allow each answer of `host` so many seconds. Call before the client connects."""
        self._named, self._longest = host, longest
        self._is_over = False
        self._allow(LARGEST_ANSWER)

    def _allow(self, most: int) -> None:
        self._left, self._ends = most, time.monotonic() + self._longest

    def _simple_command(self, name: str, *args: Any) -> Any:
        """Ask the server one thing; imaplib's own, in which every question begins."""
        self._allow(LARGEST_OF_MESSAGES if name == "UID" else LARGEST_ANSWER)
        return super()._simple_command(name, *args)  # type: ignore[misc]  # of imaplib

    @property
    def file(self) -> io.BufferedReader:
        """What the server says; imaplib makes a new one where encryption begins."""
        return self._file

    @file.setter
    def file(self, opened: io.BufferedReader) -> None:
        self._file = io.BufferedReader(_Watched(opened.detach(), self))

    def read(self, size: int) -> bytes:
        """The bytes of a literal, of a size that the server told."""
        if size > self._left:
            self._is_over = True
            raise NotUnderstood(self._named)
        return self._file.read(size)

    def readline(self) -> bytes:
        """The next line; imaplib's own, which bounds its length."""
        self.take(A_LINE)
        line: bytes = super().readline()  # type: ignore[misc]  # of imaplib
        return line

    def take(self, count: int) -> None:
        """Count what came, which may be none yet. Raises where it is too much, or too late."""
        self._left -= count
        if self._is_over or self._left < 0:
            self._is_over = True
            raise NotUnderstood(self._named)
        if time.monotonic() > self._ends:
            self._is_over = True
            raise TookTooLong(self._named)


class _Watched(io.RawIOBase):
    def __init__(self, raw: io.RawIOBase, bounded: Bounded) -> None:
        self._raw, self._bounded = raw, bounded

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._bounded.take(0)
        count: int | None = self._raw.readinto(buffer)
        self._bounded.take(count or 0)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()
