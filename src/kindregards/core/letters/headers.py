"""What a message's headers say: names and addresses, a date, words in any charset."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from kindregards.core.letters.charsets import decoded
from kindregards.core.letters.cleaning import folded
from kindregards.core.letters.letter import Address

KEPT = (
    "x-linkedin-template", "x-linkedin-class", "auto-submitted", "list-unsubscribe", "list-id",
    "precedence", "authentication-results", "x-mailer", "x-autoreply", "feedback-id", "references",
)  # fmt: skip
"""The headers that are evidence, and stay with the Letter."""
LOOKED_AT = frozenset(KEPT) | {
    "from", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to",
}  # fmt: skip
_MOST_RECIPIENTS = 50
_REMEMBERED = 4096
"""Header values whose meaning is remembered: a mailbox has the same senders over and over."""


def header(value: str) -> str:
    """The words of a header in one line, folded, with its encoded words decoded."""
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


_PIECES = re.compile(r'(?:"[^"]*"|[^",])+')


def addresses(value: str, losses: list[str]) -> tuple[Address, ...]:
    """Every address in a header, at most fifty; how many more there were is told in `losses`."""
    if not value:
        return ()
    pieces = _PIECES.findall(value[:20_000])
    if len(pieces) > _MOST_RECIPIENTS or len(value) > 20_000:
        losses.append(
            f"The letter went to very many people; the first {_MOST_RECIPIENTS} are kept."
        )
    found = map(address, pieces[:_MOST_RECIPIENTS])
    return tuple(one for one in found if one.email or one.name)


def first_address(value: str, losses: list[str]) -> Address:
    """The first address in a header, or one without name and address."""
    found = addresses(value, losses)
    return found[0] if found else Address()


_EMAIL = re.compile(r"[^\s<>\"'(),;:\[\]]+@[^\s<>\"'(),;:\[\]]+")
_AROUND = re.compile(r"[<>()\[\]\"]|\\(?=.)")


def address(value: str) -> Address:
    """A name and an address from `"Name" <a@b>`, `a@b (Name)`, `Name [mailto:a@b]` or less."""
    return _address(value[:1000])


@lru_cache(_REMEMBERED)
def _address(value: str) -> Address:
    value = folded(" ".join(unfolded(value).split()))
    every = list(_EMAIL.finditer(value))
    if not every:
        return Address(name=value.strip("\"'<> "))
    found = every[-1]
    name = (value[: found.start()] + " " + value[found.end() :]).replace("mailto:", "")
    name = " ".join(_AROUND.sub(" ", name).split()).strip("' ,;")
    return Address(name=name, email=found.group().strip("."))


def kept(headers: Mapping[str, str]) -> dict[str, str]:
    """Those headers that are evidence, as words."""
    found = ((name, header(headers[name])[:1000]) for name in KEPT if name in headers)
    return {name: value for name, value in found if value}


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The form that RFC 5322 wants. Whatever differs is left to the standard library.
_DATE = re.compile(
    r"(?:[A-Za-z]{3}, )?(\d\d?) ([A-Za-z]{3}) ((?:19|20)\d\d) (\d\d):(\d\d):(\d\d) "
    r"([+-]\d{4}|GMT|UTC)(?: \([A-Z]{1,5}\))?",
    re.ASCII,
)


def moment(value: str) -> datetime | None:
    """An aware datetime from a Date header, in the sender's offset; None where it says none."""
    if not value:
        return None
    usual = _DATE.fullmatch(value)
    try:
        if usual and usual[2].lower() in _MONTHS:
            return _from_usual(usual)
        from email.utils import parsedate_to_datetime

        when = parsedate_to_datetime(value)
        return when if when.tzinfo else when.replace(tzinfo=UTC)
    except Exception:
        return None


def _from_usual(found: re.Match[str]) -> datetime:
    day, name, year, hour, minute, second, zone = found.groups()
    offset = int(zone) if zone[0] in "+-" else 0
    apart = timedelta(hours=abs(offset) // 100, minutes=abs(offset) % 100)
    month = _MONTHS.index(name.lower()) + 1
    return datetime(
        int(year), month, int(day), int(hour), int(minute), int(second),
        tzinfo=timezone(-apart if offset < 0 else apart),
    )  # fmt: skip
