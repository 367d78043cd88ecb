"""The suggestions for oneself at home and on the pages of one rejection."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from django.http import HttpRequest
from django.utils import timezone

from kindregards.core.applications import Outcome
from kindregards.core.mood import MANY_WITHIN, is_time_for_kindness, weighs_heavily
from kindregards.core.plan import FRESH_DAYS, Choice, StepKind
from kindregards.core.rest import Rest
from kindregards.core.speeches.tonight import FRESH
from kindregards.web.models import Application, Letter, Plan, User
from kindregards.web.moods import marks_of
from kindregards.web.plan.queries import facts_of
from kindregards.web.resting import rest_offered


class Strip(StrEnum):
    """What home offers beside what is worth doing, one at most."""

    SOMEBODY = "somebody"
    KINDNESS = "kindness"
    HEAR = "hear"


def rest_from(request: HttpRequest, plan: Plan, now: datetime) -> Rest | None:
    """Note that a page of this rejection was opened; suggest a rest where it is time (R16)."""
    facts = facts_of(plan, now)
    meaning = facts.decisions.get(StepKind.MEANING)
    return rest_offered(
        request,
        application=plan.application_id,
        letter_at=facts.letter_at,
        has_plan=meaning is not None and meaning.choice is Choice.DONE,
        now=now,
    )


def strip_at_home(owner: User, now: datetime) -> Strip | None:
    """R17 before R15: somebody to talk to, five kind minutes; on the day of a letter something to
    hear, before any work. None where nothing is due."""
    marks, here = marks_of(owner, now), timezone.localtime(now)
    if weighs_heavily(marks, today=here.date()):
        return Strip.SOMEBODY
    rejected = _rejected_at(owner, now)
    if is_time_for_kindness(marks, rejected, now=here):
        return Strip.KINDNESS
    is_of_today = any(timedelta(0) <= now - at <= FRESH for at in rejected)
    return Strip.HEAR if is_of_today else None


def is_of_the_day(letter: Letter, now: datetime) -> bool:
    """Whether a letter came within the last day, so that something to hear comes before work."""
    came_at = max(letter.sent_at, letter.arrived_at)
    return now - letter.sent_at <= timedelta(days=FRESH_DAYS) and now - came_at <= FRESH


def _rejected_at(owner: User, now: datetime) -> list[datetime]:
    rejected = Application.objects.filter(
        owner=owner, outcome=Outcome.REJECTED, decided_at__gte=now - MANY_WITHIN
    )
    return [at for at in rejected.values_list("decided_at", flat=True) if at is not None]
