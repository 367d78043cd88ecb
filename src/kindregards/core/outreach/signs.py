"""The signs of a letter: blanks left open, exclamation marks, capitals, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kindregards.core.outreach.cues import Lexicon
from kindregards.core.outreach.draft import Finding, Severity
from kindregards.core.outreach.prose import WORD, Prose

_BLANK = re.compile(
    r"\[[^\]\n]{0,200}\]|_{3,}|\{\{?[^}\n]{1,60}\}?\}|<[a-z][^>@\n]{1,60}>|\bX{3,}\b"
)
_CAPITALS = re.compile(r"\b[A-ZÄÖÜ]{2,}(?:'[A-Z]+)?(?:[ ,]+[A-ZÄÖÜ]{1,}(?:'[A-Z]+)?\b)*")
_EXCLAIMED = re.compile(r"!+(?:[?!]*)")
_PICTURE = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u2934\u2935\u203c\u2049]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff\U0001f000-\U0001faff]*|(?<!\\w)[:;]-?[()DP](?!\\w)"
)


def sign_findings(prose: Prose, lexicon: Lexicon) -> tuple[Finding, ...]:
    """Blanks, exclamation marks beyond the first, shouting and pictures, each where it stands."""
    return (
        *_blanks(prose),
        *_exclamations(prose),
        *_shouting(prose, lexicon),
        *_pictures(prose),
    )


def sign_need(prose: Prose, lexicon: Lexicon) -> int:
    """What signs add to neediness: one for each "!" after the first and each shout (F2)."""
    loud = sum(len(mark.group()) for mark in _EXCLAIMED.finditer(prose.folded))
    return max(0, loud - 1) + len(list(_shouts(prose, lexicon)))


def _blanks(prose: Prose) -> Iterator[Finding]:
    for blank in _BLANK.finditer(prose.folded):
        # "[Name]" or "[Company]" is a word to put in; a longer one is a sentence only they know.
        label = 0 < len(WORD.findall(blank.group())) <= 3
        yield _marked(
            prose,
            blank,
            "blank",
            Severity.SOFTEN if label else Severity.STOP,
            "Something is still to be filled in",
            "Only you know what belongs here. A few words are enough.",
        )


def _exclamations(prose: Prose) -> Iterator[Finding]:
    marks = list(_EXCLAIMED.finditer(prose.folded))
    spare = marks if any(len(mark.group()) > 1 for mark in marks) else marks[1:]
    for mark in spare:
        yield _marked(
            prose,
            mark,
            "exclamation",
            Severity.SOFTEN,
            "A quieter mark",
            "One exclamation mark is plenty. A full stop sounds surer.",
            instead="?" if "?" in mark.group() else ".",
            minor=len(marks) < 4 and len(mark.group()) < 3,
        )


def _shouts(prose: Prose, lexicon: Lexicon) -> Iterator[re.Match[str]]:
    loud = lexicon.pattern("shouted")
    for run in _CAPITALS.finditer(prose.folded):
        if loud.search(run.group()):
            yield run


def _shouting(prose: Prose, lexicon: Lexicon) -> Iterator[Finding]:
    for run in _shouts(prose, lexicon):
        yield _marked(
            prose,
            run,
            "shouting",
            Severity.SOFTEN,
            "It is written in capitals",
            "Capitals read as shouting. The words are strong enough in small letters.",
            instead=_quiet(prose.folded, run),
        )


def _quiet(text: str, run: re.Match[str]) -> str:
    lower = re.sub(r"\bi\b", "I", run.group().lower())
    before = text[: run.start()].rstrip()
    return lower[:1].upper() + lower[1:] if not before or before[-1] in ".!?" else lower


def _pictures(prose: Prose) -> Iterator[Finding]:
    for picture in _PICTURE.finditer(prose.folded):
        yield _marked(
            prose,
            picture,
            "emoji",
            Severity.SOFTEN,
            "A picture in the text",
            "Not every reader takes it as it is meant. The sentence stands without it.",
            instead="",
            minor=True,
        )


def _marked(
    prose: Prose,
    match: re.Match[str],
    rule: str,
    severity: Severity,
    title: str,
    why: str,
    *,
    instead: str | None = None,
    minor: bool = False,
) -> Finding:
    start, end = match.span()
    return Finding(rule, severity, title, why, prose.text[start:end], start, end, instead, minor)
