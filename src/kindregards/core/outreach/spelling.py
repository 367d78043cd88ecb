"""Spelling and grammar of English words, by Harper; spelling of a German letter, by a word list.

Both work without a network. Letters in other languages are left to the browser's own checker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from kindregards.core.outreach.draft import Draft, Finding, Severity
from kindregards.core.outreach.spelling_german import german_spelling_findings

if TYPE_CHECKING:
    from harper import Lint, Linter

RULE = "spelling"
_MOST = 8
"""Findings of a letter; one that has more is in another language or needs no list."""
_MATTER_OF_TASTE = {"Style", "Enhancement", "Readability", "Miscellaneous"}
_TITLES = {"Spelling": "Is this spelled as you mean it?", "Repetition": "This stands here twice"}
_WORD = re.compile(r"[^\W\d_]+")


def spelling_findings(draft: Draft, names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What looks misspelled, or in English ungrammatical, at most eight minor Findings.

    Each has what was meant to take over; where the checker knows nothing, nothing is said. `names`
    are words that are right as they are (the letter's people, employer and role). In English
    words that begin with a capital are taken for names. Empty for other languages, and where the
    checker is not installed. The first call takes about a second.
    """
    found: Iterable[Finding] = ()
    if draft.language == "en" and _checker("BRITISH") is not None:
        found = slips(draft.text, names)
    elif draft.language == "de":
        found = german_spelling_findings(draft, _known(names))
    return tuple(islice((one for one in found if one.instead is not None), _MOST))


def slips(text: str, names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """All that looks misspelled or ungrammatical in English words, as `spelling_findings` does."""
    if _checker("BRITISH") is None:
        return ()
    return tuple(_finding(text, lint) for lint in _lints(text, _known(names)))


def _known(names: Iterable[str]) -> set[str]:
    return {word.casefold() for name in names for word in _WORD.findall(name)}


def _lints(text: str, known: set[str]) -> Iterator[Lint]:
    """What the British checker objects to, and for spelling the American one too."""
    from harper import Language

    british, american = _checker("BRITISH"), None
    for lint in british.lint(text, language=Language.PLAINTEXT) if british else ():
        if not _counts(lint, known):
            continue
        if lint.lint_kind != "Spelling":
            yield lint
            continue
        american = american or _checker("AMERICAN")
        if american and american.lint(lint.problem_text, language=Language.PLAINTEXT):
            yield lint


@cache
def _checker(dialect: str) -> Linter | None:
    try:
        from harper import Dialect, Linter
    except ImportError:  # no wheel for this machine: the guard does without it
        return None
    return Linter(dialect=Dialect[dialect])


def _counts(lint: Lint, known: set[str]) -> bool:
    """Whether an objection is worth the person's time: no name, and no matter of taste."""
    words = lint.problem_text
    if lint.lint_kind in _MATTER_OF_TASTE or words.casefold() in known:
        return False
    is_name = words[:1].isupper() and not words.isupper()
    return not (is_name and lint.lint_kind in ("Spelling", "Capitalization"))


def _finding(text: str, lint: Lint) -> Finding:
    start, end = lint.span.start, lint.span.end
    return Finding(
        rule=RULE,
        severity=Severity.SOFTEN,
        title=_TITLES.get(lint.lint_kind, "A slip in the grammar, perhaps"),
        why=_plain(lint.message),
        quote=text[start:end],
        start=start,
        end=end,
        instead=_instead(text[start:end], lint),
        minor=True,
    )


def _plain(message: str) -> str:
    """The checker's line without its marks for code."""
    return message.replace("`", "'")


def _instead(words: str, lint: Lint) -> str | None:
    """The first suggestion, which the person may take over; None where there is none."""
    from harper import SuggestionKind

    first = next(iter(lint.suggestions), None)
    if first is None:
        return None
    if first.kind is SuggestionKind.REMOVE:
        return ""
    after = words if first.kind is SuggestionKind.INSERT_AFTER else ""
    return f"{after}{first.replacement_text}"
