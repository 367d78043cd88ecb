"""Resumes and their versions: taken in from files, named, removed."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from django.db import transaction
from django.db.models import Max

from kindregards.core.resumes.document import BlockKind, document_of
from kindregards.core.resumes.version import Format, Made
from kindregards.sources.documents.taken import Taken
from kindregards.web.models import Application, Resume, User, Version

LONGEST_NAME = 300
UNNAMED = "Resume"


@transaction.atomic
def take_in(
    *,
    owner: User,
    taken: Taken,
    raw: bytes,
    file_name: str,
    now: datetime,
    resume: Resume | None = None,
) -> Version:
    """Keep a file as it came, with its words: a new resume's first version, or the next of one."""
    if resume is None:
        name = _name(taken.markdown, file_name)
        resume = Resume.objects.create(owner=owner, name=name, created_at=now)
    return add_version(
        resume=resume,
        markdown=taken.markdown,
        how=Made.UPLOADED,
        media_type=taken.format,
        now=now,
        original=raw,
        file_name=file_name,
        page_count=taken.page_count,
        lost=taken.lost,
    )


@transaction.atomic
def add_version(
    *,
    resume: Resume,
    markdown: str,
    how: Made,
    now: datetime,
    media_type: Format = Format.MARKDOWN,
    made_from: Version | None = None,
    original: bytes | None = None,
    file_name: str = "",
    page_count: int = 0,
    lost: list[str] | None = None,
) -> Version:
    """Make the next version of a resume. Its text follows from its Markdown."""
    Resume.objects.select_for_update().get(pk=resume.pk)  # two windows must not take one number
    last: int = resume.versions.aggregate(last=Max("number"))["last"] or 0
    document = document_of(markdown)
    return Version.objects.create(
        owner_id=resume.owner_id,
        resume=resume,
        number=last + 1,
        made_at=now,
        made_from=made_from,
        how=how,
        original=original,
        file_name=file_name,
        media_type=media_type,
        markdown=document.markdown,
        text=document.text,
        page_count=page_count,
        lost=lost or [],
    )


def note_version(*, application: Application, version: Version | None) -> None:
    """Keep which version of a resume went to an application, None where it is not known."""
    application.version = version
    application.save(update_fields=["version"])


def rename(*, resume: Resume, name: str) -> None:
    """Call a resume something else."""
    resume.name = name
    resume.save(update_fields=["name"])


def remove(*, resume: Resume) -> None:
    """Remove a resume with all its versions, for good. Applications that had one stay."""
    resume.delete()


def _name(markdown: str, file_name: str) -> str:
    """What a resume is called at first: the file's name, else its first heading."""
    named = PurePath(file_name).stem.replace("_", " ").strip()
    if named:
        return named[:LONGEST_NAME]
    blocks = document_of(markdown).blocks
    headings = [one.text for one in blocks if one.kind is BlockKind.HEADING]
    return (headings[0] if headings else UNNAMED)[:LONGEST_NAME]
