"""What is around a note of invitation: the others of the month, the exchange before it (R26)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from kindregards.core.letters.reading import Kind
from kindregards.core.outreach.draft import Circumstances, Direction, DraftKind
from kindregards.core.outreach.invitation import NOTES_A_MONTH
from kindregards.web.models import Draft, Letter, Meeting, Touch, User
from kindregards.web.outreach.matter import Matter


def invited_as(draft: Draft, matter: Matter) -> Circumstances:
    """The circumstances of a note of invitation: what R26 asks of it."""
    refused = _last_rejection(matter)
    return Circumstances(
        letter_at=refused.sent_there_at if refused else None,
        letter_sender=refused.sender_email if refused else "",
        employer=matter.house,
        notes_at=_notes_of(matter.owner, draft),
        has_met=has_met(matter),
        given=draft.own_words.get("given", ""),
    )


def has_met(matter: Matter) -> bool:
    """Whether there was a real exchange: a word either way, a letter of theirs, or a meeting."""
    if Touch.objects.filter(matter.touches(), owner=matter.owner).exists():
        return True
    if Letter.objects.filter(matter.letters(), owner=matter.owner).exists():
        return True
    return Meeting.objects.filter(owner=matter.owner, contact=matter.contact).exists()


def _notes_of(owner: User, draft: Draft) -> tuple[datetime, ...]:
    """When the person's latest notes went out, this very one left out."""
    notes = Touch.objects.filter(owner=owner, direction=Direction.OUT, kind=DraftKind.INVITATION)
    sent = notes.exclude(draft=draft).order_by("-at").values_list("at", flat=True)
    return tuple(sent[: 2 * NOTES_A_MONTH])


def _last_rejection(matter: Matter) -> Letter | None:
    """The latest rejection by the employer of their process, or by where they work now."""
    there = Q(application__employer__key__in=matter.house_keys)
    refused = Letter.objects.filter(there | matter.letters(), owner=matter.owner)
    return refused.filter(kind=Kind.REJECTION).order_by("-sent_at").first()
