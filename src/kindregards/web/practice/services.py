"""Writing down questions, answering and rating them, and what the schedule makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from kindregards.core.practice.asked import AskedOnce, same
from kindregards.core.practice.rubric import level_of
from kindregards.core.practice.schedule import Memory, due_date, rated
from kindregards.web.models import Application, Attempt, Critique, Question, Story, User, WordsFrom
from kindregards.web.practice.recordings import keep_piece, remove_recordings


@transaction.atomic
def add_questions(
    *, owner: User, asked: Iterable[AskedOnce], is_starter: bool = False
) -> list[Question]:
    """Put questions into practice; those that are there already are only put into practice."""
    User.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    there = {same(one.text): one for one in Question.objects.filter(owner=owner)}
    again = [there[same(one.text)] for one in asked if same(one.text) in there]
    Question.objects.filter(pk__in=[one.pk for one in again]).update(to_practice=True)
    fresh = [
        Question(
            owner=owner,
            text=one.text,
            kind=one.kind or "",
            asked_where=one.where,
            went=one.went,
            wants=one.wants,
            to_practice=True,
            is_starter=is_starter,
        )
        for one in asked
        if same(one.text) not in there
    ]
    return Question.objects.bulk_create(fresh)


def change_question(*, question: Question, told: Mapping[str, object]) -> None:
    """Keep what the person says of a question; `told` are fields with their new values."""
    for name, value in told.items():
        setattr(question, name, value)
    question.save(update_fields=list(told))


@transaction.atomic
def remove_question(*, question: Question) -> None:
    """Remove a question with its attempts and their recordings."""
    remove_recordings(question.attempts.all())
    question.delete()


def begin_recording(*, question: Question, now: datetime) -> Attempt:
    """An attempt that is about to be said aloud."""
    return Attempt.objects.create(
        owner_id=question.owner_id, question=question, began_at=now, recording=uuid4().hex
    )


def keep_written(*, question: Question, words: str, now: datetime) -> Attempt:
    """An attempt that was written."""
    return Attempt.objects.create(
        owner_id=question.owner_id,
        question=question,
        began_at=now,
        ended_at=now,
        words=words,
        words_from=WordsFrom.WRITTEN,
    )


@transaction.atomic
def keep_recording(*, question: Question, samples: bytes, now: datetime) -> Attempt:
    """An attempt that was recorded elsewhere. Raises NotKept."""
    attempt = begin_recording(question=question, now=now)
    step = 500_000
    for at in range(0, len(samples), step):
        keep_piece(attempt=attempt, at=at, piece=samples[at : at + step])
    end_attempt(attempt=attempt, now=now)
    return Attempt.objects.get(pk=attempt.pk)


def end_attempt(*, attempt: Attempt, now: datetime) -> None:
    """The person is done speaking."""
    Attempt.objects.filter(pk=attempt.pk, ended_at=None).update(ended_at=now)


def keep_transcript(*, attempt: Attempt, words: str, source: WordsFrom) -> None:
    """Keep what was said, as words; none takes it away."""
    attempt.words, attempt.words_from = words, source if words else ""
    attempt.save(update_fields=["words", "words_from"])


@transaction.atomic
def rate_attempt(
    *, attempt: Attempt, ratings: Mapping[str, int], today: date, now: datetime
) -> None:
    """Keep how the person rates an attempt; the first rating of a day moves the schedule (R33)."""
    level = level_of(ratings)
    attempt.ratings, attempt.level = dict(ratings), level
    attempt.rated_at = now if level else None
    attempt.ended_at = attempt.ended_at or now
    attempt.save(update_fields=["ratings", "level", "rated_at", "ended_at"])
    if level is not None:
        _schedule(attempt.question_id, level, today)


def _schedule(pk: int, level: int, today: date) -> None:
    question = Question.objects.select_for_update(of=("self",)).get(pk=pk)
    question.level, question.has_try = level, False
    if question.rated_date is None or question.rated_date < today:
        memory = rated(memory_of(question), level, today)
        question.stability, question.difficulty = memory.stability, memory.difficulty
        question.rated_date, question.due_date = today, due_date(memory)
    question.save(
        update_fields=["level", "has_try", "stability", "difficulty", "rated_date", "due_date"]
    )


def memory_of(question: Question) -> Memory | None:
    """What the schedule remembers of a question; None where it was never rated."""
    if question.stability is None or question.difficulty is None or question.rated_date is None:
        return None
    return Memory(question.stability, question.difficulty, question.rated_date)


@transaction.atomic
def keep_critique(
    *, attempt: Attempt, told: Mapping[str, Any], ratings: Mapping[str, int], now: datetime
) -> Critique:
    """Keep what somebody made of an attempt; what to try instead brings the question back soon."""
    critique = Critique.objects.create(
        owner_id=attempt.owner_id, attempt=attempt, ratings=dict(ratings), made_at=now, **told
    )
    if critique.to_try:
        question = Question.objects.filter(pk=attempt.question_id)
        question.update(to_try=critique.to_try, has_try=True)
    return critique


@transaction.atomic
def remove_attempt(*, attempt: Attempt) -> None:
    """Remove an attempt with its recording; the schedule stays as it is."""
    remove_recordings([attempt])
    attempt.delete()


def set_interview(*, application: Application, on: date | None) -> None:
    """Keep the day of the next conversation of an application; None for none."""
    application.interview_date = on
    application.save(update_fields=["interview_date"])


def keep_story(*, story: Story, told: Mapping[str, str]) -> None:
    """Keep what the person tells of an experience."""
    for name, value in told.items():
        setattr(story, name, value)
    story.save()
