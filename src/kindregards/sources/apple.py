"""A message as Apple Mail keeps it (.emlx): its length, the message, then Apple's own notes."""

from __future__ import annotations


def message_of(raw: bytes) -> bytes:
    """The message alone; all that follows the first line where the length does not fit."""
    first, _, rest = raw.partition(b"\n")
    length = int(first) if first.strip().isdigit() and len(first) < 12 else 0
    return rest[:length] if 0 < length <= len(rest) else rest
