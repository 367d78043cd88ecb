"""Bytes of a message or of plain text → a Letter, as far as they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kindregards.core.letters.cleaning import LONGEST, clean, folded
from kindregards.core.letters.letter import Address, Letter, NotALetter

if TYPE_CHECKING:
    from email.message import Message

LARGEST = 3_000_000
"""Bytes of one message that are looked at: the words stand before the attachments."""
_MOST_RECIPIENTS = 50
_MOST_PARTS = 60
_WHOLE = "message/rfc822"

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
_TELLING = re.compile(
    rb"(?im)^(?:from|received|return-path|message-id|mime-version|delivered-to|dkim-signature|"
    rb"content-type|content-transfer-encoding|subject|date|to|x-[\w-]+):"
)
_KEPT_HEADERS = (
    "x-linkedin-template", "x-linkedin-class", "auto-submitted", "list-unsubscribe", "list-id",
    "precedence", "authentication-results", "x-mailer", "x-autoreply", "feedback-id", "references",
)  # fmt: skip


_LOOKED_AT = frozenset(_KEPT_HEADERS) | {
    "from", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to",
}  # fmt: skip


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
    if _is_message(start):
        return _from_message(raw.lstrip(b"\xef\xbb\xbf \t\r\n"), losses)
    return _from_plain(raw, losses)


def _is_message(start: bytes) -> bool:
    """Whether the first lines are the header of a message and not the words of a letter."""
    if not _HEADER.match(start):
        return False
    block = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    if re.search(rb"(?m)^Sent:", block) or not _TELLING.search(block):
        return False
    lines = block.splitlines()
    headers = sum(bool(re.match(rb"[!-9;-~]+:|[ \t]", line)) for line in lines)
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


def decoded(raw: bytes, charset: str | None, losses: list[str]) -> str:
    """`raw` as text: by its charset, else UTF-8, else Windows-1252; NUL bytes are dropped."""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    told = (charset or "utf-8").strip("\"' ").lower()
    for name in dict.fromkeys((told, "utf-8")):
        try:
            return raw.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    if charset and told not in ("utf-8", "us-ascii", "ascii"):
        losses.append(f"The letter names a character set that does not fit it ({told[:40]}).")
    # A cut in the middle of a character must not turn the whole letter into another charset.
    hopeful = raw.decode("utf-8", "replace")
    if hopeful.count("\ufffd") <= len(hopeful) // 500:
        return hopeful
    return raw.decode("cp1252", "replace")


def _from_message(raw: bytes, losses: list[str]) -> Letter:
    from kindregards.core.letters.envelope import taken_apart

    try:
        message = taken_apart(raw)
    except Exception:  # the parser has crashes of its own, and no bytes may stop the reader
        losses.append("The message is broken; its words were read without its structure.")
        return _from_plain(raw, losses)
    return _letter_of(message, losses)


def _letter_of(message: Message, losses: list[str]) -> Letter:
    from kindregards.core.letters.history import split_history

    try:
        text = folded(_body(message, losses))
    except NotALetter:
        inner = _attached_letter(message)
        if inner is None:
            raise
        return _letter_of(inner, losses)
    words, forwarded = split_history(text)
    words = clean(words, is_folded=True)
    if not words:
        raise NotALetter(_EMPTY)
    if len(text) > LONGEST:
        losses.append(f"Only the first {LONGEST:,} characters were read.")
    headers = _raw_headers(message)
    sender = _addresses(headers.get("from", ""), losses)[:1] or (Address(),)
    letter = Letter(
        text=words,
        subject=_header(headers.get("subject", "")),
        sender=sender[0],
        reply_to=(_addresses(headers.get("reply-to", ""), losses)[:1] or (Address(),))[0],
        recipients=_addresses(headers.get("to", ""), losses)
        + _addresses(headers.get("cc", ""), losses),
        sent_at=moment(headers.get("date", "")),
        message_id=_header(headers.get("message-id", ""))[:998] or None,
        in_reply_to=_header(headers.get("in-reply-to", ""))[:998] or None,
        headers=_kept(headers),
        losses=tuple(losses),
    )
    return as_forwarded(letter, forwarded) if forwarded else letter


def as_forwarded(letter: Letter, lines: dict[str, str]) -> Letter:
    """The letter with the sender, subject and date of the one that was forwarded in it."""
    from dataclasses import replace

    sender = address(lines.get("from", "")) if lines.get("from") else letter.sender
    return replace(
        letter,
        sender=sender,
        reply_to=Address() if lines.get("from") else letter.reply_to,
        subject=lines.get("subject") or letter.subject,
        sent_at=moment(lines.get("sent", "")) or letter.sent_at,
        headers={},
    )


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
    for number, part in enumerate(_parts(message)):
        if number >= _MOST_PARTS:
            losses.append("The message has very many parts; the last ones were left out.")
            break
        try:
            kind, text = _part(part, losses)
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


def _parts(message: Message) -> Iterator[Message]:
    """The leaves in order, without those of a letter that is attached whole."""
    for child in message.get_payload() if message.is_multipart() else ():
        if not isinstance(child, str | bytes) and child.get_content_type() != _WHOLE:
            yield from _parts(child)
    if not message.is_multipart() or message.get_content_type() == _WHOLE:
        yield message


def _attached_letter(message: Message) -> Message | None:
    """The first letter attached whole (message/rfc822), for a forward without words above it."""
    for part in message.walk():
        if part.get_content_type() == _WHOLE and part.is_multipart():
            inner = part.get_payload(0)
            return None if inner is None or isinstance(inner, str | bytes) else inner
    return None


def _part(part: Message, losses: list[str]) -> tuple[str, str]:
    kind = part.get_content_type()
    if kind.startswith("multipart/") and not part.is_multipart():
        # A boundary that never comes: what follows the header is all there is.
        kind = "text/plain"
    if not kind.startswith("text/"):
        return kind, ""
    if kind in ("text/calendar", "text/x-vcard", "text/vcard", "text/csv", "text/rfc822-headers"):
        return "attachment/" + kind[5:], ""
    if (part.get_content_disposition() or "") == "attachment":
        return "attachment/text", ""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else str(payload or "").encode("utf-8", "replace")
    try:
        charset = part.get_content_charset()
    except Exception:  # the standard library raises TypeError on mixed RFC 2231 parameters
        charset = None
    text = decoded(raw, charset, losses)
    if "flowed" in str(part.get("content-type", "")).lower():
        text = _unflowed(text, delsp="delsp=yes" in str(part["content-type"]).lower())
    return kind, text


def _unflowed(text: str, *, delsp: bool) -> str:
    """RFC 3676: a line that ends in a blank goes on in the next one."""
    pieces: list[str] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line[1:] if line.startswith(" ") else line
        if goes_on and not line.startswith(">"):
            pieces[-1] = pieces[-1][:-1] if delsp else pieces[-1]
        elif pieces:
            pieces.append("\n")
        pieces.append(line)
        goes_on = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "".join(pieces)


# Headers --------------------------------------------------------------------


def _raw_headers(message: Message) -> dict[str, str]:
    """The headers that are looked at, by lower-case name; of several of a name the first."""
    names = _LOOKED_AT.intersection(map(str.lower, message.keys()))
    return {name: _raw_header(message, name) for name in names}


def _raw_header(message: Message, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except Exception:  # one broken header must not cost the others
        return ""


def _header(value: str) -> str:
    return folded(" ".join(unfolded(value[:4000]).split())) if value else ""


def unfolded(value: str) -> str:
    """A header with its encoded words (RFC 2047) decoded; broken ones stay as they are."""
    if "=?" not in value:
        return _bytes_again(value)
    from email.header import decode_header

    try:
        pieces = decode_header(value)
    except Exception:
        return value
    return "".join(
        piece if isinstance(piece, str) else decoded(piece, charset, [])
        for piece, charset in pieces
    )


def _bytes_again(value: str) -> str:
    """A header with raw bytes in it (kept by the parser as surrogates) read as UTF-8 or Latin."""
    if value.isascii():
        return value
    return decoded(value.encode("utf-8", "surrogateescape"), None, []) if _escaped(value) else value


def _escaped(value: str) -> bool:
    return all(not "\ud800" <= char <= "\udfff" or "\udc80" <= char <= "\udcff" for char in value)


def _addresses(value: str, losses: list[str]) -> tuple[Address, ...]:
    pieces = re.findall(r'(?:"[^"]*"|[^",])+', value[:20_000])
    if len(pieces) > _MOST_RECIPIENTS or len(value) > 20_000:
        losses.append(
            f"The letter went to very many people; the first {_MOST_RECIPIENTS} are kept."
        )
    found = (address(piece) for piece in pieces[:_MOST_RECIPIENTS])
    return tuple(one for one in found if one.email or one.name)


_EMAIL = re.compile(r"[^\s<>\"'(),;:\[\]]+@[^\s<>\"'(),;:\[\]]+")


def address(value: str) -> Address:
    """A name and an address from `"Name" <a@b>`, `a@b (Name)`, `Name [mailto:a@b]` or less."""
    value = folded(" ".join(unfolded(value[:1000]).split()))
    every = list(_EMAIL.finditer(value))
    if not every:
        return Address(name=value.strip("\"'<> "))
    found = every[-1]
    name = (value[: found.start()] + " " + value[found.end() :]).replace("mailto:", "")
    name = " ".join(re.sub(r"[<>()\[\]\"]|\\(?=.)", " ", name).split()).strip("' ,;")
    return Address(name=name, email=found.group().strip("."))


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    kept = ((name, _header(headers.get(name, ""))[:1000]) for name in _KEPT_HEADERS)
    return {name: value for name, value in kept if value}


def moment(value: str) -> datetime | None:
    """An aware datetime from a Date header, in the sender's offset; None where it says none."""
    if not value:
        return None
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(value)
        return when if when.tzinfo else when.replace(tzinfo=UTC)
    except Exception:
        return None
