"""The wordings of a language, from phrases/<language>.toml, found by the words they need."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kindregards.core.letters.pattern import STEM, compiled, expanded, needed


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


@dataclass(slots=True, eq=False)
class Wording:
    """One wording of a group; its expression is compiled when a text holds its words."""

    group: Group
    wording: str
    needs: list[frozenset[str]]
    _expression: re.Pattern[str] | None = field(default=None)

    @property
    def expression(self) -> re.Pattern[str]:
        """The compiled regular expression, made on first use."""
        if self._expression is None:
            self._expression = compiled(self.wording)
        return self._expression


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
        self._always: list[Wording] = []
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
                whole = expanded(line, self.lists)
                wording = Wording(group, whole, needed(whole))
                if wording.needs:
                    for word in wording.needs[0]:
                        self._by_word[word].append(wording)
                else:
                    self._always.append(wording)

    def candidates(self, words: set[str]) -> Iterator[Wording]:
        """The wordings whose needed words all stand among `words` (see `lookup_words`)."""
        yield from self._always
        by_word = self._by_word
        seen: set[Wording] = set()
        # Words in a fixed order: the same text gives the same order of what is found.
        for word in sorted(words & by_word.keys()):
            for wording in by_word[word]:
                if wording in seen:
                    continue
                seen.add(wording)
                if all(not words.isdisjoint(place) for place in wording.needs):
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

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def lookup_words(lowered: str) -> set[str]:
    """The words of a lower-case text, and the stems of the longer ones."""
    words = set(_WORD.findall(lowered))
    return words | {f"{word[:STEM]}*" for word in words if len(word) >= STEM}


@cache
def phrasebook(language: str) -> Phrasebook:
    """The wordings of a language by its two letters; English where we have none."""
    folder = Path(__file__).parent / "phrases"
    file = folder / f"{language}.toml"
    if not file.is_file():
        file = folder / "en.toml"
    return Phrasebook(tomllib.loads(file.read_text("utf-8")))
