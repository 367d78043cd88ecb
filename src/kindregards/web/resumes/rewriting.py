"""Making a version into the next one: kept at every pause, taken back, finished."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from kindregards.core.outreach.draft import Finding
from kindregards.core.resumes.comparing import Replacement
from kindregards.core.resumes.replacing import replaced
from kindregards.core.resumes.version import Made
from kindregards.web.models import Rewrite, Version
from kindregards.web.resumes.services import add_version

KEPT = 30
"""Wordings that can be taken back; each is a whole resume."""


class ChangedElsewhereError(Exception):
    """Another window kept its words since this one was opened. Nothing was overwritten."""


def rewrite_of(version: Version) -> Rewrite:
    """What is being made of a version; one that was not kept yet where nothing is."""
    there = Rewrite.objects.filter(version=version).first()
    return there or Rewrite(
        owner_id=version.owner_id, version=version, markdown=version.markdown, revision=0
    )


def keep(*, version: Version, revision: int, markdown: str, now: datetime) -> Rewrite:
    """Keep what the person wrote. Raises ChangedElsewhereError when another window was first."""
    begun, _made = Rewrite.objects.get_or_create(
        version=version,
        defaults={
            "owner_id": version.owner_id, "markdown": version.markdown, "changed_at": now,
        },
    )  # fmt: skip
    return _change(begun, revision, now, markdown=markdown)


def take_instead(*, rewrite: Rewrite, finding: Finding, now: datetime) -> Rewrite:
    """Put what a finding offers in the place of its words; it can be taken back."""
    change = Replacement(finding.start, finding.end, finding.instead or "")
    better = replaced(rewrite.markdown, [change])
    earlier = [*rewrite.earlier, rewrite.markdown][-KEPT:]
    return _change(rewrite, rewrite.revision, now, markdown=better, earlier=earlier, later=[])


def take_back(*, rewrite: Rewrite, now: datetime) -> Rewrite:
    """Take the last change back, and the one before it the next time."""
    if not rewrite.earlier:
        return rewrite
    *rest, before = rewrite.earlier
    later = [*rewrite.later, rewrite.markdown][-KEPT:]
    return _change(rewrite, rewrite.revision, now, markdown=before, earlier=rest, later=later)


def make_again(*, rewrite: Rewrite, now: datetime) -> Rewrite:
    """Make the change again that was taken back last."""
    if not rewrite.later:
        return rewrite
    *rest, after = rewrite.later
    earlier = [*rewrite.earlier, rewrite.markdown][-KEPT:]
    return _change(rewrite, rewrite.revision, now, markdown=after, earlier=earlier, later=rest)


@transaction.atomic
def finish(*, version: Version, now: datetime) -> Version | None:
    """Make the next version of what was written; None where it says what the version says."""
    rewrite = Rewrite.objects.select_for_update().filter(version=version).first()
    if rewrite is None or rewrite.markdown.strip() == version.markdown.strip():
        return None
    made = add_version(
        resume=version.resume,
        markdown=rewrite.markdown,
        how=Made.EDITED,
        made_from=version,
        now=now,
    )
    rewrite.delete()
    return made


def drop(*, version: Version) -> None:
    """Let what was written of a version go; the version stays."""
    Rewrite.objects.filter(version=version).delete()


def _change(rewrite: Rewrite, revision: int, now: datetime, **changes: Any) -> Rewrite:
    same = Rewrite.objects.filter(pk=rewrite.pk, revision=revision)
    if not same.update(revision=F("revision") + 1, changed_at=now, **changes):
        raise ChangedElsewhereError
    rewrite.refresh_from_db()
    return rewrite
