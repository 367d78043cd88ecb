"""The wordings of a language, from phrases/<language>.toml, found by the words they need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as kept
from functools import cache, lru_cache
from itertools import chain, compress, count
from pathlib import Path
from typing import Any

from kindregards.core.letters.pattern import (
    Match,
    expanded,
    match_of,
    needed,
    places,
)
from kindregards.core.letters.prepared import PHRASES, prepared
from kindregards.core.letters.sieve import Needs, Sieve, needs_of
from kindregards.core.letters.spelling import WORD, Spelling


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
    """One wording of a group; its places are laid out when a run may first hold it."""

    __slots__ = ("_line", "_lists", "_match", "_stems", "_words", "group")

    def __init__(self, group: Group, line: str, lists: Mapping[str, str]) -> None:
        self.group = group
        self._line = line
        self._lists = lists
        self._match: Match | None = None

    def needs(self) -> list[frozenset[str]]:
        """What a run must hold one of, for each place that must be filled."""
        told = places(expanded(self._line, self._lists))
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
        laid_out = places(expanded(self._line, self._lists))
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
        self.lists: dict[str, str] = tables.get("lists", {})
        self.marks = {
            name: frozenset(words.split()) for name, words in tables.get("marks", {}).items()
        }
        self.names: dict[str, str] = tables.get("names", {})
        self.groups: dict[str, Group] = {}
        self.wordings: list[Wording] = []
        for name, table in _groups_in(tables):
            self._add(name, table)
        self.needs = needs or needs_of([wording.needs() for wording in self.wordings])
        self._sieve = Sieve(len(self.wordings), self.needs)
        self.guard = cache(self._compiled)
        """The expression that takes the force from wordings, where the language has that one."""
        # Mail repeats itself: the sentences of forms, footers and greetings come again.
        self.found_in = lru_cache(maxsize=16384)(self._found_in)

    def _add(self, name: str, table: dict[str, Any]) -> None:
        spared = table.get("spared_by", _SPARED.get(name.split(".")[0], ()))
        group = Group(name, table.get("why", ""), float(table.get("weight", 0)), tuple(spared))
        self.groups[name] = group
        for line in map(str.strip, table["words"].splitlines()):
            if line and line[0] != "#":
                self.wordings.append(Wording(group, line, self.lists))

    def _compiled(self, name: str) -> re.Pattern[str] | None:
        pattern = self.tables.get("guards", {}).get(name)
        return re.compile(pattern) if pattern else None

    def _found_in(self, words: tuple[str, ...]) -> tuple[tuple[Group, int, int], ...]:
        """The groups whose wordings a run holds: first word, and the word after the last.

        No wording reaches from one run into the next.
        """
        if self.spelling is not None:
            words = tuple(map(self.spelling.__getitem__, words))
        run = (*words, "")
        wordings = self.wordings
        return tuple(
            (wordings[number].group, first, after)
            for number in self._sieve.wordings_for(words)
            for first, after in wordings[number].found_in(run)
        )


_NOT_GROUPS = ("about", "lists", "guards", "marks", "names")
_SPARED: dict[str, tuple[str, ...]] = {
    "rejection": ("condition",),
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
    """The tables of a phrase file with their wordings, lists, marks and guards made plain.

    What is there besides is not needed for reading and left out.
    """
    spelling = _spelling_of(tables)
    plain = spelling.plain if spelling is not None else str
    made: Tables = {"about": dict(tables.get("about", {})), "names": tables.get("names", {})}
    made["lists"] = {name: plain(words) for name, words in tables.get("lists", {}).items()}
    made["marks"] = {
        name: f"{words} {plain(words)}" for name, words in tables.get("marks", {}).items()
    }
    made["guards"] = {
        name: spelling.loosely(pattern) if spelling is not None else pattern
        for name, pattern in tables.get("guards", {}).items()
    }
    for name, table in _groups_in(tables):
        kind, _, value = name.partition(".")
        kept = {part: told for part, told in table.items() if part != "because"}
        made.setdefault(kind, {})[value] = kept | {"words": plain(table["words"])}
    if made["about"].get("heads"):
        made["about"]["known"] = " ".join(sorted(_words_in(made)))
    return made


def _words_in(tables: Tables) -> set[str]:
    texts = [*tables["lists"].values(), *(table["words"] for _, table in _groups_in(tables))]
    return set(chain.from_iterable(map(WORD.findall, texts)))


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
