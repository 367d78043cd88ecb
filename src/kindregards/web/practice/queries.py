"""The owner's questions, attempts and stories, and which questions are on today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from kindregards.core.applications import Outcome
from kindregards.core.practice.schedule import (
    A_DAY,
    Chosen,
    Memory,
    Waiting,
    chosen_for,
    longest_gap,
)
from kindregards.web.models import Application, Attempt, Question, Story, User


@dataclass(frozen=True, slots=True)
class Today:
    """The questions that are on today, with why; how many were done, and the next interview."""

    chosen: Sequence[tuple[Question, Chosen]]
    done: int
    interview: Application | None


def questions_of(owner: User) -> QuerySet[Question]:
    """The owner's questions that are in practice, with where they were asked."""
    mine = Question.objects.filter(owner=owner, to_practice=True).exclude(text="")
    return mine.select_related("debrief__application__employer", "story")


def question_of(owner: User, pk: int) -> Question:
    """One question of the owner, in practice or not; 404 for anybody else's."""
    mine = Question.objects.select_related("debrief__application__employer", "story")
    return get_object_or_404(mine.exclude(text=""), owner=owner, pk=pk)


def attempt_of(owner: User, pk: int) -> Attempt:
    """One attempt of the owner; 404 for anybody else's."""
    mine = Attempt.objects.select_related("question__debrief__application__employer")
    return get_object_or_404(mine, owner=owner, pk=pk)


def attempts_at(question: Question) -> QuerySet[Attempt]:
    """The attempts at a question, the latest first."""
    return question.attempts.order_by("-began_at", "-pk")


def unfinished_of(owner: User) -> Attempt | None:
    """The latest recording that was broken off, if nothing came after it at that question."""
    left = Attempt.objects.filter(owner=owner, ended_at=None, size__gt=0)
    return left.select_related("question").order_by("-began_at").first()


def story_of(owner: User, pk: int) -> Story:
    """One story of the owner; 404 for anybody else's."""
    return get_object_or_404(Story, owner=owner, pk=pk)


def stories_of(owner: User) -> QuerySet[Story]:
    """The owner's stories, with how many questions each answers and how often it was told."""
    return (
        Story.objects.filter(owner=owner)
        .annotate(
            answers=Count("questions", distinct=True),
            told=Count("questions__attempts", distinct=True),
        )
        .order_by("title", "pk")
    )


def next_interview(owner: User, today: date) -> Application | None:
    """The application with the next conversation; None where no day is known."""
    coming = Application.objects.filter(
        owner=owner, interview_date__gte=today, outcome=Outcome.OPEN
    )
    return coming.select_related("employer").order_by("interview_date", "pk").first()


def interview_date(owner: User, today: date) -> date | None:
    """The day of the next conversation; None where none is known."""
    coming = next_interview(owner, today)
    return coming.interview_date if coming else None


def open_applications(owner: User) -> QuerySet[Application]:
    """Applications that may still lead to an interview, the latest first."""
    mine = Application.objects.filter(owner=owner, outcome=Outcome.OPEN)
    return mine.select_related("employer").order_by("-began_at", "-pk")


def today_of(owner: User, today: date) -> Today:
    """What to practice today. Asks the database at most six times."""
    interview = next_interview(owner, today)
    on = interview.interview_date if interview else None
    mine = Question.objects.filter(owner=owner, to_practice=True).exclude(text="")
    done = Question.objects.filter(owner=owner, rated_date=today).count()
    waiting = [_waiting(row, interview) for row in _may_come(mine, today, interview)]
    chosen = chosen_for(today, waiting, interview=on, done=done)
    rows = questions_of(owner).in_bulk([one.pk for one in chosen])
    return Today([(rows[one.pk], one) for one in chosen if one.pk in rows], done, interview)


_FIELDS = (
    "pk", "stability", "difficulty", "rated_date", "level", "went", "has_try",
    "debrief__application__employer_id", "asked_where",
)  # fmt: skip


def _may_come(
    mine: QuerySet[Question], today: date, interview: Application | None
) -> Iterable[dict[str, Any]]:
    """Rows of the questions among which today's are: of those never tried only the first few."""
    on = interview.interview_date if interview else None
    longest = today - timedelta(days=longest_gap(today, on))
    due = Q(due_date__lte=today) | Q(rated_date__lte=longest) | Q(has_try=True)
    fresh = mine.filter(rated_date=None).order_by("-has_try", Coalesce("went", A_DAY), "pk")
    found = [mine.filter(due, rated_date__isnull=False), fresh[:A_DAY]]
    if interview is not None and interview.employer is not None:
        there = Q(debrief__application__employer=interview.employer)
        there |= Q(asked_where__icontains=interview.employer.name)
        found.append(fresh.filter(there)[:A_DAY])
    rows = [row for some in found for row in some.values(*_FIELDS)]
    return {row["pk"]: row for row in rows}.values()


def _waiting(row: dict[str, Any], interview: Application | None) -> Waiting:
    memory = None
    if row["rated_date"] is not None:
        memory = Memory(row["stability"], row["difficulty"], row["rated_date"])
    return Waiting(
        pk=row["pk"],
        memory=memory,
        level=row["level"],
        went=row["went"],
        for_next=interview is not None and _is_asked_there(row, interview),
        has_try=bool(row["has_try"]),
    )


def _is_asked_there(row: dict[str, Any], interview: Application) -> bool:
    employer = interview.employer
    if employer is None:
        return False
    there = str(row["asked_where"]).casefold()
    named = bool(there) and employer.name.casefold() in there
    return named or row["debrief__application__employer_id"] == employer.pk
