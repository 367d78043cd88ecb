"""Letters that the person sent by whatever program: what their heading tells, and which draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser

from kindregards.core.letters.headers import addresses, header, moment
from kindregards.core.letters.letter import Address

CLOCKS_DIFFER = timedelta(minutes=10)
OPEN_FOR = timedelta(days=30)
"""A draft is taken for sent by a letter of so many days after it was begun."""
NOTED_WITHIN = timedelta(days=3)
"""So far apart a letter, and the person's word that they sent it, may lie."""

_ID = re.compile(r"<[^<>\s]{1,996}>")
_REPLY = re.compile(r"(?:\s*(?:re|aw|antw|sv|rv|r|fwd?|wg)\s*(?:\[\d+\])?:)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SentLetter:
    """The heading of a letter that the person sent. `thread` are the ids that it answers."""

    message_id: str
    sent_at: datetime
    to: tuple[Address, ...] = ()
    subject: str = ""
    thread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Written:
    """A draft as far as its letter is recognised by it. `email` is its reader's, in small letters.

    `noted_at` is when the person said that they sent it, where they did and the letter was not
    seen yet.
    """

    key: int
    email: str
    subject: str
    made_at: datetime
    message_id: str = ""
    in_reply_to: str = ""
    noted_at: datetime | None = None


def read_heading(raw: bytes) -> SentLetter | None:
    """A sent letter from the lines of its heading; None without id or date. Never raises."""
    try:
        said = BytesHeaderParser().parsebytes(raw[:100_000])
        told = {name.lower(): str(value) for name, value in said.items()}
    except Exception:  # the parser has crashes of its own, and no mail may stop the others
        return None
    found = _ID.search(told.get("message-id", ""))
    sent_at = moment(told.get("date", ""))
    if found is None or sent_at is None:
        return None
    losses: list[str] = []
    to = [one for name in ("to", "cc", "bcc") for one in addresses(told.get(name, ""), losses)]
    thread = told.get("in-reply-to", "") + told.get("references", "")
    return SentLetter(
        message_id=found.group()[:998],
        sent_at=sent_at,
        to=tuple(one for one in to if one.email),
        subject=header(told.get("subject", "")),
        thread=frozenset(_ID.findall(thread[:20_000])),
    )


def draft_of_sent(letter: SentLetter, drafts: Sequence[Written]) -> Written | None:
    """The draft that a sent letter is; None where it is none of them.

    By its Message-ID; else it goes to the draft's reader, at a time that fits, and answers the same
    letter or has the same subject. A draft whose sending the person noted comes before others.
    """
    same = next((one for one in drafts if one.message_id == letter.message_id), None)
    if same is not None:
        return same
    likely = [one for one in drafts if _fits(letter, one)]
    return max(likely, key=lambda one: _rank(letter, one), default=None)


def _fits(letter: SentLetter, draft: Written) -> bool:
    if not draft.email or draft.email not in {one.email.lower() for one in letter.to}:
        return False
    if letter.sent_at < draft.made_at - CLOCKS_DIFFER:
        return False
    if draft.noted_at is not None:
        return abs(letter.sent_at - draft.noted_at) <= NOTED_WITHIN
    if letter.sent_at > draft.made_at + OPEN_FOR:
        return False
    return draft.in_reply_to in letter.thread or _is_named_alike(letter, draft)


def _is_named_alike(letter: SentLetter, draft: Written) -> bool:
    return bool(draft.subject) and _subject(letter.subject) == _subject(draft.subject)


def _rank(letter: SentLetter, draft: Written) -> tuple[bool, bool, bool, datetime]:
    is_same = _is_named_alike(letter, draft)
    return (
        draft.noted_at is not None,
        is_same,
        draft.in_reply_to in letter.thread,
        draft.made_at,
    )


def _subject(text: str) -> str:
    return " ".join(_REPLY.sub("", text, count=1).casefold().split())
