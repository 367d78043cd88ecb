"""Drafts that answer a kindness (advice, a place on file, a call), and word of progress later.

None of them asks for anything more, and all of them are short.
"""

from __future__ import annotations

from collections.abc import Iterator

from kindregards.core.letters.reading import Person
from kindregards.core.outreach.draft import Draft, DraftKind
from kindregards.core.outreach.habits import NO_HABITS, Habits
from kindregards.core.outreach.skeleton import Blocks, Skeleton, drafted, fitting, skeleton

_AIM = (35, 75)
"""Words of a letter that asks nothing (R3 is about those that ask)."""


def advice_thanks(
    *,
    sender_name: str,
    recipient: Person | None = None,
    first_step: str = "",
    language: str = "en",
    formal: bool = False,
    thread_subject: str = "",
    seed: int | str = 0,
    habits: Habits = NO_HABITS,
) -> Draft:
    """Thanks for advice received, with what the person will try first, as a Draft.

    `first_step` completes "I will start with …"; without it a blank stands there, which the Guard
    does not let pass. The other arguments are those of `advice_request`.
    """
    told = skeleton(
        DraftKind.ADVICE_THANKS,
        sender_name=sender_name,
        recipient=recipient,
        employer="",
        language=language,
        formal=formal,
        seed=seed,
        habits=habits,
        first_step=first_step,
    )
    return _reply(told, ("advice", "first_step", "no_answer"), recipient, thread_subject, language)


def progress(
    *,
    sender_name: str,
    recipient: Person | None = None,
    used: str = "",
    came_of_it: str = "",
    language: str = "en",
    formal: bool = False,
    thread_subject: str = "",
    seed: int | str = 0,
    habits: Habits = NO_HABITS,
) -> Draft:
    """Word of progress some weeks later: their advice was used (R27), as a Draft.

    `used` completes "I have tried it with …", `came_of_it` says what came of it; blanks without.
    """
    told = skeleton(
        DraftKind.PROGRESS,
        sender_name=sender_name,
        recipient=recipient,
        employer="",
        language=language,
        formal=formal,
        seed=seed,
        habits=habits,
        used=used,
        came_of_it=came_of_it,
    )
    slots = ("remembered", "used", "came_of_it", "no_answer")
    return _reply(told, slots, recipient, thread_subject, language)


def kept_on_file(
    *,
    sender_name: str,
    recipient: Person | None = None,
    employer: str = "",
    hope: str = "",
    language: str = "en",
    formal: bool = False,
    thread_subject: str = "",
    seed: int | str = 0,
    habits: Habits = NO_HABITS,
) -> Draft:
    """A graceful answer to "we will keep your resume on file", as a Draft.

    `hope` is the work that the person would most like to hear of; without it there is no sentence
    about it.
    """
    told = skeleton(
        DraftKind.ON_FILE,
        sender_name=sender_name,
        recipient=recipient,
        employer=employer,
        language=language,
        formal=formal,
        seed=seed,
        habits=habits,
        hope=hope,
    )
    slots = ("on_file", "hope", "wish") if hope.strip() else ("on_file", "on_file_yes", "wish")
    return _reply(told, slots, recipient, thread_subject, language)


def call(
    *,
    sender_name: str,
    recipient: Person | None = None,
    times: str = "",
    language: str = "en",
    formal: bool = False,
    thread_subject: str = "",
    seed: int | str = 0,
    habits: Habits = NO_HABITS,
) -> Draft:
    """An answer to a call that they offer, as a Draft. `times` are those that suit the person."""
    told = skeleton(
        DraftKind.CALL,
        sender_name=sender_name,
        recipient=recipient,
        employer="",
        language=language,
        formal=formal,
        seed=seed,
        habits=habits,
        times=times,
    )
    slots = ("call", "times", "call_short")
    return _reply(told, slots, recipient, thread_subject, language)


def _reply(
    told: Skeleton,
    slots: tuple[str, ...],
    recipient: Person | None,
    thread_subject: str,
    language: str,
) -> Draft:
    text = fitting(told, _blocks(slots), _AIM)
    return drafted(told, text, recipient, thread_subject, language)


def _blocks(slots: tuple[str, ...]) -> Blocks:
    def blocks(told: Skeleton, turn: int) -> Iterator[str]:
        yield told.greeting(turn)
        yield from (told.said(turn, slot) for slot in slots)
        yield told.signed(turn)

    return blocks
