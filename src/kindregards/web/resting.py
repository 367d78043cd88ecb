"""Noticing that a rejection is opened again and again, and suggesting a rest (R16).

The moments are in the session of the browser alone: in no backup, for seven days, and for nothing
else. A page that belongs to one rejection calls `rest_offered` and includes
`components/_rest.html`; it never blocks anything.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from kindregards.core.rest import APART, WITHIN, Rest, circling, rest_for
from kindregards.web.requests import owner_of

OPENED = "rejections_opened"
MOST_KEPT = 40
"""Rejections that are remembered at once; the session is read with every page."""


def rest_offered(
    request: HttpRequest,
    *,
    application: int,
    letter_at: datetime,
    has_plan: bool,
    now: datetime,
    sitting_began_at: datetime | None = None,
) -> Rest | None:
    """Note that something of this rejection was opened; a suggestion where it is time for one.

    `application` is its number, `letter_at` when the rejection was sent, and `has_plan` whether
    the person has thought its meaning through. `sitting_began_at` is given by the screens of the
    sitting about the meaning.
    """
    if not owner_of(request).offers_rest:
        return None
    opened = request.session.get(OPENED, {})
    one = opened.get(str(application), {"at": []})
    earlier = [datetime.fromisoformat(moment) for moment in one["at"]]
    if not earlier or now - earlier[-1] >= APART:
        _remember(request, opened, str(application), [*earlier, now], one.get("quiet", ""), now)
    if one.get("quiet", "") > now.isoformat():
        return None
    found = circling(
        earlier,
        now=timezone.localtime(now),
        letter_at=letter_at,
        sitting_began_at=sitting_began_at,
    )
    return rest_for(found, has_plan=has_plan) if found else None


def rest_later(request: HttpRequest, *, application: int, now: datetime) -> None:
    """Suggest nothing about this rejection for seven days."""
    opened = request.session.get(OPENED, {})
    one = opened.get(str(application), {"at": []})
    earlier = [datetime.fromisoformat(moment) for moment in one["at"]]
    _remember(request, opened, str(application), earlier, (now + WITHIN).isoformat(), now)


def forget_openings(request: HttpRequest) -> None:
    """Forget what was noted."""
    request.session.pop(OPENED, None)


def _remember(
    request: HttpRequest,
    opened: dict[str, Any],
    application: str,
    moments: list[datetime],
    quiet: str,
    now: datetime,
) -> None:
    recent = [moment.isoformat() for moment in moments if moment >= now - WITHIN]
    opened = {**opened, application: {"at": recent, "quiet": quiet}}
    since = (now - WITHIN).isoformat()
    kept = {
        name: one
        for name, one in opened.items()
        if one["quiet"] > now.isoformat() or any(moment >= since for moment in one["at"])
    }
    request.session[OPENED] = dict(list(kept.items())[-MOST_KEPT:])
    # A page is shown also where nothing can be written: a full disk, a long import under way.
    with suppress(DatabaseError, UpdateError):
        request.session.save()
        request.session.modified = False
