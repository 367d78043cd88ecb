"""The wordings of a language, from phrases/<language>.toml, found by the words they need."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kindregards.core.letters.pattern import (
    Place,
    anchor,
    end_of_match,
    expanded,
    needed,
    places,
)
from kindregards.core.letters.spelling import Spelling
from kindregards.core.letters.tokens import STEM, STEMS


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

    @property
    def field(self) -> str:
        """The part of the name before the first dot: a kind, or the field it is evidence of."""
        return _parts_of(self.name)[0]

    @property
    def value(self) -> str:
        """The part of the name after the first dot."""
        return _parts_of(self.name)[1]


@cache
def _parts_of(name: str) -> tuple[str, str]:
    field, _, value = name.partition(".")
    return field, value


class Wording:
    """One wording of a group; its places are laid out when a text first holds its words.

    `needs` is empty until then.
    """

    __slots__ = ("_firsts", "_items", "_line", "_lists", "group", "needs")

    def __init__(self, group: Group, line: str, lists: Mapping[str, str]) -> None:
        self.group = group
        self.needs: list[frozenset[str]] = []
        self._line = line
        self._lists = lists
        self._items: tuple[Place, ...] = ()
        self._firsts: frozenset[str] = frozenset()

    def anchor(self) -> frozenset[str]:
        """Words of which a text must hold one before `needed` is worth working out."""
        return anchor(self._line, self._lists)

    def needed(self) -> list[frozenset[str]]:
        """Words of which a text must hold one, for each place; the most telling place first."""
        return needed(self._line, self._lists)

    def found_in(self, run: Run) -> Iterator[tuple[int, int]]:
        """First word and the word after the last, for each match in a run, none overlapping."""
        if not self._items:
            self._items = places(expanded(self._line, self._lists))
            self._firsts = _first_words(self._items)
        items, words, after = self._items, run.words, 0
        for at in run.places_of(self._firsts):
            if at >= after:
                end = end_of_match(items, 0, words, at)
                if end > at:
                    yield at, end
                    after = end


def _first_words(items: tuple[Place, ...]) -> frozenset[str]:
    """The words and stems that a match can begin with."""
    firsts: list[str] = []
    for item in items:
        firsts += [*item.words, *item.phrases]
        firsts += [f"{stem[:STEM]}*" for stem in item.stems]
        if not item.optional:
            break
    return frozenset(firsts)


class Run:
    """Words that follow one another with little between them.

    No wording reaches from one run into the next. `lookups` are its words and their stems.
    """

    __slots__ = ("_places", "lookups", "words")

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.lookups = frozenset(words).union(map(STEMS.__getitem__, words))
        self._places: dict[str, list[int]] = {}

    def places_of(self, firsts: frozenset[str]) -> list[int]:
        """The places, in order, of the words and stems given."""
        here = firsts & self.lookups
        if not here:
            return []
        places = self._places or self._laid_out()
        if len(here) == 1:
            return places[next(iter(here))]
        return sorted({at for word in here for at in places[word]})

    def _laid_out(self) -> dict[str, list[int]]:
        """The places of all its words and stems; most runs are never asked for them."""
        places = self._places
        for at, word in enumerate(self.words):
            stem = STEMS[word]
            for one in (word,) if stem is word else (word, stem):
                if one in places:
                    places[one].append(at)
                else:
                    places[one] = [at]
        return places


_Sought = tuple[frozenset[str], list[frozenset[str]], Wording]
"""A wording, with what it needs besides the word it is kept by: the next place, and the others."""


class Phrasebook:
    """All wordings of one language."""

    def __init__(self, data: dict[str, Any]) -> None:
        about = data.get("about", {})
        self._texts: list[str] = []
        language = about.get("language", "en")
        # English has nothing to make plain.
        self.spelling = (
            Spelling(language, about.get("heads", ""), self._texts) if language != "en" else None
        )
        self.lists: dict[str, str] = {
            name: self._plain(words) for name, words in data.get("lists", {}).items()
        }
        self._texts.extend(self.lists.values())
        self.marks = {
            name: frozenset(f"{words} {self._plain(words)}".split())
            for name, words in data.get("marks", {}).items()
        }
        self.names: dict[str, str] = data.get("names", {})
        self.groups: dict[str, Group] = {}
        self.guards: dict[str, re.Pattern[str]] = {
            name: re.compile(
                self.spelling.loosely(pattern) if self.spelling is not None else pattern
            )
            for name, pattern in data.get("guards", {}).items()
        }
        self._later: dict[str, list[Wording]] = defaultdict(list)
        self._by_word: dict[str, list[_Sought]] = defaultdict(list)
        self.without_lookup: list[Wording] = []
        # Mail repeats itself: the sentences of forms, footers and greetings come again.
        self.found_in = lru_cache(maxsize=16384)(self._found_in)
        for kind, named in data.items():
            if kind not in _NOT_GROUPS:
                for name, table in named.items():
                    self._add(f"{kind}.{name}", table)

    def _plain(self, words: str) -> str:
        return self.spelling.plain(words) if self.spelling is not None else words

    def _add(self, name: str, table: dict[str, Any]) -> None:
        spared = table.get("spared_by", _SPARED.get(name.split(".")[0], ()))
        group = Group(name, table.get("why", ""), float(table.get("weight", 0)), tuple(spared))
        self.groups[name] = group
        words = self._plain(table["words"])
        self._texts.append(words)
        for line in words.splitlines():
            line = line.strip()
            if line and line[0] != "#":
                wording = Wording(group, line, self.lists)
                anchors = wording.anchor()
                for word in anchors:
                    self._later[word].append(wording)
                if not anchors:
                    self.without_lookup.append(wording)

    def _lay_out(self, words: Set[str]) -> None:
        """Keep the wordings that wait for these words by the words that tell most of each.

        Two threads may do it at once: they wait in their old place until they are in the new one.
        """
        for word in words:
            for wording in self._later.get(word, ()):
                if not wording.needs:
                    needs = wording.needed()
                    first, *others = needs
                    sought = (others[0] if others else first, others[1:], wording)
                    for rare in first:
                        self._by_word[rare].append(sought)
                    wording.needs = needs
            self._later.pop(word, None)

    def _found_in(self, words: tuple[str, ...]) -> tuple[tuple[Group, int, int], ...]:
        """The groups whose wordings a run holds: first word, and the word after the last."""
        spelling = self.spelling
        run = Run(tuple(map(spelling.__getitem__, words)) if spelling is not None else words)
        return tuple(
            (wording.group, first, after)
            for wording in self.candidates(run.lookups)
            for first, after in wording.found_in(run)
        )

    def candidates(self, lookups: frozenset[str]) -> list[Wording]:
        """The wordings whose needed words all stand among the words and stems of a run."""
        self._lay_out(lookups & self._later.keys())
        by_word, missing = self._by_word, lookups.isdisjoint
        found: dict[Wording, None] = dict.fromkeys(self.without_lookup)
        for word in lookups & by_word.keys():
            for second, others, wording in by_word[word]:
                if not (missing(second) or (others and any(map(missing, others)))):
                    found[wording] = None
        return list(found)


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


@cache
def phrasebook(language: str) -> Phrasebook:
    """The wordings of a language by its two letters; English where we have none."""
    folder = Path(__file__).parent / "phrases"
    file = folder / f"{language}.toml"
    if not file.is_file():
        file = folder / "en.toml"
    return Phrasebook(tomllib.loads(file.read_text("utf-8")))
