"""The wordings of a language, from phrases/<language>.toml, found by the words they need."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kindregards.core.letters.pattern import (
    STEM,
    Place,
    end_of_match,
    expanded,
    needed,
    places,
)


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
        return self.name.split(".", 1)[0]

    @property
    def value(self) -> str:
        """The part of the name after the first dot."""
        return self.name.split(".", 1)[1]


class Wording:
    """One wording of a group; its places are laid out when a text first holds its words."""

    __slots__ = ("_firsts", "_items", "group", "needs", "wording")

    def __init__(self, group: Group, wording: str) -> None:
        self.group = group
        self.wording = wording
        self.needs = needed(wording)
        self._items: tuple[Place, ...] = ()
        self._firsts: frozenset[str] = frozenset()

    def found_in(self, page: Tokens) -> Iterator[tuple[int, int]]:
        """First token and the token after the last, for each match, none overlapping."""
        if not self._items:
            self._items = places(self.wording)
            self._firsts = _first_words(self._items)
        positions, words, joined = page.positions, page.words, page.joined
        items, after = self._items, 0
        for first in sorted(
            {at for word in self._firsts & positions.keys() for at in positions[word]}
        ):
            if first < after:
                continue
            end = end_of_match(items, 0, words, joined, first, first)
            if end > first:
                yield first, end
                after = end


def _first_words(items: tuple[Place, ...]) -> frozenset[str]:
    """The words and stems that a match can begin with."""
    firsts: list[str] = []
    for item in items:
        firsts += [*item.words, *(phrase[0] for phrase in item.phrases)]
        firsts += [f"{stem[:STEM]}*" for stem in item.stems]
        if not item.optional:
            break
    return frozenset(firsts)


# A word, and what stands between it and the next where that is light.
_WORD = re.compile(r"([^\W_]+(?:'[^\W_]+)*)([^\w.!?]{1,4}(?=[^\W_]))?")


class Tokens:
    """The words of a lower-case text: where each stands, and which follow one another."""

    __slots__ = ("ends", "joined", "positions", "starts", "words")

    def __init__(self, lowered: str) -> None:
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.joined: list[bool] = []
        self.positions: dict[str, list[int]] = {}
        positions = self.positions
        for number, found in enumerate(_WORD.finditer(lowered)):
            word = found[1]
            self.words.append(word)
            start, end = found.span(1)
            self.starts.append(start)
            self.ends.append(end)
            self.joined.append(found[2] is not None)
            if word in positions:
                positions[word].append(number)
            else:
                positions[word] = [number]
            if len(word) >= STEM:
                positions.setdefault(word[:STEM] + "*", []).append(number)


class Phrasebook:
    """All wordings of one language."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.lists: dict[str, str] = data.get("lists", {})
        self.marks = {
            name: frozenset(words.split()) for name, words in data.get("marks", {}).items()
        }
        self.names: dict[str, str] = data.get("names", {})
        self.groups: dict[str, Group] = {}
        self.guards: dict[str, re.Pattern[str]] = {
            name: re.compile(pattern) for name, pattern in data.get("guards", {}).items()
        }
        self._by_word: dict[str, list[Wording]] = defaultdict(list)
        self.without_lookup: list[Wording] = []
        for kind, named in data.items():
            if kind not in _NOT_GROUPS:
                for name, table in named.items():
                    self._add(f"{kind}.{name}", table)

    def _add(self, name: str, table: dict[str, Any]) -> None:
        spared = table.get("spared_by", _SPARED.get(name.split(".")[0], ()))
        group = Group(name, table.get("why", ""), float(table.get("weight", 0)), tuple(spared))
        self.groups[name] = group
        for line in table["words"].splitlines():
            line = line.strip()
            if line and line[0] != "#":
                wording = Wording(group, expanded(line, self.lists))
                if wording.needs:
                    for word in wording.needs[0]:
                        self._by_word[word].append(wording)
                else:
                    self.without_lookup.append(wording)

    def candidates(self, words: Set[str]) -> Iterator[Wording]:
        """The wordings whose needed words all stand among `words` (see `lookup_words`)."""
        yield from self.without_lookup
        by_word = self._by_word
        seen: set[Wording] = set()
        # Words in a fixed order: the same text gives the same order of what is found.
        for word in sorted(words & by_word.keys()):
            for wording in by_word[word]:
                if wording in seen:
                    continue
                seen.add(wording)
                for place in wording.needs[1:4]:
                    if words.isdisjoint(place):
                        break
                else:
                    yield wording


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


def lookup_words(lowered: str) -> set[str]:
    """The words of a lower-case text, and the stems of the longer ones."""
    return set(Tokens(lowered).positions)


@cache
def phrasebook(language: str) -> Phrasebook:
    """The wordings of a language by its two letters; English where we have none."""
    folder = Path(__file__).parent / "phrases"
    file = folder / f"{language}.toml"
    if not file.is_file():
        file = folder / "en.toml"
    return Phrasebook(tomllib.loads(file.read_text("utf-8")))
