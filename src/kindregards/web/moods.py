"""The marks of mood of an owner, as several slices look at them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from kindregards.core.mood import Mark
from kindregards.web.models import Mood, User

LOOKED_AT = timedelta(days=5)
"""R17 looks at three days running up to yesterday."""


def marks_of(owner: User, now: datetime) -> list[Mark]:
    """The marks of the last days on the owner's calendar, the latest first."""
    found = Mood.objects.filter(owner=owner, marked_at__gt=now - LOOKED_AT, marked_at__lte=now)
    return [
        Mark(felt, timezone.localtime(at).date())
        for felt, at in found.values_list("felt", "marked_at")
    ]
