"""The values of outreach: a Draft to be sent by the person, Touches, and the Guard's Findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DraftKind(StrEnum):
    """What a letter of the person's is for."""

    ADVICE_REQUEST = "advice_request"
    THANKS = "thanks"
    FOLLOW_UP = "follow_up"
    ADVICE_THANKS = "advice_thanks"
    PROGRESS = "progress"
    ON_FILE = "on_file"
    CALL = "call"
    OCCASION = "occasion"
    INVITATION = "invitation"
    OTHER = "other"


ANSWERS_TO_THEM = frozenset({DraftKind.ADVICE_THANKS, DraftKind.PROGRESS, DraftKind.CALL})
"""Kinds that answer a word of theirs: the days since the rejection do not count for them."""
GREETS = frozenset({DraftKind.OCCASION, DraftKind.INVITATION})
"""Short words between people who know one another: what R3 says of letters is not about them."""
ASKS_NOTHING = ANSWERS_TO_THEM | GREETS | {DraftKind.THANKS, DraftKind.ON_FILE}
"""Kinds that want nothing: in them much "I" or a missing thanks is a small matter."""


class Direction(StrEnum):
    """Who wrote: `out` is the person, `in` is the other side."""

    OUT = "out"
    IN = "in"


class Channel(StrEnum):
    """The way a Touch went. All channels count alike (R8)."""

    MAIL = "mail"
    LINKEDIN = "linkedin"
    PHONE = "phone"
    IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True)
class Touch:
    """One contact, either way, dated. `person` is an e-mail address, else a name; "" if unknown.

    `text` are the words that were written, "" where they are not known.
    """

    at: datetime
    direction: Direction
    person: str = ""
    employer: str = ""
    channel: Channel = Channel.MAIL
    kind: DraftKind = DraftKind.OTHER
    text: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a Draft answers: the rejection letter and how things stand around it.

    `letter_at` is when the letter was sent, aware, with its sender's offset; `stage` is a
    `Stage` value or None; `reposted` says that the job is advertised again. For a note of
    invitation, `notes_at` is when the person's other notes went out and `has_met` whether there was
    an exchange before it; for words that greet, `given` is the text as it was drafted.
    """

    letter_at: datetime | None = None
    letter_sender: str = ""
    stage: str | None = None
    employer: str = ""
    reposted: bool = False
    notes_at: tuple[datetime, ...] = ()
    has_met: bool = True
    given: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to be sent by the person. `to` holds e-mail addresses, or names without one."""

    text: str
    subject: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    kind: DraftKind = DraftKind.ADVICE_REQUEST
    language: str = "en"


class Severity(StrEnum):
    """How strongly a Finding objects: `praise` not at all, `stop` holds the letter."""

    PRAISE = "praise"
    SOFTEN = "soften"
    WAIT = "wait"
    STOP = "stop"


class Part(StrEnum):
    """What a Finding's `instead` is for: the text, the subject, the reader, what is attached, or
    the time at which the letter goes."""

    TEXT = "text"
    SUBJECT = "subject"
    TO = "to"
    ATTACHMENTS = "attachments"
    TIME = "time"


class Verdict(StrEnum):
    """What the Guard advises: send as it is, revise first, or hold."""

    SEND = "send"
    REVISE = "revise"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of the Guard: the words, why in a line, and what to write instead.

    `quote == draft.text[start:end]`; a finding about the whole letter, its subject, its time or
    its reader has an empty quote with `start == end`. `instead` is text that can take the quote's
    place, "" to take it out; with an empty quote it is a paragraph that can be put in at `start`,
    or takes the place of the `part` it is for. It is None for praise, and for a blank, which only
    the person can fill. Where the part is the time, `instead` says what can be done, and `until`,
    aware, is the moment to which the letter is kept. A `minor` one is worth a look and no reason to
    hold a good letter back.
    """

    rule: str
    severity: Severity
    title: str
    why: str
    quote: str = ""
    start: int = 0
    end: int = 0
    instead: str | None = None
    minor: bool = False
    part: Part = Part.TEXT
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Guarded:
    """The Guard's answer. `courtesy` and `neediness` are two meters and never one (R10)."""

    verdict: Verdict
    words: int
    courtesy: float
    neediness: int
    findings: tuple[Finding, ...]
