"""What the words of a letter say: the cues in its sentences, negation and condition respected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kindregards.core.outreach.cues import Cue, Lexicon
from kindregards.core.outreach.draft import Circumstances, Finding, Severity
from kindregards.core.outreach.prose import Prose, Sentence

# Wording is looked at this far, in characters; a letter that goes on is far too long anyway.
READ_UP_TO = 20_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A Cue in a Sentence, from `start` to `end` of the letter."""

    cue: Cue
    sentence: Sentence
    start: int
    end: int


def hits(prose: Prose, lexicon: Lexicon) -> tuple[Hit, ...]:
    """Every cue of the lexicon in the letter's sentences, in the order of the letter.

    A cue of sentence scope counts once a sentence and rule, by its heaviest wording.
    """
    read = [told for told in prose.sentences if told.end <= READ_UP_TO]
    found = [hit for told in read for hit in _in_sentence(told, lexicon)]
    return tuple(sorted(found, key=lambda hit: (hit.start, hit.end)))


def _in_sentence(told: Sentence, lexicon: Lexicon) -> Iterator[Hit]:
    whole: dict[str, Hit] = {}
    for cue in lexicon.cues:
        for match in _valid(cue, told, lexicon):
            hit = Hit(cue, told, told.start + match.start(), told.start + match.end())
            if cue.scope != "sentence":
                yield hit
            elif cue.rule not in whole or cue.need > whole[cue.rule].cue.need:
                whole[cue.rule] = hit
    yield from whole.values()


def _valid(cue: Cue, told: Sentence, lexicon: Lexicon) -> Iterator[re.Match[str]]:
    if cue.unless and cue.unless.search(told.text):
        return
    if cue.conditional and lexicon.pattern("condition").search(told.text):
        return
    for match in cue.pattern.finditer(told.text):
        if not (cue.negatable and _negated(match, lexicon)):
            yield match


def _negated(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a negation governs the match: in its clause, before it or right behind it.

    A German infinitive or "dass" clause stands behind a comma and is governed from before it; in
    "Wollen Sie nicht …?" nothing is negated.
    """
    grammar = lexicon.grammar
    if grammar["inverted"].search(_spaced(match.string)):
        return False
    clauses = grammar["clause_end"].split(_spaced(match.string[: match.start()]))
    before = clauses[-1]
    after = grammar["clause_end"].split(_spaced(match.string[match.start() :]))[0]
    if len(clauses) > 1 and grammar["subordinate"].search(before + after):
        before = f"{clauses[-2]} {before}"
    return _denied(before, lexicon) or bool(grammar["negated_after"].search(after))


def _denied(before: str, lexicon: Lexicon) -> bool:
    for negator in lexicon.grammar["negator"].finditer(before):
        between = before[negator.end() :]
        if len(between.split()) <= 7 and not lexicon.grammar["lifted"].search(between):
            return True
    return False


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def wording_findings(
    prose: Prose, found: Sequence[Hit], lexicon: Lexicon, circumstances: Circumstances
) -> tuple[Finding, ...]:
    """One Finding for each hit that has something to say, quoting the person's own words.

    The first strong words and the first apology pass (R10). Where the job is posted again, asking
    to be considered again is no appeal (R9) and becomes a minor note. A letter that accepts the
    decision once is not offered a second sentence that does.
    """
    spare, accepted = _spare_question(prose, found), _accepts(found)
    findings: list[Finding] = []
    for hit in _beyond_allowance(found):
        finding = _sparing_thanks(prose, hit, _finding(prose, hit), lexicon)
        if hit.cue.asks and not spare:
            finding, spare = replace(finding, instead=lexicon.words["question"]), True
        if hit.cue.rule in _ACCEPTS_INSTEAD:
            finding, accepted = replace(finding, instead="") if accepted else finding, True
        if hit.cue.rule == "second-chance" and circumstances.reposted:
            finding = _reposted(finding, lexicon)
        findings.append(finding)
    return tuple(findings)


# Their thanks are seldom meant ("Thank you for wasting my time").
_BITTER = {"guilt", "argument", "pressure", "legal", "flattery"}


def _sparing_thanks(prose: Prose, hit: Hit, finding: Finding, lexicon: Lexicon) -> Finding:
    """The Finding cut to its clause, where taking the whole sentence out would take a thanks too.

    Where no clause ends between the two nothing is offered to put there.
    """
    told = hit.sentence
    at, until = hit.start - told.start, hit.end - told.start
    thanks = list(lexicon.pattern("thanks").finditer(told.text))
    if finding.instead != "" or hit.cue.asks or hit.cue.scope == "words" or not thanks:
        return finding
    if any(one.start() < until and at < one.end() for one in thanks):
        return finding
    before = max((one.end() for one in thanks if one.end() <= at), default=None)
    after = min((one.start() for one in thanks if one.start() >= until), default=None)
    cuts = list(lexicon.grammar["clause"].finditer(told.text))
    start: int | None = 0
    end: int | None = len(told.text.rstrip(".!?"))
    if before is not None:
        starts = (cut.start() for cut in cuts if before <= cut.start() and cut.end() <= at)
        start = max(starts, default=None)
    if after is not None:
        ends = (cut.end() for cut in cuts if until <= cut.start() and cut.end() <= after)
        end = min(ends, default=None)
    if start is None or end is None:
        return finding if hit.cue.rule in _BITTER else replace(finding, instead=None)
    start, end = told.start + start, told.start + end
    return replace(finding, quote=prose.text[start:end], start=start, end=end)


# How many hits of a rule a letter may have before anything is said (R10).
_ALLOWED = {"intensifier": 2, "life-story": 1}


def _beyond_allowance(found: Sequence[Hit]) -> Iterator[Hit]:
    seen: Counter[str] = Counter()
    for hit in found:
        seen[hit.cue.rule] += 1
        if seen[hit.cue.rule] > _ALLOWED.get(hit.cue.rule, 0):
            yield hit


# What is offered instead of these accepts the decision (R4: in one clause).
_ACCEPTS_INSTEAD = {"second-chance", "argument"}


def _accepts(found: Sequence[Hit]) -> bool:
    """Whether a sentence that may stay accepts the decision."""
    objected = {hit.sentence for hit in found if _objects(hit.cue)}
    return any(hit.cue.rule == "acceptance" and hit.sentence not in objected for hit in found)


def _reposted(finding: Finding, lexicon: Lexicon) -> Finding:
    return replace(
        finding,
        severity=Severity.SOFTEN,
        title="The job is posted again",
        why="Then asking is fair. Applying anew is the plainer way.",
        instead=lexicon.words["apply_anew"],
        minor=True,
    )


def _spare_question(prose: Prose, found: Sequence[Hit]) -> bool:
    """Whether a question is left when those that were better not asked are taken out."""
    objected = {hit.sentence for hit in found if hit.cue.scope != "words" and _objects(hit.cue)}
    return any(asked not in objected for asked in prose.questions)


def _objects(cue: Cue) -> bool:
    return cue.severity is not Severity.PRAISE


def _finding(prose: Prose, hit: Hit) -> Finding:
    start, end = hit.start, hit.end
    if hit.cue.scope != "words":
        start, end = hit.sentence.start, hit.sentence.end
    return Finding(
        rule=hit.cue.rule,
        severity=hit.cue.severity,
        title=hit.cue.title,
        why=hit.cue.why,
        quote=prose.text[start:end],
        start=start,
        end=end,
        instead=hit.cue.instead,
        minor=hit.cue.minor,
    )
