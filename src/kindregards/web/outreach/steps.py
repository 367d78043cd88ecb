"""Changes to a draft that can be taken back, as many as there were, and made again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kindregards.web.models import Draft

KEPT = 200
"""Wordings of one draft that are kept; nobody takes back as many."""

_PARTS = ("text", "subject", "recipient_name", "recipient_email", "more_readers")
_UNTIL = "kept_until"


def remembering(draft: Draft) -> dict[str, Any]:
    """The fields with which the present wording is kept before a change."""
    return {"earlier": [*draft.earlier, wording_now(draft)][-KEPT:], "later": []}


def one_back(draft: Draft) -> dict[str, Any]:
    """The fields with which the last change is taken back; none where there was no change."""
    if not draft.earlier:
        return {}
    *rest, before = draft.earlier
    later = [*draft.later, wording_now(draft)][-KEPT:]
    return {**_fields(before), "earlier": rest, "later": later}


def one_on(draft: Draft) -> dict[str, Any]:
    """The fields with which a change that was taken back is made again; none where none was."""
    if not draft.later:
        return {}
    *rest, after = draft.later
    earlier = [*draft.earlier, wording_now(draft)][-KEPT:]
    return {**_fields(after), "later": rest, "earlier": earlier}


def wording_now(draft: Draft) -> dict[str, str]:
    """What a draft says now, to whom, and until when it is kept."""
    until = draft.kept_until.isoformat() if draft.kept_until else ""
    return {part: str(getattr(draft, part)) for part in _PARTS} | {_UNTIL: until}


def _fields(kept: dict[str, str]) -> dict[str, Any]:
    until = kept.get(_UNTIL)  # wordings kept before letters could be kept for a day have none
    when = {} if until is None else {_UNTIL: datetime.fromisoformat(until) if until else None}
    return {part: kept[part] for part in _PARTS if part in kept} | when
