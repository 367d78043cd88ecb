"""The wordings of a language, from phrases/<language>.toml, found by the words they need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as kept
from functools import cache
from itertools import chain, compress, count
from pathlib import Path
from typing import Any

from kindregards.core.letters.pattern import (
    Match,
    flat,
    match_of,
    needed,
    places,
)
from kindregards.core.letters.prepared import PHRASES, prepared
from kindregards.core.letters.sieve import Needs, Sieve, needs_of
from kindregards.core.letters.spelling import WORD, Spelling
from kindregards.core.letters.tokens import ByRun, Run


@dataclass(frozen=True, slots=True)
class Group:
    """Wordings that show the same: a field and its value, with a sentence for the person.

    `weight` is how strongly they speak for their kind, in log odds before fitting. `spared_by`
    names the guards that take the force from them (condition, negation).
    """

    name: str
    why: str
    weight: float = 0.0
    spared_by: tuple[str, ...] = ()
    field: str = kept(init=False)
    """The part of the name before the first dot: a kind, or the field it is evidence of."""
    value: str = kept(init=False)
    """The part of the name after the first dot."""

    def __post_init__(self) -> None:
        field, _, value = self.name.partition(".")
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "value", value)


class Wording:
    """One wording of a group, flat; its places are laid out when a run may first hold it."""

    __slots__ = ("_line", "_match", "_stems", "_words", "group")

    def __init__(self, group: Group, line: str) -> None:
        self.group = group
        self._line = line
        self._match: Match | None = None

    def needs(self) -> list[frozenset[str]]:
        """What a run must hold one of, for each place that must be filled."""
        told = places(self._line)
        return [needed(place) for place in told if not (place.gap or place.optional)]

    def found_in(self, run: tuple[str, ...]) -> list[tuple[int, int]]:
        """First word and the word after the last, for each match in a run, none overlapping.

        A run is words that follow one another with little between them, and "" after the last.
        """
        match = self._match or self._laid_out()
        found: list[tuple[int, int]] = []
        after = 0
        for at in self._beginnings(run):
            if at >= after:
                end = match(run, at)
                if end > at:
                    found.append((at, end))
                    after = end
        return found

    def _beginnings(self, run: tuple[str, ...]) -> Iterable[int]:
        words, stems = self._words, self._stems
        if not stems:
            return compress(count(), map(words.__contains__, run))
        return [at for at, word in enumerate(run) if word in words or word.startswith(stems)]

    def _laid_out(self) -> Match:
        """What matches the places; and kept beside it, what a match can begin with."""
        laid_out = places(self._line)
        words: list[str] = []
        stems: list[str] = []
        for place in laid_out:
            words += [*place.words, *place.phrases]
            stems += [*place.stems, *(phrase[0].rstrip("*") for phrase in place.loose)]
            if not place.optional:
                break
        self._words, self._stems = frozenset(words), tuple(stems)
        self._match = match = match_of(laid_out)
        return match


Tables = dict[str, Any]
"""What a phrase file holds: its tables by their names."""


class Phrasebook:
    """All wordings of one language.

    `tables` are those of its phrase file, in plain spelling; `needs` is what `needs_of` its
    wordings, where that is known.
    """

    def __init__(self, tables: Tables, needs: Needs | None = None) -> None:
        self.tables = tables
        self.spelling = _spelling_of(tables)
        self.marks = {
            name: frozenset(words.split()) for name, words in tables.get("marks", {}).items()
        }
        self.marking = frozenset().union(*self.marks.values())
        """The words of all marks."""
        self.names: dict[str, str] = tables.get("names", {})
        self.groups: dict[str, Group] = {}
        self.wordings: list[Wording] = []
        for name, table in _groups_in(tables):
            self._add(name, table)
        self.needs = needs or needs_of([wording.needs() for wording in self.wordings])
        self._sieve = Sieve(len(self.wordings), self.needs)
        self.guard = cache(self._compiled)
        """The expression that takes the force from wordings, where the language has that one."""
        self.found = ByRun(self._found_in)
        """By run: the groups whose wordings it holds. None reaches from one run into the next."""

    def _add(self, name: str, table: dict[str, Any]) -> None:
        spared = table.get("spared_by", _SPARED.get(name.split(".")[0], ()))
        group = Group(name, table.get("why", ""), float(table.get("weight", 0)), tuple(spared))
        self.groups[name] = group
        self.wordings += [Wording(group, line) for line in table["words"].splitlines()]

    def _compiled(self, name: str) -> re.Pattern[str] | None:
        pattern = self.tables.get("guards", {}).get(name)
        return re.compile(pattern) if pattern else None

    def _found_in(self, run: Run) -> tuple[Found, ...]:
        words = run.words
        if self.spelling is not None:
            words = tuple(map(self.spelling.__getitem__, words))
        numbers = self._sieve.wordings_for(words)
        return tuple(self._matched(numbers, run, words)) if numbers else ()

    def _matched(self, numbers: Iterable[int], run: Run, words: tuple[str, ...]) -> Iterator[Found]:
        ended = (*words, "")
        for wording in map(self.wordings.__getitem__, numbers):
            for first, after in wording.found_in(ended):
                starts = run.starts()
                end = starts[after - 1] + len(run.words[after - 1])
                yield starts[first], -end, wording.group.name, wording.group


Found = tuple[int, int, str, Group]
"""Where words begin in their run and, negative, where they end; the name of a group and the group.

So they sort by their place, the longer one first.
"""


_NOT_GROUPS = ("about", "lists", "guards", "marks", "names")
_SPARED: dict[str, tuple[str, ...]] = {
    "rejection": ("condition", "aside"),
    "offer": ("condition", "negation"),
    "interview_invitation": ("condition", "negation"),
    "assessment": ("negation",),
    "on_hold": ("condition", "negation"),
    "acknowledgement": (),
    "stage": ("negation",),
    "door": (),
    "kind_words": ("negation",),
    "feedback": ("condition",),
}


def _groups_in(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables that are groups, by their whole names."""
    for kind, named in tables.items():
        if kind not in _NOT_GROUPS:
            for name, table in named.items():
                yield f"{kind}.{name}", table


def _spelling_of(tables: Tables) -> Spelling | None:
    """How the language's words are compared; English has nothing to make plain."""
    about = tables.get("about", {})
    language = about.get("language", "en")
    if language == "en":
        return None
    return Spelling(language, about.get("heads", ""), [about.get("known", "")])


def in_plain_spelling(tables: Tables) -> Tables:
    """The tables of a phrase file with their wordings, marks and guards made plain.

    Wordings are flat, so that no lists are needed; nor is what is there besides for reading.
    """
    spelling = _spelling_of(tables)
    plain = spelling.plain if spelling is not None else str
    made: Tables = {"about": dict(tables.get("about", {})), "names": tables.get("names", {})}
    lists = {name: plain(words) for name, words in tables.get("lists", {}).items()}
    made["marks"] = {
        name: f"{words} {plain(words)}" for name, words in tables.get("marks", {}).items()
    }
    made["guards"] = {
        name: spelling.loosely(pattern) if spelling is not None else pattern
        for name, pattern in tables.get("guards", {}).items()
    }
    texts = [*lists.values()]
    for name, table in _groups_in(tables):
        kind, _, value = name.partition(".")
        kept = {part: told for part, told in table.items() if part != "because"}
        texts.append(plain(table["words"]))
        words = "\n".join(flat(line, lists) for line in _lines_of(texts[-1]))
        made.setdefault(kind, {})[value] = kept | {"words": words}
    if made["about"].get("heads"):
        known = chain.from_iterable(map(WORD.findall, texts))
        made["about"]["known"] = " ".join(sorted({*known}))
    return made


def _lines_of(words: str) -> list[str]:
    lines = map(str.strip, words.splitlines())
    return [line for line in lines if line and line[0] != "#"]


@cache
def phrasebook(language: str) -> Phrasebook:
    """The wordings of a language by its two letters; English where we have none."""
    file = PHRASES / f"{language}.toml"
    if not file.is_file():
        file = PHRASES / "en.toml"
    made = prepared(file)
    return Phrasebook(*made) if made else parsed(file)


def parsed(file: Path) -> Phrasebook:
    """The wordings of a phrase file, with nothing made ready."""
    import tomllib

    return Phrasebook(in_plain_spelling(tomllib.loads(file.read_text("utf-8"))))
