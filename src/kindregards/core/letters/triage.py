"""A quick first look at a message: whether the reader should look at it at all.

It goes by words and senders of many kinds and never by a list of known senders alone. Where it
is in doubt the answer is yes: one refusal lost is worse than ten newsletters read for nothing.
"""

from __future__ import annotations

import re
import tomllib
from binascii import Error as BadBase64
from binascii import a2b_base64, a2b_qp
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kindregards.core.letters.known import known, known_words
from kindregards.core.letters.senders import site_of

WINDOW = 200_000
"""Bytes of a message that are looked at."""
LONGEST_PART = 8_000
"""Bytes of words that are looked at; what stands around them is counted apart."""
TELLING, LIKELY, FAINT, TRADE, FROM_RECRUITERS = 4, 2, 1, 2, 4
"""Points for a word that is about jobs, one that often is, one that may be, a trade in the subject,
and a sender whose work it is. What the subject says counts twice."""
MOST_FAINT = 2
"""Words that may mean anything are never enough by themselves, however long the message."""
ENOUGH_FROM_A_MACHINE, ENOUGH_FROM_A_LIST = 2, 3
_STEM = 7


class Why(StrEnum):
    """What decided."""

    PERSON = "written by one person, and those are always read"
    OWN = "written by the person themselves"
    SENDER = "sent by a system that employers use"
    KNOWN = "belongs to letters that are here already"
    WORDS = "has words of job mail"
    UNSURE = "in a language or form that this look does not know"
    ORDINARY = "has nothing of job mail"


@dataclass(frozen=True, slots=True)
class Glance:
    """What a first look saw: whether the message is worth reading, and by what.

    `sender` and `subject` are for showing what was left out; `bulk` is whether it went to many.
    """

    worth_reading: bool
    why: Why
    sender: str = ""
    subject: str = ""
    bulk: bool = False
    points: int = 0


def looks_like_job_mail(
    raw: bytes, *, known_already: Container[str] = (), own: Container[str] = ()
) -> Glance:
    """A first look over the headers and first words of a message or of plain text. Never raises.

    `own` holds the person's own addresses in small letters: what they wrote themselves is no
    letter to them, unless they passed one on.

    `known_already` holds Message-IDs and lower-case addresses of letters that were kept before:
    what answers or comes from one of them is worth reading, whatever its words.
    """
    head, body = _parted(raw)
    fields = _fields(head)
    sender, subject = _shown(fields.get("from", b"")), _shown(fields.get("subject", b""))
    bulk = bool(fields.keys() & {"list-unsubscribe", "list-id"}) or b"bulk" in fields.get(
        "precedence", b""
    )
    address = _address(sender)
    if (address in own or _was_sent(fields)) and not _PASSED_ON.match(subject):
        return Glance(False, Why.OWN, sender, subject)
    if _belongs(fields, address, known_already):
        return Glance(True, Why.KNOWN, sender, subject, bulk)
    if site_of(address) in known_words("senders", "systems"):
        return Glance(True, Why.SENDER, sender, subject, bulk)
    if not bulk and not _from_a_machine(fields, address):
        return Glance(True, Why.PERSON, sender, subject)
    words = _words_of(_text(fields, body) + b" " + sender.encode("utf-8", "replace"))
    title = _words_of(subject.encode("utf-8", "replace"))
    points = _points(words, title, address)
    if points >= (ENOUGH_FROM_A_LIST if bulk else ENOUGH_FROM_A_MACHINE):
        return Glance(True, Why.WORDS, sender, subject, bulk, points)
    if not _understood(words | title):
        return Glance(True, Why.UNSURE, sender, subject, bulk, points)
    return Glance(False, Why.ORDINARY, sender, subject, bulk, points)


# Points -------------------------------------------------------------------------------------


class _Lists(NamedTuple):
    telling: frozenset[bytes]
    likely: frozenset[bytes]
    faint: frozenset[bytes]
    senders: frozenset[bytes]
    trades: frozenset[bytes]
    common: frozenset[bytes]


@cache
def _lists() -> _Lists:
    file = Path(__file__).parent / "triage.toml"
    told = tomllib.loads(file.read_text("utf-8"))["words"]
    common = " ".join(known()["languages"].values()).encode()
    return _Lists(
        telling=_stems(told["telling"].encode()),
        likely=_stems(told["likely"].encode()),
        faint=_stems(told["faint"].encode()),
        senders=frozenset(told["senders"].encode().split()),
        trades=_stems(b" ".join(_words_of(known()["names"]["role_nouns"].encode()))),
        common=frozenset(_words_of(common)),
    )


def _points(words: set[bytes], title: set[bytes], address: str) -> int:
    lists = _lists()
    points = faint = 0
    for said, times in ((words, 1), (title, 2)):
        stems = {word[:_STEM] for word in said}
        points += times * TELLING * len(stems & lists.telling)
        points += times * LIKELY * len(stems & lists.likely)
        faint += times * FAINT * len(stems & lists.faint)
    points += min(faint, MOST_FAINT)
    points += TRADE * bool(stems & lists.trades)
    pieces = set(re.split(rb"[^a-z]+", address.encode("ascii", "ignore")))
    return points + FROM_RECRUITERS * bool(pieces & lists.senders)


_MACHINE = re.compile(
    r"no-?_?reply|do-?_?not-?_?reply|(?:^|[._+-])(?:notif\w*|mailer\w*|alerts?|news\w*|updates?|"
    r"billing|invoices?|orders?|automat\w*|system|robot|bounces?|reminders?|digest|statements?|"
    r"security|postmaster|rechnung\w*|versand|factur\w*|fattur\w*)(?:$|[._+-])"
)
"""Beginnings of addresses that no person writes from; info and office are people in small firms."""


def _from_a_machine(fields: dict[str, bytes], address: str) -> bool:
    """Whether no person typed this: it says so, or its address does."""
    told = fields.get("auto-submitted", b"no").strip().lower() != b"no"
    return told or bool(_MACHINE.search(address.partition("@")[0]))


def _understood(words: set[bytes]) -> bool:
    """Whether enough common words of a known language are there to trust that others are not."""
    return len(words & _lists().common) >= 2


_PASSED_ON = re.compile(r"(?i)\s*(?:fwd?|wg|tr|rv|enc|i|doorst|pd|vs|vl)\s*:")
_SENT = re.compile(
    r"(?i)(?:^|,)\s*(?:sent|gesendet|messages envoyés|enviados|enviadas|posta inviata|verzonden|"
    r"wysłane|lähetetyt|skickat|drafts?|entwürfe|brouillons|borradores|rascunhos|bozze|concepten|"
    r"chat)\s*(?:,|$)"
)


def _was_sent(fields: dict[str, bytes]) -> bool:
    """Whether Gmail's export says that this was sent, drafted or chatted from the account."""
    labels = fields.get("x-gmail-labels", b"")
    return bool(labels) and bool(_SENT.search(_shown(labels).replace('"', "")))


def _belongs(fields: dict[str, bytes], address: str, known_already: Container[str]) -> bool:
    if not known_already:
        return False
    ids = fields.get("in-reply-to", b"") + b" " + fields.get("references", b"")
    return address in known_already or any(
        one in known_already for one in ids.decode("ascii", "replace").split()
    )


# Words --------------------------------------------------------------------------------------


def _letters() -> bytes:
    """A table from bytes to small letters without accents, blanks for everything else.

    It serves Latin-1 and UTF-8 alike: there an accented letter is C3 and the Latin-1 byte less
    40, and C3 is dropped.
    """
    table = bytearray(b" " * 256)
    for lower in range(0x61, 0x7B):
        table[lower] = table[lower - 0x20] = lower
    plain = "aaaaaaaceeeeiiiidnooooo ouuuuy saaaaaaaceeeeiiiidnooooo ouuuuy y"
    for step, letter in enumerate(plain.encode()):
        table[0xC0 + step] = letter
        table[0x80 + step] = letter
    table[0xC3] = 0x20
    return bytes(table)


_LETTERS = _letters()


def _words_of(text: bytes) -> set[bytes]:
    return set(text.translate(_LETTERS, b"\xc3").split())


def _stems(text: bytes) -> frozenset[bytes]:
    return frozenset(word[:_STEM] for word in text.replace(b"_", b" ").split())


# The message --------------------------------------------------------------------------------

_FIELDS = (
    "from", "subject", "list-unsubscribe", "list-id", "precedence", "auto-submitted",
    "in-reply-to", "references", "content-type", "x-gmail-labels", "content-transfer-encoding",
)  # fmt: skip
_SOUGHT = tuple((name, b"\n" + name.encode() + b":") for name in _FIELDS)
_CODING = tuple(one for one in _SOUGHT if one[0] == "content-transfer-encoding")
_TEXT_PART = re.compile(rb"(?im)^content-type:[ \t]*text/(plain|html)")
_BLANK = re.compile(rb"\n\r?\n")
_UNSEEN = re.compile(rb"(?is)<(style|script|title)\b.{0,100000}?</\1|<!--.{0,20000}?-->")
_TAG = re.compile(rb"<[^>]{0,5000}>?")
_MOST_PARTS = 6
_SHORT = 200


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    """The header with an empty line before it, and the body; all is body where none is a header."""
    start = raw[:WINDOW].lstrip(b"\xef\xbb\xbf \t\r\n")
    cuts = [at for at in (start.find(b"\n\n"), start.find(b"\n\r\n")) if at >= 0]
    end = min(cuts, default=len(start))
    if b":" not in start[: start.find(b"\n") + 1 or 1000]:
        return b"", start
    return b"\n" + start[:end], start[end:]


def _fields(head: bytes, sought: tuple[tuple[str, bytes], ...] = _SOUGHT) -> dict[str, bytes]:
    """The first of each header that is sought, by its name in small letters, as it stands."""
    lower = head.lower()
    found: dict[str, bytes] = {}
    for name, start in sought:
        at = lower.find(start)
        if at >= 0:
            begin = at + len(start)
            end = lower.find(b"\n", begin)
            while end >= 0 and lower[end + 1 : end + 2] in (b" ", b"\t"):
                end = lower.find(b"\n", end + 1)
            found[name] = head[begin : end if end >= 0 else len(head)].strip()
    return found


def _text(fields: dict[str, bytes], body: bytes) -> bytes:
    """The words of the message: of its plain text where that is long enough, else of all parts."""
    kind = fields.get("content-type", b"").lower()
    if not kind.startswith(b"multipart/") and not kind.startswith(b"message/"):
        encoding = fields.get("content-transfer-encoding", b"")
        return _decoded(body, encoding, html=b"html" in kind[:20])
    said = b""
    for number, part in enumerate(_TEXT_PART.finditer(body)):
        if number >= _MOST_PARTS or len(said) > _SHORT:
            break
        said += b" " + _part(body, part)
    return said or body[:LONGEST_PART]


def _part(body: bytes, part: re.Match[bytes]) -> bytes:
    begin = max(body.rfind(b"\n--", 0, part.start()), 0)
    blank = _BLANK.search(body, part.end())
    if not blank:
        return b""
    end = body.find(b"\n--", blank.end())
    coding = _fields(body[begin : blank.start() + 1], _CODING)
    encoding = coding.get("content-transfer-encoding", b"")
    inside = body[blank.end() : end if end >= 0 else len(body)]
    return _decoded(inside, encoding, html=part.group(1).lower() == b"html")


def _decoded(body: bytes, encoding: bytes, *, html: bool) -> bytes:
    encoding = encoding.strip().lower()
    most = LONGEST_PART * (8 if html else 1)
    if encoding == b"base64":
        body = _from_base64(body[: most * 4 // 3])
    elif encoding == b"quoted-printable":
        body = a2b_qp(body[: most * 2])
    if b"\0" in body[:200]:
        body = body.replace(b"\0", b"")  # UTF-16: its Latin letters are enough for a first look
    if html or b"</" in body[:5000]:
        body = _TAG.sub(b" ", _UNSEEN.sub(b" ", body[:most]))
    return body[:LONGEST_PART]


def _from_base64(body: bytes) -> bytes:
    packed = body.translate(None, b"\r\n \t")
    try:
        return a2b_base64(packed[: len(packed) // 4 * 4])
    except BadBase64:
        return b""


def _shown(value: bytes) -> str:
    """A header as people see it, at most 300 characters."""
    from kindregards.core.letters.headers import unfolded

    text = value[:2000].decode("utf-8", "surrogateescape")
    if "=?" in text or not text.isascii():
        try:
            text = unfolded(" ".join(text.split()))
        except Exception:  # a broken header costs its own words only
            text = value[:300].decode("utf-8", "replace")
    return " ".join(text.split())[:300]


def _address(sender: str) -> str:
    found = re.search(r"[^\s<>\"',;:]+@[^\s<>\"',;:]+", sender)
    return found.group().lower().strip(".") if found else ""
