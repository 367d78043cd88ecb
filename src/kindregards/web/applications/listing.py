"""The list of applications: what is asked for in its address, and one page of what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Lower
from django.http import QueryDict

from kindregards.core.applications import LATE_AFTER, NO_ANSWER_AFTER, STAGES, Outcome, name_key
from kindregards.core.letters.reading import Stage
from kindregards.web.applications.words import (
    Standing,
    reached_words,
    standing_of,
    standing_words,
)
from kindregards.web.models import Application, User

A_PAGE = 50
AGES = {"30": "the last month", "90": "the last three months", "365": "the last year"}
SORTS = {
    "news": "latest news first",
    "newest": "newest first",
    "oldest": "oldest first",
    "employer": "by employer",
    "stage": "furthest first",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; what it says wrongly counts as not said."""

    words: str = ""
    stage: str = ""
    standing: str = ""
    age: str = ""
    sort: str = "news"
    page: str = "1"

    @classmethod
    def of(cls, given: QueryDict) -> Wanted:
        """Take what is known from the part of an address behind its question mark."""
        return cls(
            words=given.get("q", "").replace("\x00", "").strip()[:200],
            stage=_one_of(given.get("stage", ""), [stage.value for stage in Stage]),
            standing=_one_of(given.get("standing", ""), [one.value for one in Standing]),
            age=_one_of(given.get("age", ""), AGES),
            sort=_one_of(given.get("sort", ""), SORTS) or "news",
            page=given.get("page", "1"),
        )

    @property
    def narrows(self) -> bool:
        """Whether anything but the order is asked for."""
        return bool(self.words or self.stage or self.standing or self.age)

    @property
    def narrows_further(self) -> bool:
        """Whether more than words is asked for."""
        return bool(self.stage or self.standing or self.age or self.sort != "news")

    @property
    def address(self) -> str:
        """The same as the part of an address, without the page; "" for everything."""
        query = QueryDict(mutable=True)
        named = {"q": self.words, "stage": self.stage, "standing": self.standing, "age": self.age}
        named |= {"sort": self.sort if self.sort != "news" else ""}
        query.update({name: value for name, value in named.items() if value})
        return query.urlencode()


@dataclass(frozen=True, slots=True)
class Row:
    """One application as the list shows it. `reached` counts its stages from 1 to 5."""

    application: Application
    standing: Standing
    stands: str
    came_to: str
    reached: int


@dataclass(frozen=True, slots=True)
class Found:
    """One page of rows, and how many rejected ones are out of sight."""

    page: Page[Application]
    rows: Sequence[Row]
    out_of_sight: int


def found(owner: User, wanted: Wanted, now: datetime) -> Found:
    """The applications that are asked for, one page of them. Asks the database three times."""
    matching = _matching(owner, wanted, now)
    hides = owner.hides_rejected and wanted.standing != Standing.REJECTED
    out_of_sight = matching.filter(outcome=Outcome.REJECTED).count() if hides else 0
    shown = matching.exclude(outcome=Outcome.REJECTED) if hides else matching
    page = Paginator(_sorted(shown, wanted.sort), A_PAGE).get_page(wanted.page)
    return Found(page, [row_of(one, now) for one in page.object_list], out_of_sight)


def row_of(application: Application, now: datetime) -> Row:
    """An application as the list shows it; its employer must be loaded."""
    standing = standing_of(application, now)
    return Row(
        application=application,
        standing=standing,
        stands=standing_words(application, standing),
        came_to=reached_words(application),
        reached=STAGES.index(Stage(application.stage)) + 1,
    )


def _matching(owner: User, wanted: Wanted, now: datetime) -> QuerySet[Application]:
    some = Application.objects.filter(owner=owner).annotate(
        heard_at=Coalesce("last_heard_at", "began_at")
    )
    for word in name_key(wanted.words).split():
        some = some.filter(Q(employer__key__contains=word) | Q(role_key__contains=word))
    if wanted.stage:
        some = some.filter(stage=wanted.stage)
    if wanted.standing:
        some = some.filter(_stands(Standing(wanted.standing), now))
    if wanted.age:
        some = some.filter(began_at__gte=now - timedelta(days=int(wanted.age)))
    return some.select_related("employer")


def _stands(standing: Standing, now: datetime) -> Q:
    """The condition of a standing. The moments are those of `core.applications.silence`."""
    late, no_answer = now - LATE_AFTER, now - NO_ANSWER_AFTER
    still_open = Q(outcome=Outcome.OPEN)
    return {
        Standing.WAITING: still_open & Q(heard_at__gt=late),
        Standing.LATE: still_open & Q(heard_at__lte=late, heard_at__gt=no_answer),
        Standing.NO_ANSWER: still_open & Q(heard_at__lte=no_answer),
        Standing.REJECTED: Q(outcome=Outcome.REJECTED),
        Standing.OFFERED: Q(outcome=Outcome.OFFERED),
        Standing.WITHDRAWN: Q(outcome=Outcome.WITHDRAWN),
    }[standing]


def _sorted(some: QuerySet[Application], sort: str) -> QuerySet[Application]:
    if sort == "stage":
        places = [When(stage=stage, then=Value(place)) for place, stage in enumerate(STAGES)]
        return some.annotate(place=Case(*places, output_field=IntegerField())).order_by(
            "-place", F("heard_at").desc(), "-pk"
        )
    orders: dict[str, tuple[str | Combinable, ...]] = {
        "news": (F("heard_at").desc(), "-pk"),
        "newest": ("-began_at", "-pk"),
        "oldest": ("began_at", "pk"),
        "employer": (Lower("employer__name").asc(nulls_last=True), "-began_at", "-pk"),
    }
    return some.order_by(*orders[sort])


def _one_of(given: str, known: Sequence[str] | dict[str, str]) -> str:
    return given if given in known else ""
