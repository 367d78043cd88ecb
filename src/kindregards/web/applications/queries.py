"""Applications of one owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from kindregards.core.applications import Outcome
from kindregards.web.applications.rearranging import can_be_undone
from kindregards.web.applications.words import said_date
from kindregards.web.models import Application, Rearrangement, User, Version
from kindregards.web.models.application import said_name

# A list to choose from that is longer than this is no help; the same employer's come first.
CHOSEN_FROM = 200
OFFER_IS_NEWS = timedelta(days=30)


def application_of(owner: User, pk: int) -> Application:
    """One application of the owner; 404 for anybody else's."""
    mine = Application.objects.filter(owner=owner).select_related("employer")
    return get_object_or_404(mine, pk=pk)


def offer_lately(owner: User, now: datetime) -> Application | None:
    """The newest offer of the last weeks: it stands before everything else that could be done."""
    mine = Application.objects.filter(owner=owner, outcome=Outcome.OFFERED)
    lately = mine.filter(decided_at__gt=now - OFFER_IS_NEWS).select_related("employer")
    return lately.order_by("-decided_at", "-pk").first()


def versions_known(owner: User) -> list[tuple[int, str]]:
    """The versions of resumes that may have gone to an application, each as one line says it."""
    mine = Version.objects.filter(owner=owner).order_by("-made_at", "-pk")
    told = mine.values_list("pk", "resume__name", "number")[:CHOSEN_FROM]
    return [(pk, f"{name}, version {number}") for pk, name, number in told]


@dataclass(frozen=True, slots=True)
class Other:
    """An application to choose, as one line says it."""

    pk: int
    said: str


def others_than(owner: User, application: Application | None) -> list[Other]:
    """The applications that a letter could be moved to: the same employer's first, then by name."""
    mine = Application.objects.filter(owner=owner)
    if application is None:
        return _by_name(mine)
    mine = mine.exclude(pk=application.pk)
    if application.employer_id is None:
        return _by_name(mine)
    same = Q(employer_id=application.employer_id)
    return [*_by_name(mine.filter(same)), *_by_name(mine.exclude(same))]


def last_rearrangement(application: Application) -> Rearrangement | None:
    """What was moved here last, where it can still be undone."""
    done = application.rearrangements.select_related("owner").order_by("-pk").first()
    return done if done is not None and can_be_undone(done) else None


def _by_name(some: QuerySet[Application]) -> list[Other]:
    """The latest of them. Values alone, for most pages show this list folded away."""
    latest = some.order_by("-began_at", "-pk").values_list(
        "pk", "employer__name", "role", "began_at"
    )
    found = [
        Other(pk, f"{said_name(employer or '', role)}, {said_date(began_at)}")
        for pk, employer, role, began_at in latest[:CHOSEN_FROM]
    ]
    return sorted(found, key=lambda one: one.said.casefold())
