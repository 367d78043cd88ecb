"""Keeping many letters at once: the same rules, in few questions to the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from kindregards.core.letters.letter import Letter as Message
from kindregards.core.letters.reading import Reading
from kindregards.web.letters.services import (
    Kept,
    keep_letter,
    knows_more,
    letter_from,
    thread_of,
)
from kindregards.web.models import Letter, LetterSource, ThreadId, User

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message that was read and is to be kept."""

    message: Message
    raw: bytes
    reading: Reading


@transaction.atomic
def keep_letters(*, owner: User, arrived: Sequence[Arrived], now: datetime) -> list[Kept]:
    """Keep messages with their bytes and readings, as `keep_letter` does one; in the same order.

    Of messages that are the same, one is kept. Raises IntegrityError, and keeps nothing, where
    another window kept one of them meanwhile.
    """
    rows = [letter_from(one.message, now=now, reading=one.reading) for one in arrived]
    known = _Known(owner, rows)
    kept, new = [], []
    for one, row in zip(arrived, rows, strict=True):
        before = known.same_as(row)
        if before is None:
            row.owner = owner
            known.add(row)
            new.append((one, row))
            kept.append(Kept(row, is_new=True))
        elif before.pk and knows_more(one.message, before):
            kept.append(
                keep_letter(owner=owner, message=one.message, raw=one.raw, pasted=False, now=now)
            )
        else:
            kept.append(Kept(before, is_new=False))
    _make(new)
    return kept


def letters_by_id(owner: User, ids: Iterable[str]) -> dict[str, Letter]:
    """The letters of these Message-IDs, without what a list does not show."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Letter] = {}
    for at in range(0, len(wanted), AT_ONCE):
        part = wanted[at : at + AT_ONCE]
        for letter in _light(owner).filter(message_id__in=part):
            found[letter.message_id] = letter
    return found


def _light(owner: User) -> QuerySet[Letter]:
    return Letter.objects.filter(owner=owner).only(
        "message_id", "digest", "sender_email", "subject", "kind", "application_id", "owner_id"
    )


def _make(new: Sequence[tuple[Arrived, Letter]]) -> None:
    Letter.objects.bulk_create([row for _one, row in new], batch_size=AT_ONCE)
    LetterSource.objects.bulk_create(
        [LetterSource(letter=row, owner_id=row.owner_id, raw=one.raw) for one, row in new],
        batch_size=AT_ONCE,
    )
    ThreadId.objects.bulk_create(
        [
            ThreadId(owner_id=row.owner_id, letter=row, identifier=identifier)
            for one, row in new
            for identifier in thread_of(one.message)
        ],
        batch_size=AT_ONCE,
    )


class _Known:
    """The letters that are here already, found as `keep_letter` finds them."""

    def __init__(self, owner: User, rows: Sequence[Letter]) -> None:
        self.by_id = letters_by_id(owner, (row.message_id for row in rows if row.message_id))
        self.by_words: dict[str, list[Letter]] = defaultdict(list)
        digests = list({row.digest for row in rows})
        for at in range(0, len(digests), AT_ONCE):
            for letter in _light(owner).filter(digest__in=digests[at : at + AT_ONCE]):
                self.by_words[letter.digest].append(letter)

    def same_as(self, row: Letter) -> Letter | None:
        """The letter that this one is; words alone do not make two with ids one."""
        same_words = self.by_words[row.digest]
        if not row.message_id:
            return next(iter(same_words), None)
        without_id = (one for one in same_words if not one.message_id)
        return self.by_id.get(row.message_id) or next(without_id, None)

    def add(self, row: Letter) -> None:
        """Let later ones be the same as this one."""
        if row.message_id:
            self.by_id[row.message_id] = row
        self.by_words[row.digest].append(row)
