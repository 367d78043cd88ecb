"""What is known of somebody's search, as facts: all that a speech about them may say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kindregards.core.letters.reading import Stage


@dataclass(frozen=True, slots=True)
class KindWord:
    """Kind words, word for word. `who` said them, "" where nobody knows; `on` the day, if known."""

    quote: str
    who: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """How far one application came: a first talk or more."""

    stage: Stage
    employer: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody who wrote back when they were asked."""

    who: str
    on: date


@dataclass(frozen=True, slots=True)
class Used:
    """Advice that was followed, word for word, and who gave it."""

    quote: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Better:
    """A question that was asked twice and went better, on the person's own marks of 1 to 5."""

    question: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that is known. `rejected_on` are the days of the rejections; `went_on` counts the
    applications that were begun after the first of them; `letters_out` those that asked for advice.
    """

    name: str = ""
    applications: int = 0
    letters_out: int = 0
    kind_words: tuple[KindWord, ...] = ()
    reached: tuple[Reached, ...] = ()
    answered: tuple[Answered, ...] = ()
    used: tuple[Used, ...] = ()
    better: tuple[Better, ...] = ()
    rejected_on: tuple[date, ...] = ()
    went_on: int = 0
