"""A quick first look at a message: whether the reader should look at it at all.

It goes by words and senders of many kinds and never by a list of known senders alone. Where it
is in doubt the answer is yes: one refusal lost is worse than ten newsletters read for nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kindregards.core.letters.known import known, known_words
from kindregards.core.letters.reading import Kind
from kindregards.core.letters.senders import site_of
from kindregards.core.letters.skimming import (
    STEM,
    address_in,
    fields_of,
    moment_in,
    parted,
    shown,
    stems_of,
    text_of,
    words_of,
)

TELLING, LIKELY, FAINT, TRADE, FROM_RECRUITERS = 4, 2, 1, 2, 4
"""Points for a word that is about jobs, one that often is, one that may be, a trade in the subject,
and a sender whose work it is. What the subject says counts twice."""
MOST_FAINT = 2
"""Words that may mean anything are never enough by themselves, however long the message."""
ENOUGH_FROM_A_MACHINE, ENOUGH_FROM_A_LIST = 2, 3
SHORT, WORDS_A_POINT = 100, 60
"""Different words of a text by a person: below the first it is always read, and so many more ask
for one point more."""
DOUBTFUL, CERTAIN = 0.65, 0.9
"""Below the first "no letter about a job" is doubted; from the second on the reader is believed
against a look that found no word about jobs."""


class Why(StrEnum):
    """What decided."""

    PERSON = "written by one person, and those are always read"
    OWN = "written by the person themselves"
    SENDER = "sent by a system that employers use"
    KNOWN = "belongs to letters that are here already"
    WORDS = "has words of job mail"
    UNSURE = "in a language or form that this look does not know"
    ORDINARY = "has nothing of job mail"


class Glance(NamedTuple):
    """What a first look saw: whether the message is worth reading, and by what.

    `sender` and `subject` are for showing what was left out; `bulk` is whether it went to many.
    """

    worth_reading: bool
    why: Why
    sender: str = ""
    subject: str = ""
    bulk: bool = False
    points: int = 0
    message_id: str = ""
    date: bytes = b""
    address: str = ""

    @property
    def sent_at(self) -> datetime | None:
        """When it says that it was sent; None where that cannot be told."""
        return moment_in(self.date)


def looks_like_job_mail(
    raw: bytes, *, known_already: Container[str] = (), own: Container[str] = ()
) -> Glance:
    """A first look over the headers and first words of a message or of plain text. Never raises.

    `own` holds the person's own addresses in small letters: what they wrote themselves is no
    letter to them, unless they passed one on.

    `known_already` holds Message-IDs and lower-case addresses of letters that were kept before:
    what answers or comes from one of them is worth reading, whatever its words.
    """
    head, body = parted(raw)
    fields = fields_of(head)
    sender, subject = shown(fields.get("from", b"")), shown(fields.get("subject", b""))
    address = address_in(sender)
    bulk = not fields.keys().isdisjoint(_OF_LISTS) or b"bulk" in fields.get("precedence", b"")
    why, points = _why(fields, body, sender, subject, address, bulk, known_already, own)
    return Glance(
        worth_reading=why not in _NOT_WORTH,
        why=why,
        sender=sender,
        subject=subject,
        bulk=bulk,
        points=points,
        message_id=fields.get("message-id", b"").decode("ascii", "replace"),
        date=fields.get("date", b""),
        address=address,
    )


def worth_keeping(glance: Glance, kind: Kind, probability: float) -> bool:
    """Whether a message that was read belongs among the letters, by both looks together.

    What the reader finds to be nothing is kept where it is in doubt and some word is of job mail.
    What it finds to be something, but a refusal, without any such word, must be rather certain:
    invitations to dinner are worded as those to interviews are. A refusal is always kept.
    """
    if kind is Kind.OTHER:
        return probability < DOUBTFUL and glance.points > 0
    return (
        kind is Kind.REJECTION
        or glance.points > 0
        or glance.why in (Why.SENDER, Why.KNOWN)
        or probability >= CERTAIN
    )


# Addresses from which LinkedIn tells of people and of the feed. What it passes on from employers
# and recruiters comes from others.
_NOTICES = re.compile(
    r"(?:notifications|updates|groups|feed|news|editors)(?:-noreply)?@(?:e\.)?linkedin\.com"
)

_OF_LISTS = ("list-unsubscribe", "list-id")
_NOT_WORTH = (Why.OWN, Why.ORDINARY)


def _why(
    fields: dict[str, bytes],
    body: bytes,
    sender: str,
    subject: str,
    address: str,
    bulk: bool,
    known_already: Container[str],
    own: Container[str],
) -> tuple[Why, int]:
    if (address in own or _was_sent(fields)) and not _PASSED_ON.match(subject):
        return Why.OWN, 0
    if _belongs(fields, address, known_already):
        return Why.KNOWN, 0
    if site_of(address) in known_words("senders", "systems"):
        return Why.SENDER, 0
    if _NOTICES.fullmatch(address):
        return Why.ORDINARY, 0
    words = words_of(text_of(fields, body) + b" " + sender.encode("utf-8", "replace"))
    title = words_of(subject.encode("utf-8", "replace"))
    is_typed = not bulk and not _from_a_machine(fields, address)
    points = _points(words, title, address, any_trade=is_typed)
    if is_typed:
        enough, told = _enough_of(len(words)), Why.PERSON
    else:
        enough, told = ENOUGH_FROM_A_LIST if bulk else ENOUGH_FROM_A_MACHINE, Why.WORDS
    if points >= enough and (points or not words.isdisjoint(_lists().contrast)):
        return told, points
    return (Why.ORDINARY if _understood(words, title) else Why.UNSURE), points


def _enough_of(words: int) -> int:
    """Points that a text of so many different words by a person must have: none if it is short.

    The longer a letter about a job is, the more of its words say so; see docs/reading.md.
    """
    return 0 if words < SHORT else 1 + (words - SHORT) // WORDS_A_POINT


# Points -------------------------------------------------------------------------------------


class _Lists(NamedTuple):
    weights: dict[bytes, int]
    stems: frozenset[bytes]
    senders: frozenset[bytes]
    trades: frozenset[bytes]
    common: frozenset[bytes]
    contrast: frozenset[bytes]


@cache
def _lists() -> _Lists:
    file = Path(__file__).parent / "triage.toml"
    told = tomllib.loads(file.read_text("utf-8"))["words"]
    weights = {
        stem: weight
        for name, weight in (("faint", FAINT), ("likely", LIKELY), ("telling", TELLING))
        for stem in stems_of(told[name].encode())
    }
    return _Lists(
        weights=weights,
        stems=frozenset(weights),
        senders=frozenset(told["senders"].encode().split()),
        trades=stems_of(b" ".join(words_of(known()["names"]["role_nouns"].encode()))),
        common=frozenset(words_of(" ".join(known()["languages"].values()).encode())),
        contrast=frozenset(told["contrast"].encode().split()),
    )


def _points(words: set[bytes], title: set[bytes], address: str, *, any_trade: bool) -> int:
    lists = _lists()
    points = faint = 0
    stems: set[bytes] = set()
    titled = {word[:STEM] for word in title}
    for stems, times in (({word[:STEM] for word in words}, 1), (titled, 2)):
        for stem in stems & lists.stems:
            weight = lists.weights[stem]
            if weight == FAINT:
                faint += times
            else:
                points += times * weight
        if any_trade and not stems.isdisjoint(lists.trades):
            faint += 1
    points += min(faint, MOST_FAINT)
    points += TRADE * (not titled.isdisjoint(lists.trades))
    pieces = _PIECES.findall(address.encode("ascii", "ignore"))
    return points + FROM_RECRUITERS * (not lists.senders.isdisjoint(pieces))


_PIECES = re.compile(rb"[a-z]+")
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


def _understood(words: set[bytes], title: set[bytes]) -> bool:
    """Whether enough common words of a known language are there to trust that others are not."""
    common = _lists().common
    return len(words & common) >= 2 or len((words | title) & common) >= 2


_PASSED_ON = re.compile(r"(?i)\s*(?:fwd?|wg|tr|rv|enc|i|doorst|pd|vs|vl)\s*:")
_UNSENT = r"drafts?|entwürfe|brouillons|borradores|rascunhos|bozze|concepten|chat"
_SENT = re.compile(
    r"(?i)(?:^|,)\s*(?:sent|gesendet|messages envoyés|enviados|enviadas|posta inviata|verzonden|"
    rf"wysłane|lähetetyt|skickat|{_UNSENT})\s*(?:,|$)"
)
_NEVER_LEFT = re.compile(rf"(?i)(?:^|,)\s*(?:{_UNSENT})\s*(?:,|$)")


def never_left(raw: bytes) -> bool:
    """Whether Gmail's export says that a message of the person's was drafted or chatted only."""
    labels = fields_of(parted(raw)[0]).get("x-gmail-labels", b"")
    return bool(labels) and bool(_NEVER_LEFT.search(shown(labels).replace('"', "")))


def _was_sent(fields: dict[str, bytes]) -> bool:
    """Whether Gmail's export says that this was sent, drafted or chatted from the account."""
    labels = fields.get("x-gmail-labels", b"")
    return bool(labels) and bool(_SENT.search(shown(labels).replace('"', "")))


def _belongs(fields: dict[str, bytes], address: str, known_already: Container[str]) -> bool:
    if not known_already:
        return False
    ids = fields.get("in-reply-to", b"") + b" " + fields.get("references", b"")
    return address in known_already or any(
        one in known_already for one in ids.decode("ascii", "replace").split()
    )
