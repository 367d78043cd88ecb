"""Claims for the pages that show them beside what others said: a draft's answers, the diagnosis.

They are the person's own view, and no figure of the diagnosis is made of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kindregards.web.models import Claim, User

SHOWN = 20


@dataclass(frozen=True, slots=True)
class OwnView:
    """What somebody takes for the causes, the newest first, and how often they were borne out."""

    claims: list[Claim]
    judged: int
    borne_out: int


def claims_about(owner: User, application: int) -> QuerySet[Claim]:
    """The claims about one application, in the order in which they were written."""
    mine = Claim.objects.filter(owner=owner, debrief__application=application)
    return mine.exclude(text="").order_by("pk")


def own_view_of(owner: User) -> OwnView:
    """The newest claims about all applications, and what came of those that were judged."""
    mine = Claim.objects.filter(owner=owner).exclude(text="")
    told = mine.aggregate(
        judged=Count("pk", filter=Q(is_borne_out__isnull=False)),
        borne_out=Count("pk", filter=Q(is_borne_out=True)),
    )
    newest = mine.select_related("debrief__application__employer").order_by("-pk")[:SHOWN]
    return OwnView(list(newest), told["judged"], told["borne_out"])
