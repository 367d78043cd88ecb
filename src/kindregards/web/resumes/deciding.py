"""What the person makes of comments: taken, declined, put off; and the version that comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kindregards.core.resumes.comparing import Replacement
from kindregards.core.resumes.merging import Suggestion, merge
from kindregards.core.resumes.remarks import Decision
from kindregards.core.resumes.replacing import replaced
from kindregards.core.resumes.version import Format, Made
from kindregards.sources.documents.tracked import tracked
from kindregards.web.models import Comment, Resume, Version
from kindregards.web.resumes.comments import anchor_of, comments_of, merged_of, newest
from kindregards.web.resumes.services import add_version


@transaction.atomic
def decide(
    *,
    comment: Comment,
    decision: Decision,
    because: str,
    now: datetime,
    instead_of: Iterable[int] = (),
) -> None:
    """Keep what the person makes of a comment; those in whose place it is taken are put off.

    What is in a version already stays decided.
    """
    if comment.put_in_id is not None:
        return
    comment.decision = decision
    comment.declined_because = because if decision == Decision.DECLINED else ""
    comment.decided_at = None if decision == Decision.OPEN else now
    comment.save(update_fields=["decision", "declined_because", "decided_at"])
    others = Comment.objects.filter(owner_id=comment.owner_id, pk__in=list(instead_of))
    others.exclude(pk=comment.pk).filter(put_in=None).update(
        decision=Decision.LATER, decided_at=now
    )


@transaction.atomic
def make_next(*, version: Version, now: datetime) -> Version | None:
    """Make the next version of the proposals that were taken; None where there is none to put in.

    It is made from the newest version of the resume. Proposals that clash are left out.
    """
    Resume.objects.select_for_update().get(pk=version.resume_id)  # two windows make one version
    base = newest(version)
    merged = merged_of(base, list(comments_of(version)))
    changes = [Replacement(one.start, one.end, one.words) for one in merged.put]
    if not changes:
        return None
    made = add_version(
        resume=version.resume,
        markdown=replaced(base.markdown, changes),
        how=Made.COMMENTS,
        made_from=base,
        now=now,
    )
    keys = [key for one in merged.put for key in one.keys]
    Comment.objects.filter(pk__in=keys).update(put_in=made)
    return made


def has_tracked(version: Version) -> bool:
    """Whether a version came of comments on a DOCX, so that its changes can be shown in it."""
    base = version.made_from
    return version.how == Made.COMMENTS and base is not None and base.media_type == Format.DOCX


def tracked_copy(version: Version) -> bytes | None:
    """The DOCX that a version was made from, with what was taken as tracked changes."""
    base = version.made_from
    if base is None or base.original is None or not has_tracked(version):
        return None
    comments = Comment.objects.filter(put_in=version)
    merged = merge(
        base.text, [Suggestion(one.pk, anchor_of(one), one.replacement) for one in comments]
    )
    changes = [Replacement(one.start, one.end, one.words) for one in merged.put]
    return tracked(bytes(base.original), changes, at=version.made_at)
