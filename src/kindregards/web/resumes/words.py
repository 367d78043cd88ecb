"""What the pages about resumes say."""

from __future__ import annotations

from kindregards.core.resumes.version import Made
from kindregards.web.models import Version


def came_from(version: Version) -> str:
    """How a version was made, as a line says it."""
    before = f"version {version.made_from.number}" if version.made_from else "an earlier version"
    if version.how == Made.EDITED:
        return f"Edited from {before}"
    if version.how == Made.COMMENTS:
        return f"Made from {before} and what readers said"
    return f"From the file {version.file_name}" if version.file_name else "From a file"


def pages_said(count: int) -> str:
    """How many pages, or nothing where a file has none."""
    return "" if not count else "1 page" if count == 1 else f"{count} pages"
