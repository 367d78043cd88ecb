"""Beginning to listen, marking before and after, and what is kept for such evenings."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kindregards.core.mood import felt_on_grid
from kindregards.core.speeches import speech as core
from kindregards.core.speeches.about_you import compose
from kindregards.core.speeches.speech import SpeechKind
from kindregards.web.models import Comfort, Contact, KindWord, Listening, Mood, User
from kindregards.web.speeches.record import record_of


def begin_listening(*, owner: User, speech: core.Speech, now: datetime) -> Listening:
    """Keep that it was begun. A speech about the person is composed now, and is another one each
    time."""
    listening = Listening.objects.create(
        owner=owner,
        key=speech.key,
        kind=speech.kind,
        direction=speech.direction,
        title=speech.title[:300],
        began_at=now,
    )
    if speech.kind is SpeechKind.ABOUT_YOU:
        today = timezone.localtime(now).date()
        told = compose(record_of(owner), seed=listening.pk, today=today)
        listening.text = told.text
        listening.save(update_fields=["text"])
    return listening


@transaction.atomic
def mark(
    *, listening: Listening, is_after: bool, pleasure: int, energy: int, now: datetime
) -> Listening:
    """Keep one mark on the grid, 1 to 9 each way, in place of one that was made before."""
    earlier = listening.after if is_after else listening.before
    made = Mood.objects.create(
        owner_id=listening.owner_id,
        felt=felt_on_grid(pleasure),
        pleasure=pleasure,
        energy=energy,
        marked_at=now,
    )
    if is_after:
        listening.after, listening.ended_at = made, now
    else:
        listening.before = made
    listening.save(update_fields=["before", "after", "ended_at"])
    if earlier is not None:
        earlier.delete()
    return listening


def end_listening(*, listening: Listening, now: datetime) -> None:
    """Keep that it is over; without a mark, which counts for nothing."""
    if listening.ended_at is None:
        listening.ended_at = now
        listening.save(update_fields=["ended_at"])


def keep_kind_word(
    *, owner: User, quote: str, who: str, on: date | None, now: datetime
) -> KindWord:
    """Keep kind words that the person put in."""
    return KindWord.objects.create(owner=owner, quote=quote, who=who, on_date=on, added_at=now)


def keep_comfort(*, owner: User, contact: Contact | None, number: str, music: str) -> None:
    """Keep whom to call and what music; both empty forgets it."""
    if contact is None and not music:
        Comfort.objects.filter(owner=owner).delete()
        return
    Comfort.objects.update_or_create(
        owner=owner,
        defaults={"contact": contact, "number": number if contact else "", "music": music},
    )
