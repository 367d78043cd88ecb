"""Spelling and grammar of a resume. R39: none before anybody sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kindregards.core.letters.language import language_of
from kindregards.core.outreach.draft import Finding
from kindregards.core.outreach.spelling import slips
from kindregards.core.resumes.document import Document

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.|/|\w\.\w)\S*")
_LOOKED_AT = 30_000
"""Characters, about six pages: more is no resume, and the page waits for it."""
_AT_ONCE = 1_500
_MOST = 20
"""More are another language, or a list of names that no dictionary has."""


def spelling_of(document: Document, names: Iterable[str] = ()) -> list[Finding]:
    """What looks misspelled or ungrammatical in an English resume, at most twenty Findings.

    Words that stand in it with a capital elsewhere are names. Addresses are left alone.
    """
    text = document.text
    if language_of({word.casefold() for word in _WORD.findall(text)}) != "en":
        return []
    own = {word for word in _WORD.findall(text) if word[:1].isupper()}
    addresses = [(found.start(), found.end()) for found in _ADDRESS.finditer(text)]
    known, found = [*names, *own], list[Finding]()
    for start, part in _parts(text[:_LOOKED_AT]):
        slipped = (_moved(one, start) for one in slips(part, known))
        found += [one for one in slipped if not _inside(one, addresses)]
        found = [one for one in found if not _is_short_capitals(one)][:_MOST]
        if len(found) == _MOST:
            break
    return found


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The text in parts of whole lines, with where each begins.

    A checker takes long over words that it does not know; enough are found in the first part.
    """
    start, part = 0, ""
    for line in text.splitlines(keepends=True):
        if part and len(part) + len(line) > _AT_ONCE:
            yield start, part
            start, part = start + len(part), ""
        part += line
    yield start, part


def _moved(finding: Finding, by: int) -> Finding:
    return replace(finding, start=finding.start + by, end=finding.end + by)


def _inside(finding: Finding, places: Iterable[tuple[int, int]]) -> bool:
    return any(start <= finding.start < end for start, end in places)


def _is_short_capitals(finding: Finding) -> bool:
    """BA, CAD, CI: letters that stand for words."""
    return finding.quote.isupper() and len(finding.quote) <= 5
