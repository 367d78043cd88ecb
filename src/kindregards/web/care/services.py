"""Keeping marks and lines, and forgetting them."""

from __future__ import annotations

from datetime import datetime

from kindregards.core.exercises import Exercise
from kindregards.web.models import KeptLine, Mood, User


def mark_mood(*, owner: User, felt: int, now: datetime) -> Mood:
    """Keep one mark, 0 to 10."""
    return Mood.objects.create(owner=owner, felt=felt, marked_at=now)


def forget_marks(*, owner: User) -> None:
    """Forget every mark."""
    Mood.objects.filter(owner=owner).delete()


def keep_line(*, owner: User, exercise: Exercise, screen: str, text: str, now: datetime) -> None:
    """Keep what was written on a screen in place of what was kept there; an empty one forgets."""
    if not text.strip():
        KeptLine.objects.filter(owner=owner, exercise=exercise, screen=screen).delete()
        return
    KeptLine.objects.update_or_create(
        owner=owner, exercise=exercise, screen=screen, defaults={"text": text, "kept_at": now}
    )


def forget_lines(*, owner: User, exercise: Exercise) -> None:
    """Forget every line of one exercise."""
    KeptLine.objects.filter(owner=owner, exercise=exercise).delete()


def offer_rest(*, owner: User, offers: bool) -> None:
    """Let pages suggest a rest, or never again."""
    owner.offers_rest = offers
    owner.save(update_fields=["offers_rest"])
