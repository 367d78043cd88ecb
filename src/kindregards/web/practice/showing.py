"""Questions and attempts as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kindregards.core.practice import KINDS, QuestionKind
from kindregards.core.practice.critique import Difference, differences
from kindregards.core.practice.rubric import Competency, rubric
from kindregards.core.practice.schedule import next_date
from kindregards.core.practice.sound import Sound
from kindregards.core.practice.speaking import Speaking, spoken
from kindregards.web.models import Attempt, Critique, Question, WordsFrom
from kindregards.web.practice.recordings import is_there, sound_of
from kindregards.web.practice.services import memory_of
from kindregards.web.practice.words import LEVELS, Fact, facts_of, how_said, next_said, place_of


@dataclass(frozen=True, slots=True)
class Side:
    """One attempt beside another: how it was, its figures, and whether it can be heard."""

    attempt: Attempt
    said: str
    facts: Sequence[Fact]
    can_be_heard: bool


@dataclass(frozen=True, slots=True)
class Rated:
    """A competency as the form of ratings shows it: each level with its anchor."""

    competency: Competency
    levels: Sequence[tuple[int, str]]
    chosen: int | None


def question_rows(
    questions: Iterable[Question], today: date, interview: date | None
) -> list[tuple[Question, str, str]]:
    """Each question with where it is from, and how it stands."""
    return [(one, origin_of(one), said_of(one, interview, today)) for one in questions]


def origin_of(question: Question) -> str:
    """The kind of a question and where it was asked, as far as that is known."""
    kind = KINDS[QuestionKind(question.kind)] if question.kind else ""
    place = "from the starter set" if question.is_starter else place_of(question)
    return ", ".join(part for part in (kind, place) if part)


def said_of(question: Question, interview: date | None, today: date) -> str:
    """How a question stands, and when it comes back."""
    memory = memory_of(question)
    if not question.to_practice:
        return "at rest"
    if memory is None or question.level is None:
        return "not tried yet"
    back = next_said(next_date(memory, today, interview), today)
    return f"{LEVELS[question.level]}, again {back}"


def measured(attempt: Attempt) -> tuple[Sound | None, Speaking | None]:
    """What the sound and the words of an attempt tell; None for what there is not."""
    sound = sound_of(attempt)
    if not attempt.words:
        return sound, None
    aloud = sound is not None and attempt.words_from != WordsFrom.WRITTEN
    seconds = (sound.speech or sound.length) if aloud and sound else None
    return sound, spoken(attempt.words, seconds)


def side_of(attempt: Attempt) -> Side:
    """An attempt with its figures."""
    return Side(attempt, how_said(attempt), facts_of(*measured(attempt)), is_there(attempt))


def before_and_now(attempts: Sequence[Attempt]) -> tuple[Side, Side] | None:
    """The first and the latest of attempts that are given latest first; None for fewer than two."""
    if len(attempts) < 2:
        return None
    return side_of(attempts[-1]), side_of(attempts[0])


def rating_of(ratings: Mapping[str, int]) -> list[Rated]:
    """The rubric, with what was chosen."""
    return [
        Rated(one, list(enumerate(one.anchors, start=1)), ratings.get(one.name)) for one in rubric()
    ]


def critiques_of(attempt: Attempt) -> list[tuple[Critique, list[Difference]]]:
    """What others made of an attempt, and where they see it differently."""
    found = Critique.objects.filter(attempt=attempt).order_by("made_at", "pk")
    return [(one, differences(attempt.ratings, one.ratings)) for one in found]
