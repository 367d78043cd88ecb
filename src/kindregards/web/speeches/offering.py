"""What is offered now: on its page, at a step of a plan, in the terminal."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils import timezone

from kindregards.core.mood import LOW
from kindregards.core.speeches.choosing import Chosen, Heard, Wish, choose
from kindregards.core.speeches.speech import Direction, SpeechKind
from kindregards.web.models import User
from kindregards.web.moods import marks_of
from kindregards.web.speeches.forms import LENGTHS
from kindregards.web.speeches.queries import chosen_from, evenings_of, heard_of

IN_A_TERMINAL = frozenset({SpeechKind.OWN, SpeechKind.ABOUT_YOU, SpeechKind.TALK, SpeechKind.TEXT})
"""What can be opened from a terminal: words, and addresses of pages."""


def chosen_now(
    owner: User,
    heard: list[Heard],
    wished: dict[str, Any],
    now: datetime,
    *,
    kinds: Container[SpeechKind] = frozenset(SpeechKind),
) -> tuple[Chosen | None, int]:
    """What is offered now, and how often something else was asked for already.

    It stays the same until something was heard, a wish was made, or something else asked for.
    """
    here, turn = timezone.localtime(now), wished.get("turn") or 0
    direction = wished.get("direction")
    seed = sha256(f"{owner.pk} {here.date()} {len(heard)} {turn}".encode()).digest()
    latest = marks_of(owner, now)[:1]
    wish = Wish(
        hour=here.hour,
        direction=Direction(direction) if direction else None,
        longest=LENGTHS.get(wished.get("length") or ""),
        evenings=evenings_of(owner, now),
        is_low=bool(latest and latest[0].on == here.date() and latest[0].felt <= LOW),
        not_this=wished.get("other_than") or "",
    )
    speeches = [one for one in chosen_from(owner) if one.kind in kinds]
    return choose(speeches, heard, wish, seed=int.from_bytes(seed[:8], "big")), turn


def offered_now(owner: User, now: datetime) -> Chosen | None:
    """What is offered to somebody who said no wish."""
    return chosen_now(owner, heard_of(owner), {}, now)[0]


def offered_in_a_terminal(owner: User, now: datetime) -> Chosen | None:
    """The same among what a terminal can open."""
    return chosen_now(owner, heard_of(owner), {}, now, kinds=IN_A_TERMINAL)[0]
