"""Keeping letters, reading them, and the person's corrections."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction

from kindregards.core.joining import sender_key
from kindregards.core.letters import parse_letter, pasted_letter, read_letter, told
from kindregards.core.letters.letter import Letter as Message
from kindregards.core.letters.reading import Reading, as_record, corrected, from_record
from kindregards.core.letters.sender_check import CHECKED_HEADERS
from kindregards.web.models import Correction, Letter, LetterSource, ThreadId, User

# A letter dated before there was mail has lost its date.
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
MOST_THREAD_IDS = 50
LONGEST_HEADER = 16_000  # characters


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter in the database, and whether it was new.

    `was` holds the employer and role that it named before a file completed it, else None.
    """

    letter: Letter
    is_new: bool
    was: tuple[str, str] | None = None


@transaction.atomic
def keep_letter(*, owner: User, message: Message, raw: bytes, pasted: bool, now: datetime) -> Kept:
    """Keep a message with its bytes and its reading; the same one twice is one letter.

    It is the same by Message-ID, else by content. A file, or a fuller paste, that comes after its
    own words were pasted brings what was lacking: its date, its sender and its id.
    """
    known = _known(owner, message)
    if known is None:
        try:
            with transaction.atomic():
                return Kept(_new_letter(owner, message, raw, pasted, now), is_new=True)
        except IntegrityError:  # another window or import was first
            known = _known(owner, message)
            if known is None:
                raise
    was = (known.employer_name, known.role)
    if not knows_more(message, known):
        return Kept(known, is_new=False)
    _complete(known, message, raw, pasted=pasted)
    return Kept(known, is_new=False, was=was)


@transaction.atomic
def correct_reading(*, letter: Letter, changes: Mapping[str, Any], now: datetime) -> None:
    """Keep what the person says of fields of a reading. Raises ValueError on an unknown value."""
    corrected(from_record(letter.as_read), changes)
    for field, value in changes.items():
        Correction.objects.update_or_create(
            letter=letter,
            field=field,
            defaults={"owner_id": letter.owner_id, "value": value, "made_at": now},
        )
    _lay_corrections(letter)
    letter.save(update_fields=[*_READ_COLUMNS])


@transaction.atomic
def undo_correction(*, letter: Letter, field: str) -> None:
    """Let the reader's own view of a field hold again."""
    letter.corrections.filter(field=field).delete()
    _lay_corrections(letter)
    letter.save(update_fields=[*_READ_COLUMNS])


@transaction.atomic
def read_again(*, letter: Letter) -> None:
    """Read a letter anew from its bytes. The person's corrections stay."""
    message = message_of(letter)
    letter.as_read = as_record(read_letter(message))
    letter.text = message.text
    letter.digest = _digest(message)
    _lay_corrections(letter)
    letter.save(update_fields=["as_read", "text", "digest", *_READ_COLUMNS])


_READ_COLUMNS = (
    "reading",
    "kind",
    "style",
    "stage",
    "door",
    "employer_name",
    "role",
    "told",
    "probability",
)


def message_of(letter: Letter) -> Message:
    """The message that a letter was read from, taken apart anew."""
    source = LetterSource.objects.get(letter=letter)
    raw = bytes(source.raw)
    if not source.pasted:
        return parse_letter(raw)
    return pasted_letter(
        raw.decode("utf-8", "replace"),
        subject=letter.subject,
        sender=f"{letter.sender_name} <{letter.sender_email}>"
        if letter.sender_email
        else letter.sender_name,
        sent_at=letter.sent_at,
    )


def _digest(message: Message) -> str:
    words = " ".join(message.text.split())
    return hashlib.sha256(words.encode()).hexdigest()


def _known(owner: User, message: Message) -> Letter | None:
    """The letter that this message is, if it is kept already.

    Words alone do not make two files one: the same form sent for two roles has two ids.
    """
    mine = Letter.objects.select_for_update(of=("self",)).filter(owner=owner)
    same_words = mine.filter(digest=_digest(message))
    if not message.message_id:
        return same_words.first()
    return (
        mine.filter(message_id=message.message_id).first()
        or same_words.filter(message_id="").first()
    )


def letter_from(message: Message, *, now: datetime, reading: Reading | None = None) -> Letter:
    """The message read, as a row that is not kept yet and belongs to nobody.

    `reading` is given where it was read before.
    """
    letter = Letter(
        digest=_digest(message),
        text=message.text,
        losses=list(message.losses),
        as_read=as_record(reading or read_letter(message)),
        arrived_at=now,
    )
    _set_envelope(letter, message, now)
    _lay_corrections(letter)
    return letter


def _new_letter(owner: User, message: Message, raw: bytes, pasted: bool, now: datetime) -> Letter:
    letter = letter_from(message, now=now)
    letter.owner = owner
    letter.save()
    LetterSource.objects.create(letter=letter, owner=owner, raw=raw, pasted=pasted)
    _keep_thread(letter, message)
    return letter


def thread_of(message: Message) -> tuple[str, ...]:
    """The ids of the messages that a message answers or continues, at most 50, each once."""
    told = f"{message.in_reply_to or ''} {message.headers.get('references', '')}"
    ids = dict.fromkeys(re.findall(r"<[^<>\s]{3,990}>", told))
    return tuple(one for one in ids if one != message.message_id)[:MOST_THREAD_IDS]


def _keep_thread(letter: Letter, message: Message) -> None:
    ThreadId.objects.bulk_create(
        ThreadId(owner_id=letter.owner_id, letter=letter, identifier=one)
        for one in thread_of(message)
    )


def knows_more(message: Message, letter: Letter) -> bool:
    """Whether a second copy has what the kept one lacks: an id, else a sender or a subject."""
    if letter.message_id:
        return False
    brings_sender = bool(message.sender.email) and not letter.sender_email
    return bool(message.message_id or brings_sender or (message.subject and not letter.subject))


def _complete(letter: Letter, message: Message, raw: bytes, *, pasted: bool) -> None:
    letter.as_read = as_record(read_letter(message))
    letter.text = message.text
    letter.digest = _digest(message)
    _set_envelope(letter, message, letter.sent_at)
    _lay_corrections(letter)
    letter.save()
    LetterSource.objects.filter(letter=letter).update(raw=raw, pasted=pasted)
    letter.thread_ids.all().delete()
    _keep_thread(letter, message)


def _set_envelope(letter: Letter, message: Message, fallback: datetime) -> None:
    told = message.sent_at if message.sent_at and message.sent_at >= EARLIEST else None
    offset = told.utcoffset() if told else None
    # A clock that runs ahead must not put the plan's days into the future.
    letter.sent_at = min(told or fallback, letter.arrived_at)
    letter.sent_offset_minutes = None if offset is None else int(offset.total_seconds() // 60)
    letter.message_id = (message.message_id or "")[:998]
    letter.in_reply_to = (message.in_reply_to or "")[:998]
    letter.sender_name = message.sender.name[:300]
    letter.sender_email = message.sender.email[:320]
    letter.sender_key = sender_key(letter.sender_email)
    letter.reply_to_email = message.reply_to.email[:320]
    told_of = (name for name in CHECKED_HEADERS if name in message.headers)
    letter.sender_headers = {name: _storable(message.headers[name]) for name in told_of}
    letter.subject = message.subject[:998]


def _storable(header: str) -> str:
    """A header as every database takes it."""
    kept = header[:LONGEST_HEADER].replace("\0", "")
    return kept.encode("utf-8", "replace").decode()


def _lay_corrections(letter: Letter) -> None:
    corrections = dict(letter.corrections.values_list("field", "value")) if letter.pk else {}
    reading = corrected(from_record(letter.as_read), corrections)
    letter.reading = as_record(reading)
    letter.kind = reading.kind
    letter.style = reading.style or ""
    letter.stage = reading.stage or ""
    letter.door = reading.door or ""
    letter.employer_name = (reading.employer or "")[:300]
    letter.role = (reading.role or "")[:300]
    letter.told = told(reading)
    letter.probability = reading.probability
