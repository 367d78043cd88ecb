"""Which messages of a mailbox are letters about applications: looked over first, read where needed.

Nothing of the database is touched here, so that no page waits while a mailbox is read.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from kindregards.core.letters import NotALetter, parse_letter, read_if, read_letter
from kindregards.core.letters.letter import Letter
from kindregards.core.letters.reading import Reading
from kindregards.core.letters.settling import settling
from kindregards.core.letters.triage import Glance, looks_like_job_mail, worth_keeping
from kindregards.core.resumes.carried import may_carry
from kindregards.sources.source import Source

UNREADABLE = "This message could not be read. If it is a letter, open it and paste its words."


@dataclass(frozen=True, slots=True)
class Acquainted:
    """What is known of the person's mail before: ids of letters kept, addresses that write to this
    person alone, those that the person wrote to, ids of what they wrote, and the person's own.

    All addresses are in small letters.
    """

    ids: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    written_to: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()

    def __contains__(self, one: object) -> bool:
        places = (self.ids, self.addresses, self.written_to, self.written)
        return any(one in place for place in places)


class Sorted(NamedTuple):
    """A Source and what it is: a letter with its reading, one that is here, or something else.

    With `message` and `reading` it is to be kept. With `known_id` the letter of that Message-ID is
    here already. With `error` it could not be read. Else it was left out, by what `glance` saw.
    """

    source: Source
    glance: Glance | None = None
    message: Letter | None = None
    reading: Reading | None = None
    known_id: str = ""
    error: str = ""

    @property
    def is_left_out(self) -> bool:
        """Whether it is about no application, as far as can be seen."""
        return not (self.message or self.known_id or self.error)


def sort_sources(
    sources: Iterable[Source],
    *,
    chosen: Container[str] = (),
    acquainted: Acquainted | None = None,
) -> Iterator[Sorted]:
    """What each Source is, in order. Those whose names are `chosen` are letters whatever they say.

    Never raises for what a message holds.
    """
    acquainted = acquainted or Acquainted()
    for source in sources:
        yield _sorted(source, acquainted, is_chosen=source.name in chosen)


def _sorted(source: Source, acquainted: Acquainted, *, is_chosen: bool) -> Sorted:
    if source.error:
        return Sorted(source, error=source.error)
    glance = None
    if not is_chosen:
        glance = looks_like_job_mail(source.raw, known_already=acquainted, own=acquainted.own)
        if glance.message_id in acquainted.ids:
            return Sorted(source, glance, known_id=glance.message_id)
        # A review of the person's resume is about no application, though its words are of one.
        if not glance.worth_reading or may_carry(source.raw):
            return Sorted(source, glance)
    try:
        message = parse_letter(source.raw)
        if glance is None or _answers(message, acquainted):
            reading: Reading | None = read_letter(message)
        else:
            reading = read_if(message, partial(worth_keeping, glance))
    except NotALetter as refusal:
        return Sorted(source, glance, error=str(refusal))
    except Exception:  # one message that trips the reader must not keep the others out
        return Sorted(source, glance, error=UNREADABLE)
    settling.one_more()
    if reading is None:
        return Sorted(source, glance)
    return Sorted(source, glance, message, reading)


def _answers(message: Letter, acquainted: Acquainted) -> bool:
    """Whether it may answer the person: advice that was asked for is no job mail by its words."""
    parent = message.in_reply_to
    if parent and (parent in acquainted.ids or parent in acquainted.written):
        return True
    return message.sender.email.lower() in acquainted.written_to
