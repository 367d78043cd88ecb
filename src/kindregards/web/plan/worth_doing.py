"""What is worth doing now, across plans and people, for wherever it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kindregards.core.plan import TODAY_AT_MOST
from kindregards.web.models import Draft, User
from kindregards.web.network.due import DuePerson, people_due
from kindregards.web.outreach.queries import letters_kept
from kindregards.web.plan.queries import Due, due_now, local_date

WORD = "word"
WORD_MINUTES = 10
LETTER = "letter"
LETTER_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing worth doing: a step of a plan, a word to somebody (`step` is "word"), or a letter
    that was kept for today (`step` is "letter").

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
    letters = letters_kept(owner, now)[:TODAY_AT_MOST]
    steps = due_now(owner, now)[: TODAY_AT_MOST - len(letters)]
    people = people_due(owner, now, room=TODAY_AT_MOST - len(steps) - len(letters))
    return [*map(_letter, letters), *map(_step, steps), *map(_word, people)]


def _letter(draft: Draft) -> Thing:
    to = draft.recipient_name or draft.recipient_email
    return Thing(
        title=f"The letter to {to}" if to else "The letter you wrote",
        why="You kept it for today. It is written; look at it once more, and send it.",
        minutes=LETTER_MINUTES,
        step=LETTER,
        on=local_date(draft.kept_until) if draft.kept_until else local_date(draft.created_at),
        application=draft.application.name if draft.application else "",
        person=draft.recipient_name,
        idea="",
        page=f"/drafts/{draft.pk}/",
    )


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
