"""Which questions have become good, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindregards.core.practice.progress import FEWEST, GOOD, Week, weeks_of
from kindregards.web.models import Attempt, User
from kindregards.web.practice.queries import questions_of
from kindregards.web.requests import owner_of

ROOM = {"room": "practice"}
HEIGHT = 120  # of the picture, in its own units
STEP, WIDTH = 72, 40
MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Column:
    """One week of the picture; y and height of each part, from the foot upward."""

    week: Week
    x: int
    middle: int
    good: tuple[int, int]
    halfway: tuple[int, int]
    shaky: tuple[int, int]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What has become good, in words, and from five questions on in a picture."""
    owner = owner_of(request)
    weeks = weeks_of(_ratings(owner), timezone.localdate())
    now = weeks[-1] if weeks else None
    found = questions_of(owner).exclude(level=None).annotate(times=Count("attempts"))
    context = {
        "now": now,
        "before": weeks[0] if len(weeks) > 1 else None,
        "columns": columns_of(weeks) if now and now.tried >= FEWEST else [],
        "width": STEP * len(weeks),
        "fewest": FEWEST,
        "good": found.filter(level__gte=GOOD).order_by("-rated_date", "pk")[:MOST_SHOWN],
        "shaky": found.filter(level__lt=GOOD).order_by("level", "-rated_date", "pk")[:MOST_SHOWN],
        **ROOM,
    }
    return render(request, "practice/progress.html", context)


def _ratings(owner: User) -> list[tuple[int, date, int]]:
    rows = Attempt.objects.filter(owner=owner).exclude(level=None).order_by("rated_at", "pk")
    found = rows.values_list("question_id", "rated_at", "level")
    zone = timezone.get_current_timezone()
    return [
        (question, at.astimezone(zone).date(), level)
        for question, at, level in found
        if at is not None and level is not None
    ]


def columns_of(weeks: Sequence[Week]) -> list[Column]:
    """The columns of the picture; the tallest week is as high as it is."""
    most = max((week.tried for week in weeks), default=1)
    return [_column(number, week, most) for number, week in enumerate(weeks)]


def _column(number: int, week: Week, most: int) -> Column:
    parts, foot = [], HEIGHT
    for count in (week.good, week.halfway, week.shaky):
        height = round(count * HEIGHT / most)
        foot -= height
        parts.append((foot, height))
    x = number * STEP + (STEP - WIDTH) // 2
    return Column(week, x, x + WIDTH // 2, *parts)
