"""Claims for the pages of other rooms that show them beside what others said.

They are the person's own view, and no figure of the diagnosis is made of them.
"""

from __future__ import annotations

from django.db.models import QuerySet

from kindregards.web.models import Claim, User


def claims_about(owner: User, application: int) -> QuerySet[Claim]:
    """The claims about one application, in the order in which they were written."""
    mine = Claim.objects.filter(owner=owner, debrief__application=application)
    return mine.exclude(text="").order_by("pk")
