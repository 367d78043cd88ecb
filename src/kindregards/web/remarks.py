"""The layer of marks under a text that is edited: the same words, some of them marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kindregards.core.outreach.draft import Finding, Part, Severity


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `number` is that of the finding it belongs to, 0 for none."""

    text: str
    number: int = 0
    is_good: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its number, counted from 1 in the order of the page."""

    number: int
    finding: Finding
    is_told: bool = False
    """Whether the same was said already, so that it need not be explained again."""

    @property
    def is_good(self) -> bool:
        """Whether it says: keep this."""
        return self.finding.severity is Severity.PRAISE

    @property
    def can_be_taken(self) -> bool:
        """Whether its words can be replaced, taken out or put in by one press."""
        return self.finding.instead is not None

    @property
    def offer(self) -> str:
        """What the button says that takes it over."""
        if self.is_time:
            return "Keep it until then"
        if self.finding.part is Part.TO and not self.finding.instead:
            return "Leave the address out"
        if not self.finding.instead:
            return "Take it out"
        if self.finding.part is Part.TO:
            return "Only to this one"
        return "Use this instead" if self._replaces else "Put it in"

    @property
    def is_time(self) -> bool:
        """Whether it offers to keep the letter for a better time."""
        return self.finding.part is Part.TIME

    @property
    def _replaces(self) -> bool:
        return bool(self.finding.quote) or self.finding.part is Part.SUBJECT


def best_time(remarks: Sequence[Remark]) -> Remark | None:
    """The remark that offers the latest time where the time is all that stands in the way."""
    grave = [one for one in remarks if one.finding.severity in (Severity.WAIT, Severity.STOP)]
    if not grave or any(one.finding.severity is Severity.STOP for one in grave):
        return None
    times = [one for one in grave if one.is_time and one.finding.until]
    return max(times, key=_until, default=None)


def _until(remark: Remark) -> float:
    return remark.finding.until.timestamp() if remark.finding.until else 0.0


def remarks_on(findings: Sequence[Finding]) -> list[Remark]:
    """The findings numbered: those with words in the order of the text, then the others."""
    ordered = sorted(findings, key=lambda found: (not found.quote, found.start, found.end))
    remarks, said = [], set[tuple[str, str]]()
    for number, finding in enumerate(_praised_once(ordered), 1):
        same = (finding.title, finding.why)
        remarks.append(Remark(number, finding, is_told=same in said))
        said.add(same)
    return remarks


def _praised_once(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without a second praise for the same thing."""
    kept: dict[object, Finding] = {}
    for finding in findings:
        praise = finding.severity is Severity.PRAISE
        kept.setdefault(finding.rule if praise else id(finding), finding)
    return list(kept.values())


def pieces_of(text: str, remarks: Sequence[Remark]) -> list[Piece]:
    """The text cut at its marks. Where marks overlap, the first one keeps the words."""
    pieces, at = [], 0
    for remark in remarks:
        start, end = max(remark.finding.start, at), remark.finding.end
        if not remark.finding.quote or start >= end:
            continue
        pieces += [Piece(text[at:start])] if start > at else []
        pieces.append(Piece(text[start:end], remark.number, remark.is_good))
        at = end
    return [*pieces, Piece(text[at:])]
