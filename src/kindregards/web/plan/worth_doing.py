"""What is worth doing now, across plans and people, for wherever it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kindregards.core.plan import TODAY_AT_MOST
from kindregards.web.models import User
from kindregards.web.network.due import DuePerson, people_due
from kindregards.web.plan.queries import Due, due_now

WORD = "word"
WORD_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing worth doing: a step of a plan, or a word to somebody (`step` is "word").

    `application` and `person` say what it is about; one of them is "". `idea` is what to say.
    """

    title: str
    why: str
    minutes: int
    step: str
    on: date
    application: str
    person: str
    idea: str
    page: str


def worth_doing_now(owner: User, now: datetime) -> list[Thing]:
    """What is worth doing now, at most five things, the same as home shows."""
    steps = due_now(owner, now)
    people = people_due(owner, now, room=TODAY_AT_MOST - len(steps))
    return [*map(_step, steps), *map(_word, people)]


def _step(one: Due) -> Thing:
    return Thing(
        title=one.words.title,
        why=one.words.why,
        minutes=one.words.minutes,
        step=one.step.kind,
        on=one.step.on,
        application=one.plan.application.name,
        person="",
        idea="",
        page=f"/plans/{one.plan.pk}/{one.step.kind}/",
    )


def _word(one: DuePerson) -> Thing:
    return Thing(
        title=f"A word to {one.contact}",
        why=one.why_now,
        minutes=WORD_MINUTES,
        step=WORD,
        on=one.on,
        application="",
        person=str(one.contact),
        idea=one.idea,
        page=f"/people/{one.contact.pk}/",
    )
