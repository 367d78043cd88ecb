"""A few habits of the person's own letters, and drafts that follow them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from kindregards.core.letters.language import language_of
from kindregards.core.letters.tokens import lookup_words
from kindregards.core.outreach.prose import Prose

# Greetings that fit any reader. "Liebe" and "Sehr geehrter" need to know who reads.
_GREETINGS = {
    "en": ("Hi", "Hello", "Dear", "Hey", "Good morning"),
    "de": ("Hallo", "Guten Tag", "Hi", "Moin", "Servus", "Guten Morgen"),
}
_SHORTEST, _LONGEST = 50, 110
"""Words of a request that habits may bring it to (R3)."""
_SHORT_FORMS = {
    "I am": "I'm",
    "I will": "I'll",
    "I would": "I'd",
    "It is": "It's",
    "it is": "it's",
    "That is": "That's",
    "that is": "that's",
    "There is": "There's",
    "there is": "there's",
    "do not": "don't",
    "does not": "doesn't",
    "cannot": "can't",
}
_CONTRACTED = re.compile(
    r"\b(?:I'(?:m|ll|d|ve)|\w+n't|(?:it|that|there|what|you|we|they)'\w{1,2})\b", re.I
)


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody writes in one language; what the samples do not show is empty, None or 0.

    `greeting` is the word before the name, `closing` the line before it, `words` the usual length.
    """

    greeting: str = ""
    closing: str = ""
    contracts: bool | None = None
    words: int = 0


NO_HABITS = Habits()


def habits_of(samples: Iterable[str], language: str) -> Habits:
    """What the samples written in `language` have in common; empty Habits where there are none."""
    letters = [Prose(text.strip()) for text in samples if _is_in(text, language)]
    if not letters:
        return Habits()
    return Habits(
        greeting=_commonest(_greeting(letter, language) for letter in letters),
        closing=_commonest(
            letter.closing.text.strip() if letter.closing else "" for letter in letters
        ),
        contracts=_contracts(letters) if language == "en" else None,
        words=round(median(letter.words for letter in letters)),
    )


def aimed(aim: tuple[int, int], habits: Habits) -> tuple[int, int]:
    """The length to aim at, nearer to the person's own where that is a good length (R3)."""
    if not _SHORTEST <= habits.words <= _LONGEST:
        return aim
    return max(_SHORTEST, habits.words - 10), min(_LONGEST, habits.words + 10)


def with_habits(text: str, habits: Habits, language: str) -> str:
    """The draft's text with the person's greeting, closing and short forms."""
    text = _greeted(text, habits.greeting, language)
    if habits.closing:
        closing = Prose(text).closing
        if closing is not None:
            text = text[: closing.start] + habits.closing + text[closing.end :]
    if habits.contracts is None:
        return text
    for long, short in _SHORT_FORMS.items():
        before, after = (long, short) if habits.contracts else (short, long)
        text = re.sub(rf"\b{before}\b", after, text)
    return text


def _is_in(text: str, language: str) -> bool:
    return bool(text.strip()) and language_of(lookup_words(text.lower())) == language


def _greeting(letter: Prose, language: str) -> str:
    told = letter.greeting.text if letter.greeting else ""
    known = _GREETINGS.get(language, ())
    return next((one for one in known if re.match(rf"{one}\b", told, re.IGNORECASE)), "")


def _greeted(text: str, greeting: str, language: str) -> str:
    first = "|".join(_GREETINGS.get(language, ()))
    if not greeting or not first:
        return text
    return re.sub(rf"\A(?:{first})(?= )", greeting, text)


def _commonest(told: Iterable[str]) -> str:
    counted = Counter(filter(None, told))
    return counted.most_common(1)[0][0] if counted else ""


def _contracts(letters: Sequence[Prose]) -> bool | None:
    short = sum(len(_CONTRACTED.findall(letter.folded)) for letter in letters)
    long = sum(
        len(re.findall(rf"\b{one}\b", letter.folded)) for letter in letters for one in _SHORT_FORMS
    )
    if short + long < _TELLING:
        return None
    return short >= long


_TELLING = 2
"""Forms, short or long, below which nothing is made of them."""
