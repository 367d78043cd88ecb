"""Where a version comes from: the DOCX it began as, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator

from kindregards.core.resumes.comparing import replacements
from kindregards.core.resumes.version import Format
from kindregards.sources.documents.tracked import tracked
from kindregards.web.models import Version

_MOST = 200  # versions that were made one of the other


def origin_of(version: Version) -> Version | None:
    """The DOCX that a version was made from, by however many steps; None where there is none."""
    for one in _before(version):
        if one.media_type == Format.DOCX:
            return one
        if one.file_name:  # another file began there
            return None
    return None


def tracked_since(version: Version) -> bytes | None:
    """That DOCX with all that changed since as tracked changes; None where there is none."""
    origin = origin_of(version)
    if origin is None or origin.original is None:
        return None
    changes = replacements(origin.text, version.text)
    return tracked(bytes(origin.original), changes, at=version.made_at)


def _before(version: Version) -> Iterator[Version]:
    """The versions it was made from, the nearest first, without their files and words."""
    key = version.made_from_id
    for _ in range(_MOST):
        if key is None:
            return
        one = Version.objects.defer("original", "markdown", "text").get(pk=key)
        yield one
        key = one.made_from_id
