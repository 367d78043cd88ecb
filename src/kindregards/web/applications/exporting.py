"""All applications of an owner, to be taken elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count
from django.utils import timezone

from kindregards.web.models import Application, User


def records(owner: User) -> list[dict[str, object]]:
    """Every application with what is known of it, oldest first; days as YYYY-MM-DD."""
    mine = Application.objects.filter(owner=owner).select_related("employer")
    return [_record(one) for one in mine.annotate(many=Count("letters")).order_by("began_at", "pk")]


def _record(application: Application) -> dict[str, object]:
    applied = application.applied_date
    return {
        "employer": application.employer.name if application.employer else None,
        "role": application.role or None,
        "applied": applied.isoformat() if applied else None,
        "began": _day(application.began_at),
        "last heard": _day(application.last_heard_at),
        "stage": application.stage,
        "interviews": application.rounds,
        "status": application.outcome,
        "decided": _day(application.decided_at),
        "route": application.route,
        "found through": application.found_through or None,
        "link": application.link or None,
        "note": application.note or None,
        "letters": application.many,  # type: ignore[attr-defined]  # counted above
    }


def _day(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).date().isoformat() if moment else None
