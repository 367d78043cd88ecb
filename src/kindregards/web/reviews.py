"""A reader's review, from the words they see to the comments they give back.

The page of a link, a packet that comes back, the import and the mailbox all end here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kindregards.core.resumes.anchors import anchor_at
from kindregards.core.resumes.document import Block, document_of
from kindregards.core.resumes.masking import mask
from kindregards.core.resumes.packet import Returned, digest_of, opened, returned
from kindregards.core.resumes.remarks import Decision
from kindregards.core.resumes.review import Review, ReviewError, Said, record_of, review_of
from kindregards.web.models import Comment, Reviewer, User

UNKNOWN = "Nobody was asked for this review here. Nothing was taken."
CLOSED = "This review has closed. Open it again on the page of its reader, then take it in."


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader sees: the text, and its blocks, each with its kind, place and words."""

    text: str
    blocks: tuple[tuple[Block, str], ...]

    @property
    def digest(self) -> str:
        """What tells this text from every other."""
        return digest_of(self.text)


def shown_to(reviewer: Reviewer) -> Shown:
    """The text as this reader sees it, contact data hidden unless the person chose otherwise."""
    version = reviewer.version
    text = text_for(reviewer)
    blocks = document_of(version.markdown).blocks
    return Shown(text, tuple((one, text[one.start : one.end]) for one in blocks))


def text_for(reviewer: Reviewer) -> str:
    """The words alone that this reader sees, as long as the version's text."""
    text = reviewer.version.text
    return mask(text).text if reviewer.is_masked else text


def kept_by(reviewer: Reviewer) -> dict[str, Any]:
    """What the reader has written so far, as their page keeps it."""
    return reviewer.kept or record_of(Review())


def keep_review(*, reviewer: Reviewer, record: object, now: datetime) -> Review:
    """Keep what a reader is writing; it is theirs alone until they give it back.

    Raises ReviewError, and keeps nothing then. Once given back, what they change is taken over.
    """
    review = review_of(record, text_for(reviewer))
    with transaction.atomic():
        locked = Reviewer.objects.select_for_update().get(pk=reviewer.pk)
        locked.kept, locked.kept_at = record_of(review), now
        if review.is_done:
            _give_back(locked, review, now)
        locked.save()
    return review


def take_returned(*, owner: User, raw: bytes, now: datetime) -> Reviewer:
    """Take in a review file; a second time the same changes nothing. Raises ReviewError."""
    back = returned(raw)
    mine = Reviewer.objects.filter(owner=owner, uid=back.reviewer)
    reviewer = mine.select_related("version").first()
    if reviewer is None:
        raise ReviewError(UNKNOWN)
    record = {**_opened(reviewer, back), "done": True}
    if reviewer.closes_at <= now:
        if record_of(review_of(record, text_for(reviewer))) == reviewer.kept:
            return reviewer  # it is here already
        raise ReviewError(CLOSED)
    keep_review(reviewer=reviewer, record=record, now=now)
    reviewer.refresh_from_db()
    return reviewer


def _opened(reviewer: Reviewer, back: Returned) -> Mapping[str, Any]:
    digest = digest_of(text_for(reviewer))
    return opened(back, key=reviewer.packet_key, version=digest)


def _give_back(reviewer: Reviewer, review: Review, now: datetime) -> None:
    """Make rows of what a reader says. What was decided stays decided."""
    reviewer.remembered, reviewer.remarks = review.remembered, review.remarks
    reviewer.answers = list(review.answers)
    reviewer.submitted_at = reviewer.submitted_at or now
    rows = [_row(reviewer, one, now) for one in review.said]
    Comment.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["reviewer", "key"],
        update_fields=["kind", "exact", "prefix", "suffix", "start", "end", "text", "replacement"],
    )
    # What the reader took back goes, unless something was made of it.
    gone = reviewer.comments.exclude(key__in=[one.key for one in review.said])
    gone.filter(decision=Decision.OPEN).delete()


def _row(reviewer: Reviewer, said: Said, now: datetime) -> Comment:
    """A comment on the version's own words, which the reader may have seen masked."""
    anchor = anchor_at(reviewer.version.text, said.anchor.start, said.anchor.end)
    return Comment(
        owner_id=reviewer.owner_id,
        reviewer=reviewer,
        key=said.key,
        kind=said.kind,
        exact=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        start=anchor.start,
        end=anchor.end,
        text=said.text,
        replacement=said.replacement,
        made_at=now,
    )
