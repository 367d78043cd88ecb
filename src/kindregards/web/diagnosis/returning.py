"""What debriefs hold for the diagnosis: questions, gaps, and the person's own view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Window

from kindregards.core.debriefs import Prompt, cap
from kindregards.core.debriefs.confidence import said
from kindregards.core.diagnosis import Remembered
from kindregards.core.letters.reading import Kind, Style
from kindregards.web.models import Advice, Claim, Letter, Note, Question, User

GAPS = (Prompt.NOT_SHOWN, Prompt.LACKING)
MOST_CLAIMS = 20
_EMPLOYER = "debrief__application__employer__name"


def questions_of(owner: User) -> list[Remembered]:
    """Every question that the owner was asked and wrote down. Asks the database once."""
    told = Question.objects.filter(owner=owner, debrief__isnull=False).exclude(text="")
    return [
        Remembered(text, employer or "", debrief, at, went)
        for text, employer, debrief, at, went in told.values_list(
            "text", _EMPLOYER, "debrief_id", "debrief__began_at", "went"
        )
    ]


def gaps_of(owner: User) -> list[Remembered]:
    """What the owner could not show, as written down. Asks the database once."""
    told = Note.objects.filter(owner=owner, prompt__in=GAPS).exclude(text="")
    return [
        Remembered(text, employer or "", debrief, at)
        for text, employer, debrief, at in told.values_list(
            "text", _EMPLOYER, "debrief_id", "debrief__began_at"
        )
    ]


@dataclass(frozen=True, slots=True)
class OwnView:
    """What the owner takes for causes, the latest first, and how often that was borne out.

    claims: each with how sure the owner is, in words. judged, borne_out: counts over all claims,
    shown or not.
    """

    claims: list[tuple[Claim, str]]
    judged: int = 0
    borne_out: int = 0


def own_view_of(owner: User) -> OwnView:
    """The owner's claims. Asks the database once.

    How sure one may be depends on what is known of the application (appendix E, B8).
    """
    application = OuterRef("debrief__application")
    noes = Letter.objects.filter(application=application, kind=Kind.REJECTION)
    told = Claim.objects.filter(owner=owner).exclude(text="")
    known = told.select_related("debrief__application__employer").annotate(
        is_personal=Exists(noes.filter(style=Style.PERSONAL)),
        gives_reason=Exists(noes.exclude(reading__feedback=[])),
        was_answered=Exists(Advice.objects.filter(answer__draft__application=application)),
        judged=Window(Count("is_borne_out")),
        borne_out=Window(Count("pk", filter=Q(is_borne_out=True))),
    )
    latest: list[Any] = list(known.order_by("-debrief__began_at", "-pk")[:MOST_CLAIMS])
    if not latest:
        return OwnView([])
    claims = [(one, _sure(one)) for one in latest]
    return OwnView(claims, latest[0].judged, latest[0].borne_out)


def _sure(claim: Any) -> str:
    if claim.confidence is None:
        return ""
    highest = cap(
        is_personal=claim.is_personal,
        gives_reason=claim.gives_reason,
        was_answered=claim.was_answered,
    )
    return said(claim.confidence, highest)
