"""Which roles belong together: the family of a role, by the noun that its name ends in."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from kindregards.core.letters.known import known_words

_AFTER_THE_NAME = re.compile(r"\s[-–—|]\s|[,;/(\[:]|\s(?:at|bei|for|für|im|in|of|with|mit)\s", re.I)
_LONG = 7
"""Letters from which on a noun may end a longer word, as in "datenanalyst"."""
_SMALL = 3
_WORDS = re.compile(r"[^\W\d_]+(?:[+#]+)?")
_GENDERS = re.compile(r"[*:_](?=in(?:nen)?\b)", re.I)


@lru_cache(maxsize=4096)
def family_of(role: str) -> str:
    """What kind of role a name is of, in lower case; "" where it does not say.

    By its noun, whatever level or place stands beside it: "Senior Data Analyst (m/f/d), Bremen" and
    "Analyst" are one family. Where the noun says little, the word before it belongs to it.
    """
    told = _GENDERS.sub("", unicodedata.normalize("NFC", role)).casefold()
    name, *after = _AFTER_THE_NAME.split(told.strip(), maxsplit=1)
    for part, rest in ((name, " ".join(after)), (told, "")):
        words = [word for word in _WORDS.findall(part) if word not in _listed("levels")]
        for place in range(len(words) - 1, -1, -1):
            if noun := _noun_in(words[place]):
                return _named(words, place, noun, rest)
    return ""


def _named(words: list[str], place: int, noun: str, rest: str) -> str:
    """The family by a noun at its place; `rest` is what stands after the name of the role."""
    family = _without_gender(noun)
    if family not in _listed("say_little"):
        return family
    beside = [words[place].removesuffix(noun), words[place - 1] if place else ""]
    beside += [word for word in _WORDS.findall(rest) if len(word) > _SMALL][:1]
    return f"{next(filter(None, beside), '')} {family}".strip()


def _noun_in(word: str) -> str:
    """The noun of roles that a word ends in, the shortest of several; "" for none."""
    nouns = known_words("names", "role_nouns")
    for length in range(_LONG, len(word)):
        if word[-length:] in nouns:
            return word[-length:]
    return word if word in nouns else ""


def _without_gender(noun: str) -> str:
    """German nouns for women and men as one."""
    for ending in ("innen", "in"):
        shorter = noun.removesuffix(ending)
        if shorter != noun and _noun_in(shorter) == shorter:
            return shorter
    return noun


@cache
def _listed(name: str) -> frozenset[str]:
    text = files("kindregards.core.diagnosis").joinpath("families.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)[name].split())
