"""Letters that the person sent, by whatever program, as they are found in their sent mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from kindregards.core.network.card import LONGEST_ADDRESS, LONGEST_NAME, Card
from kindregards.core.outreach.draft import Channel, Direction, DraftKind
from kindregards.core.outreach.sent import NOTED_WITHIN, SentLetter, Written, draft_of_sent
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
from kindregards.web.rhythm import work_out


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
def keep_sent(*, owner: User, letters: Sequence[SentLetter], now: datetime) -> int:
    """Record a Touch for each letter to somebody of an application, or who is here; how many.

    One that is known already, also as a draft that was sent, counts once.
    """
    known = _known(owner, letters)
    new = [one for one in _in_order(letters) if one.message_id not in known]
    circle = Circle.of(owner) if new else Circle()
    here = _people_here(owner) if new else {}
    touches = []
    for letter in new:
        if letter.message_id in known:
            continue
        touch = _touched(owner, letter, circle) or _touched_here(owner, letter, here)
        if touch is not None:
            known.add(letter.message_id)
            touches.append(touch)
    met = {one.contact_id for one in touches} - {None}
    work_out(owner_id=owner.pk, contacts=[one for one in met if one is not None], now=now)
    return len(touches)


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


def _touched(owner: User, letter: SentLetter, circle: Circle) -> Touch | None:
    found = circle.find(letter)
    if found is None:
        return None
    number, one = found
    contact = _contact(owner, letter, number, one)
    touch = _noted(owner, contact, letter)
    touch.employer_id, touch.application_id = one.employer_id, one.application_id
    touch.in_process = circle.is_in_process(letter, one)
    touch.save()
    return touch


def _people_here(owner: User) -> dict[str, int]:
    named = Contact.everyone.filter(owner=owner).exclude(email="")
    told = named.values_list("email", "same_as", "pk")
    return {email.lower(): same_as or pk for email, same_as, pk in told}


def _touched_here(owner: User, letter: SentLetter, here: Mapping[str, int]) -> Touch | None:
    """A letter to somebody who is here and has to do with no application."""
    found = next((here[one.email.lower()] for one in letter.to if one.email.lower() in here), None)
    if found is None:
        return None
    contact = Contact.objects.get(pk=found)
    touched(contact, letter.sent_at)
    touch = _noted(owner, contact, letter)
    touch.save()
    return touch


def _noted(owner: User, contact: Contact, letter: SentLetter) -> Touch:
    """The Touch of a letter: the one that the person noted at the time, else a new one."""
    near = (letter.sent_at - NOTED_WITHIN, letter.sent_at + NOTED_WITHIN)
    noted = Touch.objects.filter(
        owner=owner, contact=contact, direction=Direction.OUT, message_id="", draft=None,
        kind=DraftKind.OTHER, channel=Channel.MAIL, at__range=near,
    ).order_by("at").first()  # fmt: skip
    touch = noted or Touch(
        owner=owner,
        contact=contact,
        employer_id=contact.employer_id,
        direction=Direction.OUT,
        channel=Channel.MAIL,
        kind=DraftKind.OTHER,
    )
    touch.at, touch.message_id = letter.sent_at, letter.message_id
    return touch


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
