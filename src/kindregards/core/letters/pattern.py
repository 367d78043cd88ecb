"""A wording written down compactly → a regular expression, and the words it cannot do without.

The language, one wording a line:
    decided not to (move|go) forward     words, one of several
    [very] sorry                         words that may be missing
    application* your .. position        any ending; up to four words between; `...` up to ten
    NOT                                  a list of the language's file, by its name in capitals
Blanks stand for any blanks and light punctuation, never for the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_BETWEEN = r"[^\w.!?]{1,4}"
_ANY_WORD = rf"(?:{_BETWEEN}\w(?:[^\s!?]*\w)?)"
_LIST = re.compile(r"\b[A-Z][A-Z_]+\b")
STEM = 5
"""Length of the stems that a word with any ending is looked up by."""


def expanded(wording: str, lists: Mapping[str, str]) -> str:
    """The wording with the names of lists replaced by what they hold."""
    for _ in range(3):
        if not _LIST.search(wording):
            break
        wording = _LIST.sub(lambda found: f"({lists[found.group()]})", wording)
    return wording


def compiled(wording: str) -> re.Pattern[str]:
    """The regular expression of an expanded wording, for lower-case text."""
    return re.compile(rf"(?<!\w){_sequence(wording)}(?!\w)")


def _sequence(wording: str) -> str:
    """The expression of places in a row; what may be missing takes its blank with it."""
    expression = ""
    for place in _split(wording, " "):
        if place in ("..", "..."):
            expression += f"{_ANY_WORD}{{0,{4 if place == '..' else 10}}}?"
        elif place.startswith("["):
            inner = _choice(place[1:-1])
            expression += f"(?:{_BETWEEN}{inner})?" if expression else f"(?:{inner}{_BETWEEN})?"
        else:
            lead = _BETWEEN if expression and not expression.endswith(f"{_BETWEEN})?") else ""
            expression += lead + _place(place)
    return expression


def _place(place: str) -> str:
    if "(" not in place:
        return re.escape(place).replace(r"\*", r"[\w'-]*")
    before, _, rest = place.partition("(")
    inner, _, after = rest.rpartition(")")
    return re.escape(before) + _choice(inner) + re.escape(after).replace(r"\*", r"[\w'-]*")


def _choice(options: str) -> str:
    return "(?:" + "|".join(_sequence(option) for option in _split(options, "|")) + ")"


def _split(wording: str, at: str) -> list[str]:
    """Split at a character, outside of brackets."""
    parts, depth, current = [], 0, ""
    for char in wording:
        depth += (char in "([") - (char in ")]")
        if char == at and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return [part for part in [*parts, current] if part]


def needed(wording: str) -> list[frozenset[str]]:
    """For each place of an expanded wording, words of which a text must hold one to match.

    The most telling place comes first: few long words.
    """
    places = [found for slot in _slots(wording) if (found := _words_of(slot))]
    return sorted(places, key=lambda words: (len(words) - 2 * min(map(len, words)), sorted(words)))


def _slots(wording: str) -> list[str]:
    """The places of a wording at its top level, without those that may be missing."""
    return [place for place in _split(wording, " ") if place[0] not in "[."]


def _words_of(slot: str) -> frozenset[str] | None:
    """The lookup words of one place; None where it can be filled by something not looked up."""
    if slot.count("(") > 1 or ("(" in slot and not slot.startswith("(")):
        return None
    words = [_longest(option) for option in slot.strip("()").split("|")]
    return frozenset(words) if all(words) else None


def _longest(option: str) -> str:
    option = re.sub(r"\[[^\]]*\]|\.\.+", " ", option)
    found = [_lookup(word) for word in option.replace("-", " ").split()]
    return max(found, key=len, default="")


def _lookup(word: str) -> str:
    """A word as a text's words are looked up: whole, or by its stem when any ending may follow."""
    if word.endswith("*"):
        return word[:STEM] + "*" if len(word) > STEM else ""
    return "" if "*" in word else word
