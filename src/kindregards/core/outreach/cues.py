"""The cues: wordings the Guard knows, kept as data in `phrases/<language>.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from kindregards.core.outreach.draft import Severity

LANGUAGES = ("de", "en")

_GAP = re.compile(r"\s*<(\d+)>\s*")


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording and what is to be said about it.

    `scope` is "words" when a Finding quotes the words, "sentence" when it quotes the sentence and
    "each" when it quotes the sentence and every wording in it counts.
    `need` counts towards neediness (R10). `instead` is as in Finding; an `asks` cue takes the
    place of a question, so that a good one is offered. `unless` exempts a sentence that it
    matches. `negatable` cues are void under a negation, `conditional` ones under a condition.
    """

    rule: str
    figure: str
    severity: Severity
    title: str
    why: str
    pattern: re.Pattern[str]
    scope: str = "sentence"
    instead: str | None = None
    need: int = 0
    minor: bool = False
    asks: bool = False
    unless: re.Pattern[str] | None = None
    negatable: bool = True
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the Guard knows of one language."""

    language: str
    cues: tuple[Cue, ...]
    markers: Mapping[str, re.Pattern[str]]
    words: Mapping[str, str]
    grammar: Mapping[str, re.Pattern[str]]
    familiar: Mapping[str, str]

    def said_familiarly(self) -> Lexicon:
        """The lexicon whose own words say du, where the language has such a form."""
        return replace(self, words={**self.words, **self.familiar})

    def pattern(self, name: str) -> re.Pattern[str]:
        """The pattern kept under `name` in the [words] table."""
        return compiled(self.words[name])


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of `language`, one of LANGUAGES. Raises KeyError on another."""
    if language not in LANGUAGES:
        raise KeyError(language)
    source = files("kindregards.core.outreach") / "phrases" / f"{language}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return Lexicon(
        language=language,
        cues=tuple(cue for group in data["cue"] for cue in _cues(group)),
        markers={name: compiled(pattern) for name, pattern in data["courtesy"].items()},
        words=data["words"],
        familiar=data.get("familiar", {}),
        grammar={name: re.compile(kept, re.IGNORECASE) for name, kept in data["grammar"].items()},
    )


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the data: a blank is any white space, `<3>` up to three words between."""
    gap = _GAP.sub(lambda at: rf"(?:\W+\w[\w'-]*){{0,{at.group(1)}}}?\W+", pattern)
    return re.compile(rf"(?<!\w)(?:{gap.replace(' ', chr(92) + 's+')})(?!\w)", re.IGNORECASE)


def _cues(group: Mapping[str, Any]) -> Iterator[Cue]:
    common = {name: value for name, value in group.items() if name != "phrases"}
    for phrase in group["phrases"]:
        entry = {"pattern": phrase} if isinstance(phrase, str) else phrase
        yield _cue({**common, **entry})


def _cue(entry: dict[str, Any]) -> Cue:
    unless = entry.pop("unless", None)
    return Cue(
        severity=Severity(entry.pop("severity")),
        pattern=compiled(entry.pop("pattern")),
        unless=compiled(unless) if unless else None,
        **entry,
    )
