"""What to look at in a resume before anybody sees it: Findings with their place, no score."""

from __future__ import annotations

from collections.abc import Iterable

from kindregards.core.outreach.draft import Finding, Severity
from kindregards.core.resumes.document import Document
from kindregards.core.resumes.first_look import first_look, has_contact
from kindregards.core.resumes.places_of_work import dates_findings, first_look_findings
from kindregards.core.resumes.spelled import spelling_of
from kindregards.core.resumes.wording import wording_findings

MOST_PAGES = 2
WORDS_OF_TWO_PAGES = 1_100
"""About as many words stand on two pages in ten points with air between [design]."""


def resume_findings(
    document: Document, *, page_count: int = 0, names: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """All there is to look at, in the order of the text, what concerns the whole at the end.

    `page_count` is 0 where pages are not known; then words are counted. `names` are words that are
    right as they are. Places count characters of `document.text`. Spelling is looked at in English
    only, and takes about a second the first time.
    """
    look = first_look(document)
    found = [
        *spelling_of(document, names),
        *wording_findings(document, look),
        *dates_findings(document, look),
        *first_look_findings(look),
        *_contact(document),
        *_length(document, page_count),
    ]
    return tuple(sorted(found, key=lambda one: (not one.quote, one.start, one.end)))


def _contact(document: Document) -> list[Finding]:
    if not document.text or has_contact(document.text):
        return []
    return [
        Finding(
            rule="contact",
            severity=Severity.STOP,
            title="Nobody could reach you",
            why="There is no mail address and no telephone number in it.",
        )
    ]


def _length(document: Document, page_count: int) -> list[Finding]:
    """R39: one page, or two."""
    words = len(document.text.split())
    if page_count > MOST_PAGES:
        said = f"It has {page_count} pages."
    elif not page_count and words > WORDS_OF_TWO_PAGES:
        said = f"Its {words:,} words take more than two pages."
    else:
        return []
    return [
        Finding(
            rule="length",
            severity=Severity.SOFTEN,
            title="Longer than two pages",
            why=f"{said} One page or two are read; what is oldest can go first.",
        )
    ]
