"""Letters that the person sent, by whatever program, as they are found in their sent mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from kindregards.core.network.card import LONGEST_ADDRESS, LONGEST_NAME, Card
from kindregards.core.outreach.draft import Channel, Direction, DraftKind
from kindregards.core.outreach.sent import SentLetter, Written, draft_of_sent
from kindregards.web.contacts import meet, touched
from kindregards.web.models import (
    Contact,
    Draft,
    Employer,
    MetBy,
    Sending,
    SendingState,
    Touch,
    User,
    Way,
)
from kindregards.web.outreach.circle import Circle, Known
from kindregards.web.outreach.sending import end_sending
from kindregards.web.outreach.services import record_sent


@transaction.atomic
def keep_sent_drafts(*, owner: User, letters: Sequence[SentLetter]) -> list[Draft]:
    """Record those drafts as sent that are among the letters; each letter counts once."""
    written = _written(owner)
    known = _known(owner, letters) if written else set()
    kept = []
    for letter in _in_order(letters) if written else ():
        found = None if letter.message_id in known else draft_of_sent(letter, written)
        if found is not None:
            kept.append(_keep_as(Draft.objects.get(pk=found.key), letter))
            known.add(letter.message_id)
            written.remove(found)
    return kept


@transaction.atomic
def keep_sent(*, owner: User, letters: Sequence[SentLetter]) -> int:
    """Record a Touch for each letter to somebody of an application; how many there were.

    One that is known already, also as a draft that was sent, counts once.
    """
    known = _known(owner, letters)
    new = [one for one in _in_order(letters) if one.message_id not in known]
    circle = Circle.of(owner) if new else Circle()
    count = 0
    for letter in new:
        if letter.message_id not in known and _touched(owner, letter, circle):
            known.add(letter.message_id)
            count += 1
    return count


def _known(owner: User, letters: Sequence[SentLetter]) -> set[str]:
    asked = [one.message_id for one in letters]
    known: set[str] = set()
    for at in range(0, len(asked), 500):  # a question holds only so many values
        found = Touch.objects.filter(owner=owner, message_id__in=asked[at : at + 500])
        known |= set(found.values_list("message_id", flat=True))
    return known


def _in_order(letters: Iterable[SentLetter]) -> list[SentLetter]:
    return sorted(letters, key=lambda one: one.sent_at)


# Drafts ---------------------------------------------------------------------------------------


def _written(owner: User) -> list[Written]:
    """The drafts whose letter was not seen yet."""
    unseen = Draft.objects.filter(owner=owner).exclude(touch__message_id__gt="")
    return [
        Written(
            key=draft.pk,
            email=draft.recipient_email.lower(),
            subject=draft.subject,
            made_at=draft.created_at,
            message_id=draft.message_id,
            in_reply_to=draft.in_reply_to,
            noted_at=draft.touch.at if draft.touch else None,
        )
        for draft in unseen.select_related("touch").order_by("pk")
    ]


def _keep_as(draft: Draft, letter: SentLetter) -> Draft:
    """Record that a draft is this letter, at the time that the letter tells."""
    unsure = draft.sendings.filter(way=Way.SMTP, state=SendingState.UNKNOWN)
    for sending in unsure if draft.message_id == letter.message_id else Sending.objects.none():
        end_sending(sending=sending, state=SendingState.DONE, now=letter.sent_at)
    touch = record_sent(draft=draft, now=letter.sent_at)
    touch.at, touch.message_id = letter.sent_at, letter.message_id
    touch.save(update_fields=["at", "message_id"])
    return draft


# Others ---------------------------------------------------------------------------------------


def _touched(owner: User, letter: SentLetter, circle: Circle) -> bool:
    found = circle.find(letter)
    if found is None:
        return False
    number, one = found
    Touch.objects.create(
        owner=owner,
        contact=_contact(owner, letter, number, one),
        employer_id=one.employer_id,
        application_id=one.application_id,
        direction=Direction.OUT,
        channel=Channel.MAIL,
        kind=DraftKind.OTHER,
        at=letter.sent_at,
        message_id=letter.message_id,
        in_process=circle.is_in_process(letter, one),
    )
    return True


def _contact(owner: User, letter: SentLetter, number: int, one: Known) -> Contact:
    whom = letter.to[number]
    mine = Employer.objects.filter(owner=owner)
    employer = mine.filter(pk=one.employer_id).first() if one.employer_id else None
    card = Card(
        name=whom.name[:LONGEST_NAME],
        email=whom.email.lower()[:LONGEST_ADDRESS],
        employer=employer.name if employer else "",
    )
    contact = meet(owner=owner, card=card, employer=employer, met_by=MetBy.LETTER)
    touched(contact, letter.sent_at)
    return contact
