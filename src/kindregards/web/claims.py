"""Claims for the pages of other rooms that show them beside what others said.

They are the person's own view, and no figure of the diagnosis is made of them.
"""

from __future__ import annotations

from django.db.models import Exists, Q, QuerySet

from kindregards.core.outreach import AnswerKind
from kindregards.web.models import Answer, Claim, Letter, User


def claims_about(owner: User, application: int) -> QuerySet[Claim]:
    """The claims about one application, in the order in which they were written."""
    mine = Claim.objects.filter(owner=owner, debrief__application=application)
    return mine.exclude(text="").order_by("pk")


def claims_spoken_to(owner: User, letter: Letter) -> list[Claim]:
    """The claims that a letter may bear out or not.

    All of them where it answers the person; where it states a reason by itself, those of a debrief
    that was begun before it came.
    """
    if letter.application_id is None:
        return []
    answers = Answer.objects.filter(letter=letter).exclude(kind=AnswerKind.AWAY)
    spoken_to = Q(Exists(answers))
    if letter.reading.get("feedback"):
        spoken_to |= Q(debrief__began_at__lt=letter.arrived_at)
    return list(claims_about(owner, letter.application_id).filter(spoken_to))
