"""What comes back: questions answered badly twice, and the same gap, whoever asked.

It says that something came back and where, never why. Reasons that two employers state are in
`stated`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from kindregards.core.letters.known import small_words

BADLY_UP_TO = 2
"""An answer that went 1 or 2 of 5 went badly."""
TWICE = 2
# Two wordings are one question where they share so much of their telling words; "tell me about a
# conflict" and "tell me about a conflict with a colleague" do, two other questions hardly. [design]
_ALIKE = 0.6
_MOST_WORDS = 40
_SHORTEST = 2
_UNTOLD = 9
_ASKED = """
tell about describe explain example give time when would your you could can did have had what say
biggest greatest main largest erzahlen beschreiben beispiel nennen sie ihre ihr ihnen uns was wie
grosste grossten"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """Something that a debrief holds in the person's words: a question, or a gap.

    `went` is how the answer to a question went, 1 badly to 5 well; None where nothing is said, and
    for a gap. `debrief` is its number, `at` when it was thought through.
    """

    words: str
    employer: str
    debrief: int
    at: datetime
    went: int | None = None


@dataclass(frozen=True, slots=True)
class ComesBack:
    """The same question, or the same gap, in several debriefs; the earliest first."""

    times: tuple[Remembered, ...]

    @property
    def words(self) -> str:
        """As it was put last."""
        return self.times[-1].words

    @property
    def badly(self) -> int:
        """How often the answer went badly."""
        return sum(one.went is not None and one.went <= BADLY_UP_TO for one in self.times)

    @property
    def employers(self) -> int:
        """How many different employers it came from; those without a name count as one."""
        return len({one.employer.casefold() for one in self.times})

    @property
    def is_told(self) -> bool:
        """Whether it was answered badly twice, so that it is worth practice."""
        return self.badly >= TWICE


def questions_that_return(questions: Iterable[Remembered]) -> tuple[ComesBack, ...]:
    """Questions that came up in two debriefs or more, those answered badly most often first."""
    return _ordered(_groups(questions))


def gaps_that_return(gaps: Iterable[Remembered]) -> tuple[ComesBack, ...]:
    """The same gap in two debriefs or more, the most frequent first.

    Each line of a gap is taken by itself.
    """
    lines = [
        Remembered(line.strip(" -*•\t"), gap.employer, gap.debrief, gap.at)
        for gap in gaps
        for line in gap.words.splitlines()
        if line.strip(" -*•\t")
    ]
    return _ordered(_groups(lines))


def telling_words(words: str) -> frozenset[str]:
    """The words that tell one question from another, by their stems, without small words."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = re.findall(r"\w+", plain)[:_MOST_WORDS]
    kept = (word for word in found if len(word) >= _SHORTEST and word not in _say_nothing())
    return frozenset(map(_stem, kept))


def _stem(word: str) -> str:
    """A word without the endings that change with its place in a sentence."""
    for ending in ("ing", "es", "ed", "en", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


@cache
def _say_nothing() -> frozenset[str]:
    """Small words, and those that nearly every question begins with."""
    return small_words() | frozenset(_ASKED.split())


def _groups(remembered: Iterable[Remembered]) -> list[list[Remembered]]:
    """Those that are alike, put together over any in between; in any order the same."""
    groups: list[tuple[list[Remembered], list[frozenset[str]]]] = []
    for one in sorted(remembered, key=_place):
        words = telling_words(one.words)
        if not words:
            continue
        same = [group for group in groups if any(_alike(words, other) for other in group[1])]
        joined = ([one], [words])
        for members, known in same:
            joined[0].extend(members)
            joined[1].extend(known)
        groups = [group for group in groups if not any(group is one for one in same)] + [joined]
    return [sorted(members, key=_place) for members, _words in groups]


def _place(one: Remembered) -> tuple[datetime, int, int, str]:
    """When it was; in one debrief the answer that went worst comes first."""
    return one.at, one.debrief, one.went or _UNTOLD, one.words


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    shorter, longer = sorted((len(one), len(other)))
    return shared >= _ALIKE * shorter and shared >= _ALIKE / 2 * longer


def _ordered(groups: Sequence[Sequence[Remembered]]) -> tuple[ComesBack, ...]:
    """Those in two debriefs or more; the same words twice in one debrief are one time."""
    found = []
    for members in groups:
        once = {one.debrief: one for one in reversed(members)}
        if len(once) >= TWICE:
            found.append(ComesBack(tuple(sorted(once.values(), key=lambda one: one.at))))
    return tuple(sorted(found, key=lambda one: (-one.badly, -len(one.times), one.words)))
