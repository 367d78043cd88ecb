"""What a debrief asks, one thing a screen, and what comes next (R12, appendix E).

Facts come first and meaning after a night's sleep. Within a sitting short comes before long: one
line and a tap for each question that is remembered, and only then what was said to each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Sitting(StrEnum):
    """The two sittings of a debrief."""

    FACTS = "facts"
    MEANING = "meaning"


class Prompt(StrEnum):
    """One thing that a debrief asks. `THEN` stands on the screen of `IF_THEN`; `REST` on none."""

    ROUNDS = "rounds"
    PEOPLE = "people"
    QUESTION = "question"
    SAID = "said"
    REACTIONS = "reactions"
    NOT_SHOWN = "not_shown"
    ADVERT = "advert"
    FIRST_PAGE = "first_page"
    LACKING = "lacking"
    INSIDE = "inside"
    LETTER = "letter"
    OTHER_REASONS = "other_reasons"
    MEANT = "meant"
    HAPPENED = "happened"
    WHY = "why"
    CAUSE = "cause"
    KEEPS = "keeps"
    ONE_THING = "one_thing"
    IF_THEN = "if_then"
    THEN = "then"
    TRY = "try"
    REST = "rest"


NEW = 0  # stands for a question or a cause that is not written yet


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: what it asks, and of which question or cause (its number; `NEW`; None)."""

    prompt: Prompt
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the screens follow from.

    `questions` and `causes` are numbers of what is written already, in their order. Nobody is
    asked about a conversation that there was not, or about a letter that has not come.
    """

    met_somebody: bool = True
    has_letter: bool = False
    questions: tuple[int, ...] = ()
    causes: tuple[int, ...] = ()


_CONVERSATION = (Prompt.ROUNDS, Prompt.PEOPLE, Prompt.QUESTION, Prompt.SAID,
                 Prompt.REACTIONS, Prompt.NOT_SHOWN)  # fmt: skip
_ON_PAPER = (Prompt.ADVERT, Prompt.FIRST_PAGE, Prompt.LACKING, Prompt.INSIDE)
AFTER_THE_LETTER = (Prompt.LETTER, Prompt.OTHER_REASONS)
_MEANING = (Prompt.MEANT, Prompt.HAPPENED, Prompt.WHY, Prompt.CAUSE, Prompt.KEEPS,
            Prompt.ONE_THING, Prompt.IF_THEN, Prompt.TRY)  # fmt: skip

SITTING_OF: dict[Prompt, Sitting] = {
    **dict.fromkeys((*_CONVERSATION, *_ON_PAPER, *AFTER_THE_LETTER), Sitting.FACTS),
    **dict.fromkeys(_MEANING, Sitting.MEANING),
}
"""The sitting in which something is asked; what has no screen of its own is not in it."""


def screens(sitting: Sitting, known: Known) -> tuple[Screen, ...]:
    """The screens of one sitting, in order, each once."""
    if sitting is Sitting.MEANING:
        asked: tuple[Prompt, ...] = _MEANING
    else:
        asked = _CONVERSATION if known.met_somebody else _ON_PAPER
        asked += AFTER_THE_LETTER if known.has_letter else ()
    return tuple(screen for prompt in asked for screen in _screens_of(prompt, known))


def after(all_screens: Sequence[Screen], here: Screen) -> Screen | None:
    """The next screen; None after the last. A screen that is not there leads to the first."""
    at = _place(all_screens, here) + 1
    return all_screens[at] if at < len(all_screens) else None


def before(all_screens: Sequence[Screen], here: Screen) -> Screen | None:
    """The screen before; None before the first."""
    at = _place(all_screens, here)
    return all_screens[at - 1] if at > 0 else None


def _place(all_screens: Sequence[Screen], here: Screen) -> int:
    return all_screens.index(here) if here in all_screens else -1


def _screens_of(prompt: Prompt, known: Known) -> list[Screen]:
    if prompt is Prompt.QUESTION:
        return [Screen(prompt, number) for number in (*known.questions, NEW)]
    if prompt is Prompt.SAID:
        return [Screen(prompt, number) for number in known.questions]
    if prompt is Prompt.CAUSE:
        return [Screen(prompt, number) for number in (*known.causes, NEW)]
    return [Screen(prompt)]
