"""A letter that somebody pasted, with or without the header lines of a mail program on top."""

from __future__ import annotations

from datetime import datetime

from kindregards.core.letters.cleaning import LONGEST, clean, folded
from kindregards.core.letters.history import header_lines, split_history
from kindregards.core.letters.letter import Letter, NotALetter


def pasted_letter(
    text: str, *, subject: str = "", sender: str = "", sent_at: datetime | None = None
) -> Letter:
    """The Letter in a paste. Header lines on top (From, Subject, Von, Betreff …) are taken.

    What is given by argument wins over what the lines say. Raises NotALetter where nothing is
    left to read.
    """
    from kindregards.core.letters.message import address, as_forwarded, moment

    whole = folded(text[: LONGEST * 2])
    words, lines = header_lines(whole)
    words, forwarded = split_history(words)
    words = clean(words, is_folded=True)
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
    return as_forwarded(letter, forwarded) if forwarded and not subject and not sender else letter
