"""The Guard: a Draft, the Touches before it and its circumstances give Findings and a Verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from kindregards.core.outreach.address import addresses_formally
from kindregards.core.outreach.cadence import cadence_findings, cadence_need, exchange_of
from kindregards.core.outreach.cues import LANGUAGES, Lexicon, lexicon
from kindregards.core.outreach.draft import (
    Circumstances,
    Draft,
    Finding,
    Guarded,
    Part,
    Severity,
    Touch,
    Verdict,
)
from kindregards.core.outreach.invitation import invitation_findings
from kindregards.core.outreach.meters import courtesy, neediness
from kindregards.core.outreach.offers import with_offers
from kindregards.core.outreach.own_line import own_line_findings
from kindregards.core.outreach.prose import Prose
from kindregards.core.outreach.repeats import repeat_findings
from kindregards.core.outreach.setting import hour_findings, reader_findings
from kindregards.core.outreach.shape import shape_findings
from kindregards.core.outreach.signs import sign_findings
from kindregards.core.outreach.wording import Hit, hits, wording_findings

BLOCKED_NEED = 6
LOOK_AGAIN_NEED = 3
LONGEST = 20_000
"""Characters of a draft that are looked at; a good one has a few hundred."""

_WEIGHT = {Severity.PRAISE: 0, Severity.SOFTEN: 1, Severity.WAIT: 2, Severity.STOP: 3}


def guard(
    draft: Draft,
    *,
    now: datetime,
    history: Sequence[Touch] = (),
    circumstances: Circumstances = Circumstances(),  # noqa: B008 - a frozen value
    noticed: Sequence[Finding] = (),
) -> Guarded:
    """What is to be said of a draft before it goes, in the order of its text; `now` is aware.

    Rules R2, R3, R5 and R8 to R11. Courtesy and neediness are two meters and never one (R10).
    Hold: a finding says stop or wait, or neediness reaches 6. Revise: a finding that is not minor
    asks to soften, or neediness reaches 3. Of a text that is longer than any letter only the first
    20,000 characters are looked at. Findings about the whole letter come last. Further
    touches out never make the answer softer; a word from the other side can. `noticed` are findings
    of other checkers (spelling), which give way where the guard has something to say.
    """
    draft = replace(draft, text=draft.text[:LONGEST])
    prose = Prose(draft.text)
    known = _lexicon_for(draft)
    found = hits(prose, known)
    exchange = exchange_of(draft, history, circumstances, now)
    signs = sign_findings(prose, known)
    is_blank = any(one.rule == "blank" for one in signs)
    said = [
        *wording_findings(prose, found, known, circumstances),
        *signs,
        *own_line_findings(draft, circumstances, is_blank=is_blank),
        *shape_findings(
            prose,
            known,
            draft,
            _strengths(found),
            is_asked_ill=any(hit.cue.asks for hit in found),
        ),
        *reader_findings(draft, prose, circumstances),
        *invitation_findings(draft, circumstances, now),
        *hour_findings(prose, known, draft, circumstances, now),
        *repeat_findings(draft, prose, known, exchange.sent),
        *cadence_findings(exchange, now),
        *noticed,
    ]
    need = neediness(prose, found, known) + cadence_need(exchange, now)
    return Guarded(
        verdict=_verdict(said, need),
        words=prose.words,
        courtesy=courtesy(prose, known),
        neediness=need,
        findings=tuple(_in_order(_one_a_place(with_offers(said, prose, found, known, draft)))),
    )


def _lexicon_for(draft: Draft) -> Lexicon:
    known = lexicon(draft.language if draft.language in LANGUAGES else "en")
    is_formal = addresses_formally(draft.text, known.language)
    return known if is_formal else known.said_familiarly()


def taken(text: str, finding: Finding) -> str:
    """The text with a finding's `instead` in the quote's place, tidied where it was cut.

    Without a quote it becomes a paragraph of its own at the finding's place. The text itself when
    the finding has no `instead` for it.
    """
    if finding.instead is None or finding.part is not Part.TEXT:
        return text
    before, after = text[: finding.start], text[finding.end :]
    if not finding.quote:
        parts = (before.rstrip(), finding.instead, after.lstrip())
        return "\n\n".join(part for part in parts if part)
    if finding.instead:
        return before + finding.instead + after
    return _closed_up(before, after)


def taken_over(draft: Draft, finding: Finding) -> Draft:
    """The draft with what a finding offers: in its text, its subject, its reader, or without what
    it carries. A letter that is to be kept stays as it is; that is for whoever keeps it."""
    if finding.instead is None:
        return draft
    if finding.part is Part.SUBJECT:
        return replace(draft, subject=finding.instead)
    if finding.part is Part.TO:
        return replace(draft, to=(finding.instead,) if finding.instead else (), cc=())
    if finding.part is Part.ATTACHMENTS:
        return replace(draft, attachments=())
    return replace(draft, text=taken(draft.text, finding))


def _closed_up(before: str, after: str) -> str:
    if not before.strip() or before.endswith("\n"):
        after = after.lstrip(" ,")
        after = after.lstrip("\n") if before.endswith("\n\n") or not before else after
    elif before[-1] in " \n" and after[:1] in {*" \n,.;:!?", ""}:
        before = before.rstrip(" ")
    if re.search(r"(?:^|[.!?\n]\s*)$", before):
        after = after[:1].upper() + after[1:]
    return before + after


def _strengths(found: Sequence[Hit]) -> int:
    return len({hit.cue.rule for hit in found if hit.cue.severity is Severity.PRAISE})


def _verdict(said: Iterable[Finding], need: int) -> Verdict:
    weights = [_WEIGHT[finding.severity] for finding in said if not finding.minor]
    if need >= BLOCKED_NEED or max(weights, default=0) >= _WEIGHT[Severity.WAIT]:
        return Verdict.HOLD
    if need >= LOOK_AGAIN_NEED or max(weights, default=0) == _WEIGHT[Severity.SOFTEN]:
        return Verdict.REVISE
    return Verdict.SEND


def _one_a_place(said: Sequence[Finding]) -> list[Finding]:
    """One Finding a place: of those whose words overlap, the one that objects most."""
    kept: list[Finding] = []
    for finding in sorted(said, key=_strength):
        if not any(_overlap(finding, other) for other in kept):
            kept.append(finding)
    return kept


def _strength(finding: Finding) -> tuple[int, bool, int, int]:
    length = finding.end - finding.start
    return (-_WEIGHT[finding.severity], finding.minor, -length, finding.start)


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _in_order(kept: Iterable[Finding]) -> list[Finding]:
    return sorted(kept, key=lambda finding: (finding.start == finding.end, finding.start))
