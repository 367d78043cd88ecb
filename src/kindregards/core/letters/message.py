"""Bytes of a message or of plain text → a Letter, as far as they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from kindregards.core.letters.charsets import decoded
from kindregards.core.letters.cleaning import LONGEST, clean, folded
from kindregards.core.letters.headers import addresses, first_address, header, kept, moment
from kindregards.core.letters.history import own_part
from kindregards.core.letters.letter import Letter, NotALetter
from kindregards.core.letters.parts import BLANK_LINE, Part, parts_of

if TYPE_CHECKING:
    from kindregards.core.letters.envelope import OddPart

Message: TypeAlias = "Part | OddPart"

LARGEST = 3_000_000
"""Bytes of one message that are looked at: the words stand before the attachments."""
_MOST_PARTS = 60

_NO_LETTERS = (
    (b"%PDF", "This is a PDF. Open it, copy its words and paste them here."),
    (b"PK\x03\x04", "This is a packed file (a zip or an office document), not a letter."),
    (
        b"\xd0\xcf\x11\xe0",
        "This is an Outlook or office file. Save the message as .eml or paste it.",
    ),
    (b"\x89PNG", "This is a picture. Only words can be read; please paste the letter's words."),
    (
        b"\xff\xd8\xff",
        "This is a picture. Only words can be read; please paste the letter's words.",
    ),
    (b"GIF8", "This is a picture. Only words can be read; please paste the letter's words."),
    (b"{\\rtf", "This is a rich text document. Open it, copy its words and paste them here."),
    (b"\x1f\x8b", "This is a packed file, not a letter. Unpack it first."),
    (b"SQLite format 3", "This is a database, not a letter."),
    (b"\x7fELF", "This is a program, not a letter."),
)
_EMPTY = "There is nothing in it. Please paste the words of the letter or choose another file."
_NOT_WORDS = "This is not a letter: what it holds is not text."
_PICTURE_ONLY = "This message holds only a picture. Please paste the words that it shows."
_ATTACHED_ONLY = (
    "This message has no words of its own, only something attached. "
    "Open the attachment and paste its words."
)

_HEADER = re.compile(rb"(?:>?From [^\n]*\n)?[!-9;-~]+:[^\n]*\n?")
_HEADER_LINE = re.compile(rb"[!-9;-~]+:|[ \t]")
_TELLING = re.compile(
    rb"(?im)^(?:from|received|return-path|message-id|mime-version|delivered-to|dkim-signature|"
    rb"content-type|content-transfer-encoding|subject|date|to|x-[\w-]+):"
)


def parse_letter(raw: bytes) -> Letter:
    """The Letter that `raw` holds: a message with headers (.eml) or plain text.

    What could not be read is told in `losses`. Raises NotALetter, and nothing else, where there
    is no letter in it.
    """
    start = raw[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start and not raw.strip():
        raise NotALetter(_EMPTY)
    for magic, sentence in _NO_LETTERS:
        if start.startswith(magic):
            raise NotALetter(sentence)
    losses: list[str] = []
    if len(raw) > LARGEST:
        losses.append("The message is very large; only its first 3 MB were looked at.")
        raw = raw[:LARGEST]
    if is_message(start):
        return _from_message(raw.lstrip(b"\xef\xbb\xbf \t\r\n"), losses)
    return _from_plain(raw, losses)


def is_message(start: bytes) -> bool:
    """Whether the first lines are the header of a message and not the words of a letter."""
    if not _HEADER.match(start):
        return False
    blank = BLANK_LINE.search(start)
    block = start[: blank.start()] if blank else start
    if block.startswith(b"Sent:") or b"\nSent:" in block or not _TELLING.search(block):
        return False
    lines = block.splitlines()
    headers = sum(map(bool, map(_HEADER_LINE.match, lines)))
    return headers * 4 >= len(lines) * 3


def _from_plain(raw: bytes, losses: list[str]) -> Letter:
    from dataclasses import replace

    from kindregards.core.letters.paste import pasted_letter

    text = decoded(raw, None, losses)
    _must_be_words(text)
    letter = pasted_letter(text)
    return replace(letter, losses=(*losses, *letter.losses))


def _must_be_words(text: str) -> None:
    sample = text[:20_000]
    if not sample.strip("\x00 \t\r\n\ufeff\u200b"):
        raise NotALetter(_EMPTY)
    odd = sum(ord(char) < 32 and char not in "\t\r\n\x0b\x0c" for char in sample)
    lost = sample.count("\ufffd")
    if (odd + lost) * 10 > len(sample) or not re.search(r"[^\W\d_]", sample):
        raise NotALetter(_NOT_WORDS)


def _from_message(raw: bytes, losses: list[str]) -> Letter:
    message: Message | None = parts_of(raw)
    if message is None:
        from kindregards.core.letters.envelope import OddPart, taken_apart

        try:
            message = OddPart(taken_apart(raw))
        except Exception:  # the parser has crashes of its own, and no bytes may stop the reader
            losses.append("The message is broken; its words were read without its structure.")
            return _from_plain(raw, losses)
    return _letter_of(message, losses)


def _letter_of(message: Message, losses: list[str]) -> Letter:
    try:
        text = folded(_body(message, losses))
    except NotALetter:
        inner = message.attached()
        if inner is None:
            raise
        return _letter_of(inner, losses)
    own = own_part(text)
    words = clean(own.words, is_folded=True, is_own=own.is_whole)
    if not words:
        raise NotALetter(_EMPTY)
    if len(text) > LONGEST:
        losses.append(f"Only the first {LONGEST:,} characters were read.")
    said = message.headers
    letter = Letter(
        text=words,
        subject=header(said.get("subject", "")),
        sender=first_address(said.get("from", ""), losses),
        reply_to=first_address(said.get("reply-to", ""), losses),
        recipients=addresses(said.get("to", ""), losses) + addresses(said.get("cc", ""), losses),
        sent_at=moment(said.get("date", "")),
        message_id=header(said.get("message-id", ""))[:998] or None,
        in_reply_to=header(said.get("in-reply-to", ""))[:998] or None,
        headers=kept(said),
        losses=tuple(losses),
    )
    if not own.forwarded:
        return letter
    from kindregards.core.letters.paste import as_forwarded

    return as_forwarded(letter, own.forwarded)


# Parts ----------------------------------------------------------------------


def _body(message: Message, losses: list[str]) -> str:
    """The words of the message: its plain text where that is good, else its HTML."""
    plain, html, other = _texts(message, losses)
    words = "\n\n".join(plain)
    if html and _poor(words):
        from kindregards.core.letters.markup import words_of

        try:
            from_html = words_of("\n".join(html)[: LONGEST * 12], losses)
        except Exception:  # a compiled parser on hostile input: its words are lost, not the rest
            losses.append("The formatted part of the message could not be read.")
            from_html = ""
        words = from_html or words
    if not words.strip():
        raise NotALetter({"image": _PICTURE_ONLY, "": _EMPTY}.get(other, _ATTACHED_ONLY))
    return words


_POOR = re.compile(r"(?i)<(?:html|p|br|div|td)\b|html|view (?:it|this)|browser")


def _poor(plain: str) -> bool:
    """Whether a plain part is empty, only a stub that points to the HTML, or HTML itself."""
    words = plain.strip()
    return len(words) < 20 or (len(words) < 250 and bool(_POOR.search(words))) or "</" in words


def _texts(message: Message, losses: list[str]) -> tuple[list[str], list[str], str]:
    plain: list[str] = []
    html: list[str] = []
    other = ""
    leaves: Iterator[Message] = message.leaves()
    for number, part in enumerate(leaves):
        if number >= _MOST_PARTS:
            losses.append("The message has very many parts; the last ones were left out.")
            break
        try:
            kind, text = part.words(losses)
        except Exception:  # one broken part must not cost the others
            losses.append("One part of the message is broken and was left out.")
            continue
        if kind == "text/html":
            html.append(text)
        elif kind.startswith("text/"):
            plain.append(text)
        elif not kind.startswith("multipart/"):
            other = other or kind.split("/")[0]
    if plain and not html and re.match(r"(?i)\s*<(?:!doctype|html|div|p)\b", plain[0]):
        plain, html = [], plain
    return plain, html, other
