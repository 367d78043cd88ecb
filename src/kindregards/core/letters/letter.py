"""A Letter: one message from an employer's side, as received, with its text cleaned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


class NotALetter(ValueError):
    """Raised for bytes that hold no letter; its message is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Address:
    """A name and an e-mail address as a message gave them; either may be empty."""

    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, decoded as far as it goes.

    `text` is the cleaned text that every Evidence is a slice of: what this sender wrote, without
    quoted history. `sent_at` is aware and keeps the offset of the sender's clock. `headers` holds
    the few headers that are evidence, by lower-case name. `losses` are sentences that say what
    could not be read.
    """

    text: str
    subject: str = ""
    sender: Address = Address()
    reply_to: Address = Address()
    recipients: tuple[Address, ...] = ()
    sent_at: datetime | None = None
    message_id: str | None = None
    in_reply_to: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    losses: tuple[str, ...] = ()
