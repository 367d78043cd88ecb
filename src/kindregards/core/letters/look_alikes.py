"""Domain names made to be taken for another one: foreign letters, digits, one letter off."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from kindregards.core.letters.known import known_words

SHORTEST = 7
"""Letters of a name from which on one letter of difference is no accident."""
SHORTEST_SEEN = 6
"""The same for names that look alike letter by letter."""
_LOOK_LIKE = {
    "a": "аɑα", "b": "вЬ", "c": "сϲ", "d": "ԁđ", "e": "еє℮", "h": "һнհ", "i": "іıι", "j": "јϳ",
    "k": "кκ", "l": "łӏ", "m": "м", "n": "ոпη", "o": "оοօø", "p": "рρ", "q": "ԛ", "r": "г",
    "s": "ѕ", "t": "тτ", "u": "ցυս", "v": "νѵ", "w": "ԝωш", "x": "хχ", "y": "уү", "z": "ᴢ",
}  # fmt: skip
_FOREIGN = {foreign: latin for latin, row in _LOOK_LIKE.items() for foreign in row}
"""Letters of other alphabets, and Latin ones with a stroke, by the Latin letter they look like."""
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_DIGITS = str.maketrans("0135", "oles")


def imitated(site: str, real: Iterable[str] = ()) -> str:
    """The name that a site's name imitates, of the well-known ones and `real`; "" for none.

    `site` is a label of a domain (`xn--…` included), and never imitates itself.
    """
    shown = shown_label(site)
    known = known_words("senders", "imitated")
    names = [*real, *known]
    if not shown or shown in names or _is_known(shown):
        return ""
    looks = _looks(shown)
    for name in names:
        if looks == _looks(name) and (len(name) >= SHORTEST_SEEN or not shown.isalpha()):
            return name
    if not shown.isascii():
        return ""  # a name in one's own alphabet, such as müller
    return next((name for name in names if _one_letter_off(shown, name)), "")


def _is_known(site: str) -> bool:
    return any(site in known_words("senders", of) for of in ("systems", "boards", "providers"))


def mixes_alphabets(site: str) -> bool:
    """Whether a name mixes Latin with Greek or Cyrillic letters, which no honest one does."""
    alphabets = {
        unicodedata.name(char, "?").split()[0] for char in shown_label(site) if char.isalpha()
    }
    return "LATIN" in alphabets and bool(alphabets & {"CYRILLIC", "GREEK", "ARMENIAN"})


def shown_label(label: str) -> str:
    """A label as people see it: `xn--` decoded, lower case."""
    lowered = label.lower()
    if not lowered.startswith("xn--"):
        return unicodedata.normalize("NFC", lowered)
    try:
        return lowered[4:].encode("ascii").decode("punycode").lower()
    except (UnicodeError, ValueError):
        return lowered


def _looks(label: str) -> str:
    """What a name looks like at a glance; two that look the same give the same."""
    latin = "".join(_FOREIGN.get(char, char) for char in label).translate(_DIGITS)
    text = "".join(char for char in unicodedata.normalize("NFD", latin) if char.isascii())
    for pair, single in _PAIRS:
        text = text.replace(pair, single)
    return text.replace("i", "l")


def _one_letter_off(shown: str, name: str) -> bool:
    """Whether one letter was changed, left out, doubled, or two changed places.

    A plural, a hyphen and another number are what honest names differ by.
    """
    if min(len(shown), len(name)) < SHORTEST or abs(len(shown) - len(name)) > 1:
        return False
    if not (shown.isalpha() and name.isalpha()) or shown.rstrip("s") == name.rstrip("s"):
        return False
    start = next((at for at, (a, b) in enumerate(zip(shown, name, strict=False)) if a != b), None)
    if start is None:
        return False  # one goes on where the other ends: a longer word
    rest, other = shown[start:], name[start:]
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    changed = rest[1:] == other[1:]
    return swapped or changed or rest[1:] == other or rest == other[1:]
