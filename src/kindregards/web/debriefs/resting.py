"""The suggestion to put a debrief away for today (R16)."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from kindregards.core.rest import Rest
from kindregards.web.debriefs.queries import rejection_in
from kindregards.web.models import Debrief
from kindregards.web.resting import rest_offered


def rest_in(
    request: HttpRequest, debrief: Debrief, now: datetime, *, is_meaning: bool = False
) -> Rest | None:
    """Note that a page of this debrief was opened; a suggestion where it is time to rest.

    There is none before a rejection. On a screen about the meaning (`is_meaning`) the time since
    that sitting was begun counts as well.
    """
    letter = rejection_in(debrief.application)
    if letter is None:
        return None
    return rest_offered(
        request,
        application=debrief.application_id,
        letter_at=letter.sent_at,
        has_plan=debrief.meaning_done_at is not None,
        now=now,
        sitting_began_at=debrief.meaning_began_at if is_meaning else None,
    )
