"""Letters of one owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kindregards.core.letters import not_told, parse_letter
from kindregards.core.letters.finding import Part, found_sentence
from kindregards.core.letters.letter import Address
from kindregards.core.letters.letter import Letter as Message
from kindregards.core.letters.reading import Kind, Reading, from_record
from kindregards.core.letters.sender_check import SenderDoubt, check_sender
from kindregards.web.letters.marking import (
    ANCHORED_AT_MOST,
    Mark,
    Piece,
    marks_for,
    paragraphs,
)
from kindregards.web.letters.services import letter_from, message_of
from kindregards.web.models import Answer, Draft, Letter, User
from kindregards.web.told_here import with_told_here
from kindregards.web.word_index import letters_with, typed_words

LETTERS_A_PAGE = 50
EARLIER_LETTERS = 50
EXAMPLE = Path(__file__).parent / "example.eml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter as its page shows it."""

    letter: Letter
    reading: Reading
    paragraphs: Sequence[Sequence[Piece]]
    marks: Sequence[Mark]
    not_told: Sequence[str]
    corrected: frozenset[str]

    @property
    def corrected_in_sentence(self) -> list[str]:
        """Which of the words in the sentence on top the person has corrected."""
        if self.reading.kind is not Kind.REJECTION:
            return sorted(self.corrected & {"kind"})
        return sorted(self.corrected & {"style", "stage", "reason", "door"})

    @property
    def is_anchored(self) -> bool:
        """Whether few enough notes are there to stand level with their words."""
        return len(self.marks) <= ANCHORED_AT_MOST


def letter_of(owner: User, pk: int) -> Letter:
    """One letter of the owner; 404 for anybody else's."""
    letters = Letter.objects.filter(owner=owner).select_related(
        "application__employer", "answer__draft"
    )
    return get_object_or_404(letters, pk=pk)


def draft_it_answers(letter: Letter) -> Draft | None:
    """The letter of the person's own that this one answers; None where they read it otherwise."""
    answer: Answer | None = getattr(letter, "answer", None)
    if answer is None or answer.touch_id is None or "kind" in corrected_fields(letter):
        return None
    return answer.draft


def corrected_fields(letter: Letter) -> frozenset[str]:
    """The fields that the person has corrected."""
    return frozenset(letter.corrections.values_list("field", flat=True))


def sheet_of(letter: Letter, corrected: frozenset[str] = frozenset()) -> Sheet:
    """The letter with its evidence marked in the text and the reasons beside it."""
    reading = from_record(letter.reading)
    marks = marks_for(letter.text, reading.evidence)
    return Sheet(
        letter=letter,
        reading=reading,
        paragraphs=paragraphs(letter.text, marks),
        marks=marks,
        not_told=not_told(reading),
        corrected=corrected,
    )


def sender_doubt_of(letter: Letter) -> SenderDoubt | None:
    """Why the sender may not be whom the letter says; None for nearly every letter.

    Held against the domains that earlier letters of the same employer came from.
    """
    headers = letter.sender_headers
    return check_sender(
        message_of(letter) if headers is None else _envelope(letter, headers),
        employer=letter.employer_name or None,
        employer_domains=_domains_before(letter),
    )


def _envelope(letter: Letter, headers: dict[str, str]) -> Message:
    """What a check of the sender looks at, without taking the whole message apart again."""
    return Message(
        text="",
        sender=Address(letter.sender_name, letter.sender_email),
        reply_to=Address("", letter.reply_to_email),
        headers=headers,
    )


def _domains_before(letter: Letter) -> list[str]:
    employer = letter.application.employer if letter.application else None
    if employer is None:
        return []
    earlier = Letter.objects.filter(
        owner_id=letter.owner_id, application__employer=employer, sent_at__lt=letter.sent_at
    )
    senders = earlier.order_by("sent_at").values_list("sender_email", flat=True)[:EARLIER_LETTERS]
    return list(dict.fromkeys(one.rpartition("@")[2] for one in senders if "@" in one))


def latest_letters(owner: User) -> QuerySet[Letter]:
    """All letters of the owner, newest first, without what a list does not show."""
    return (
        with_told_here(Letter.objects.filter(owner=owner))
        .defer("text", "reading", "as_read", "losses")
        .select_related("application__employer")
        .order_by("-sent_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """A letter that was found, with the sentence that holds the words; () where that is a name."""

    letter: Letter
    sentence: Sequence[Part]


def page_of_letters(owner: User, number: str | None, words: str = "") -> Page[Letter]:
    """One page of the list, or of those with all these words, newest first.

    A number out of range gives the nearest page; words without a letter in them give none.
    """
    letters = latest_letters(owner)
    if words:
        with_words = letters_with(words, vendor=connection.vendor)
        letters = letters.none() if with_words is None else letters.filter(pk__in=with_words)
        letters = letters.defer(None).defer("reading", "as_read", "losses")
    return Paginator(letters, LETTERS_A_PAGE).get_page(number)


def hits_on(page: Page[Letter], words: str) -> list[Hit]:
    """The letters of a page of found ones, each with its sentence."""
    typed = typed_words(words)
    return [Hit(letter, found_sentence(letter.text, typed)) for letter in page.object_list]


def example_sheet(now: datetime) -> Sheet:
    """The invented letter that shows newcomers what a reading is."""
    return sheet_of(letter_from(parse_letter(EXAMPLE.read_bytes()), now=now))
