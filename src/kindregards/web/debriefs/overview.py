"""A debrief on one page: what was written, what is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kindregards.core.debriefs import Intention, Prompt, Sitting, went_badly
from kindregards.core.debriefs.confidence import CAP_OF_A_FORM, said
from kindregards.core.debriefs.words import HEADINGS, OTHER_REASONS, WENT
from kindregards.web.debriefs.queries import (
    cap_of,
    intention_of,
    known_of,
    note_at,
    words_at,
)
from kindregards.web.debriefs.services import PRACTICED_AT_ONCE, place_in
from kindregards.web.models import Claim, Contact, Debrief, Question

_NUMBERS = ("", "one", "two", "three")
_ELSEWHERE = frozenset({Prompt.QUESTION, Prompt.CAUSE, Prompt.IF_THEN, Prompt.PEOPLE})


@dataclass(frozen=True, slots=True)
class Remembered:
    """A question with how it went and what was said."""

    question: Question
    went_said: str
    said: str


@dataclass(frozen=True, slots=True)
class Held:
    """A claim with how sure it is, in words."""

    claim: Claim
    sure: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page of a debrief shows; `next` is the sitting to go on with, None when both are
    done, and `may_wait` says that the night's sleep is still to come."""

    title: str
    lead: str
    next: Sitting | None
    next_said: str
    may_wait: bool
    address: tuple[str, int | None] | None
    questions: Sequence[Remembered]
    badly: Sequence[Question]
    claims: Sequence[Held]
    is_capped: bool
    intention: Intention
    people: Sequence[Contact]
    notes: Sequence[tuple[Prompt, str, str]]
    ticked: Sequence[str]

    @property
    def practice_said(self) -> str:
        """The words of the button that puts what went badly into practice."""
        chosen = min(len(self.badly), PRACTICED_AT_ONCE)
        return f"Practice the {_NUMBERS[chosen]} that went worst"


def overview(debrief: Debrief, today: date) -> Overview:
    """Everything of one debrief for its page."""
    highest = cap_of(debrief)
    questions = [one for one in debrief.questions.all() if one.text.strip()]
    waiting = next_sitting(debrief)
    place = place_in(debrief, known_of(debrief), waiting) if waiting else None
    reasons = note_at(debrief, Prompt.OTHER_REASONS)
    may_wait = waiting is Sitting.MEANING and not slept_over(debrief, today)
    title, lead = _said(debrief, waiting, may_wait=may_wait)
    return Overview(
        title=title,
        lead=lead,
        next=waiting,
        next_said=_BEGIN[waiting, bool(debrief.place)] if waiting else "",
        may_wait=may_wait,
        address=(place.prompt.value, place.of) if place else None,
        questions=[
            Remembered(one, WENT.get(one.went or 0, ""), words_at(debrief, Prompt.SAID, one.pk))
            for one in questions
        ],
        badly=[one for one in questions if went_badly(one.went) and not one.to_practice],
        claims=[
            Held(one, said(one.confidence, highest) if one.confidence is not None else "")
            for one in debrief.claims.all()
            if one.text.strip()
        ],
        is_capped=highest == CAP_OF_A_FORM,
        intention=intention_of(debrief),
        people=list(Contact.objects.filter(meetings__debrief=debrief).order_by("pk")),
        notes=[
            (prompt, heading, words_at(debrief, prompt))
            for prompt, heading in HEADINGS.items()
            if prompt not in _ELSEWHERE and words_at(debrief, prompt)
        ],
        ticked=[OTHER_REASONS[one] for one in OTHER_REASONS if reasons and one in reasons.ticked],
    )


_BEGIN = {
    (Sitting.FACTS, False): "Start with the facts",
    (Sitting.FACTS, True): "Go on where you left",
    (Sitting.MEANING, False): "Look at what it means",
    (Sitting.MEANING, True): "Go on where you left",
}


def _said(debrief: Debrief, waiting: Sitting | None, *, may_wait: bool) -> tuple[str, str]:
    """A title and one sentence for how the debrief stands."""
    if waiting is Sitting.FACTS:
        return (
            "While it is fresh",
            "Ten to twenty minutes, only what happened. You can stop anywhere and come back.",
        )
    if may_wait:
        return (
            "The facts are written down",
            "What they mean is better looked at tomorrow, after a night's sleep.",
        )
    if waiting is Sitting.MEANING:
        return (
            "The facts are written down",
            "Fifteen to twenty minutes for what they mean. It ends with one plan.",
        )
    if debrief.meaning_done_at is None:
        return (
            "It is written down",
            "Whatever they answer, what they asked is not lost.",
        )
    return "Thought through", "What you wrote, and what came of it. It can rest now."


def next_sitting(debrief: Debrief) -> Sitting | None:
    """The sitting to go on with; None when both are done.

    Without a rejection there is no gap to explain, so the facts alone are enough.
    """
    if debrief.facts_done_at is None:
        return Sitting.FACTS
    if debrief.meaning_done_at is None and known_of(debrief).has_letter:
        return Sitting.MEANING
    return None


def slept_over(debrief: Debrief, today: date) -> bool:
    """Whether a night has passed since the facts were written down (R12)."""
    done_at = debrief.facts_done_at
    return done_at is not None and timezone.localtime(done_at).date() < today
