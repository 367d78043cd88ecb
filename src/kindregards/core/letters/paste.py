"""A letter that somebody pasted, with or without the header lines of a mail program on top."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kindregards.core.letters.cleaning import LONGEST, clean, folded
from kindregards.core.letters.headers import address, moment
from kindregards.core.letters.history import header_lines, own_part
from kindregards.core.letters.letter import Address, Letter, NotALetter


def pasted_letter(
    text: str, *, subject: str = "", sender: str = "", sent_at: datetime | None = None
) -> Letter:
    """The Letter in a paste. Header lines on top (From, Subject, Von, Betreff …) are taken.

    What is given by argument wins over what the lines say. Raises NotALetter where nothing is
    left to read.
    """
    whole = folded(text[: LONGEST * 2])
    words, lines = header_lines(whole)
    own = own_part(words)
    words = clean(own.words, is_folded=True, is_own=own.is_whole)
    if not words:
        raise NotALetter(
            "There is nothing in it. Please paste the words of the letter or choose another file."
        )
    losses = (f"Only the first {LONGEST:,} characters were read.",) if len(text) > LONGEST else ()
    letter = Letter(
        text=words,
        subject=folded(subject) or lines.get("subject", ""),
        sender=address(sender or lines.get("from", "")),
        sent_at=sent_at or moment(lines.get("sent", "")),
        losses=losses,
    )
    if own.forwarded and not subject and not sender:
        return as_forwarded(letter, own.forwarded)
    return letter


def as_forwarded(letter: Letter, lines: dict[str, str]) -> Letter:
    """The letter with the sender, subject and date of the one that was forwarded in it."""
    sender = address(lines.get("from", "")) if lines.get("from") else letter.sender
    return replace(
        letter,
        sender=sender,
        reply_to=Address() if lines.get("from") else letter.reply_to,
        subject=lines.get("subject") or letter.subject,
        sent_at=moment(lines.get("sent", "")) or letter.sent_at,
        headers={},
    )
