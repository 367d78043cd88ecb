"""One screen of a debrief as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kindregards.core.debriefs import (
    CAP_OF_A_FORM,
    SITTING_OF,
    Known,
    Level,
    Prompt,
    Screen,
    Sitting,
    Told,
    Words,
    levels,
    words_for,
)
from kindregards.core.debriefs.confidence import held
from kindregards.core.debriefs.prompts import NEW, screens
from kindregards.core.debriefs.words import HEADINGS, OTHER_REASONS, WENT
from kindregards.web.debriefs.keeping import rows_on
from kindregards.web.debriefs.queries import cap_of, note_at, words_at
from kindregards.web.models import Claim, Debrief, Note, Question
from kindregards.web.models.debrief import Written

SITTINGS = {Sitting.FACTS: "the facts", Sitting.MEANING: "the meaning"}
# The prompts at which it helps to see what was written in the first sitting.
LOOKS_BACK = frozenset({Prompt.HAPPENED, Prompt.WHY, Prompt.CAUSE, Prompt.IF_THEN})


@dataclass(frozen=True, slots=True)
class Shown:
    """What one screen shows. `text` and `then` are the words as they are kept.

    `number` and `of_all` count all questions as one, and all causes, so that the end never recedes.
    """

    screen: Screen
    words: Words
    sitting: Sitting
    sitting_said: str
    number: int
    of_all: int
    is_last: bool
    text: str = ""
    then: str = ""
    question: Question | None = None
    went: int | None = None
    confidence: int | None = None
    levels: Sequence[Level] = ()
    is_capped: bool = False
    ticked: Sequence[str] = ()
    day: date | None = None
    asides: Sequence[Written] = ()

    @property
    def scale(self) -> Sequence[tuple[int, str]]:
        """How an answer can have gone."""
        return list(WENT.items())

    @property
    def reasons(self) -> Sequence[tuple[str, str]]:
        """What it can have been that has nothing to do with the person."""
        return [(reason.value, said) for reason, said in OTHER_REASONS.items()]

    @property
    def looks_back(self) -> bool:
        """Whether the first sitting's words are laid below."""
        return self.screen.prompt in LOOKS_BACK


def shown(debrief: Debrief, known: Known, screen: Screen, *, today: date) -> Shown:
    """The screen with what is written on it so far."""
    sitting = SITTING_OF[screen.prompt]
    here = screens(sitting, known)
    parts = dict.fromkeys(_part(one.prompt) for one in here)
    rows = rows_on(debrief, screen)
    then = note_at(debrief, Prompt.THEN) if screen.prompt is Prompt.IF_THEN else None
    first = next((row for row in rows if row != then), None)
    highest = cap_of(debrief) if screen.prompt is Prompt.CAUSE else None
    return Shown(
        screen=screen,
        words=words_for(screen.prompt, _told(debrief, known, screen)),
        sitting=sitting,
        sitting_said=SITTINGS[sitting],
        number=list(parts).index(_part(screen.prompt)) + 1,
        of_all=len(parts),
        is_last=here[-1] == screen,
        text=first.text if first else "",
        then=then.text if then else "",
        question=_question_said(debrief, screen),
        went=first.went if isinstance(first, Question) else None,
        confidence=_nearest(first, highest),
        levels=levels(highest) if highest is not None else (),
        is_capped=highest == CAP_OF_A_FORM,
        ticked=first.ticked if isinstance(first, Note) else (),
        day=debrief.practice_date or today + timedelta(days=1),
        asides=[row for row in rows if row.aside],
    )


def looked_back(debrief: Debrief) -> list[tuple[str, str]]:
    """What was written in the first sitting, each under its heading; not the questions."""
    return [
        (heading, words_at(debrief, prompt))
        for prompt, heading in HEADINGS.items()
        if SITTING_OF.get(prompt) is Sitting.FACTS and words_at(debrief, prompt)
    ]


def _part(prompt: Prompt) -> Prompt:
    """What a prompt counts as: what was said belongs to the questions."""
    return Prompt.QUESTION if prompt is Prompt.SAID else prompt


def _told(debrief: Debrief, known: Known, screen: Screen) -> Told:
    numbers = known.causes if screen.prompt is Prompt.CAUSE else known.questions
    return Told(
        name=debrief.owner.first_name,
        is_more=bool(numbers) and screen.of != numbers[0],
        is_new=screen.of == NEW,
    )


def _question_said(debrief: Debrief, screen: Screen) -> Question | None:
    if screen.prompt is not Prompt.SAID:
        return None
    return next(one for one in debrief.questions.all() if one.pk == screen.of)


def _nearest(row: Written | None, highest: int | None) -> int | None:
    """The level that is nearest to what was said of a cause, under the cap."""
    if not isinstance(row, Claim) or row.confidence is None or highest is None:
        return None
    counted = held(row.confidence, highest)
    offered = [level.confidence for level in levels(highest)]
    return min(offered, key=lambda one: abs(one - counted))
