"""What there is to look at in a resume, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kindregards.core.outreach.draft import Finding
from kindregards.core.resumes.document import Block, Document, document_of
from kindregards.core.resumes.findings import resume_findings
from kindregards.core.resumes.first_look import Seen, first_look
from kindregards.web.models import Employer, Version
from kindregards.web.remarks import Piece, Remark, pieces_of, remarks_on


@dataclass(frozen=True, slots=True)
class Looked:
    """A resume that was looked over: remarks, its Markdown with marks, and the first look."""

    remarks: list[Remark]
    pieces: list[Piece]
    seen: tuple[Seen, ...]

    @property
    def said(self) -> str:
        """How much there is to look at."""
        count = len(self.remarks)
        if not count:
            return "Nothing to object to."
        return "One thing to look at." if count == 1 else f"{count} things to look at."


def look_over(version: Version, markdown: str, *, page_count: int = 0) -> Looked:
    """Look over a version's words, or those that are being made of it."""
    document = document_of(markdown)
    names = Employer.objects.filter(owner_id=version.owner_id).values_list("name", flat=True)
    remarks = remarks_on(resume_findings(document, page_count=page_count, names=names))
    return Looked(
        remarks, pieces_of(document.markdown, _in_markdown(document, remarks)),
        first_look(document).seen,
    )  # fmt: skip


def _in_markdown(document: Document, remarks: Sequence[Remark]) -> list[Remark]:
    """The remarks with their places in the Markdown instead of the text."""
    return [
        replace(remark, finding=_moved(document, remark.finding))
        for remark in remarks
        if remark.finding.quote
    ]


def _moved(document: Document, finding: Finding) -> Finding:
    block = _holding(document, finding.start)
    first = block.spots[finding.start - block.start]
    last = block.spots[min(finding.end, block.end) - block.start - 1]
    return replace(finding, start=first.start, end=last.end)


def _holding(document: Document, at: int) -> Block:
    return next(block for block in document.blocks if at < block.end)
