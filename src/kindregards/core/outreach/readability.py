"""How hard a letter is to read: a school grade, by a measure that fits its language."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are two syllables: "idea", "create", "curious", but not "social" or "people".
_HIATUS = re.compile(r"(?<![tscgx])i[aou]|(?<!p)eo|(?<!q)ua(?=[lt])|ying|uing|creat|idea|react")
_GERMAN_VOWELS = re.compile(r"aa|ee|oo|ai|ei|au|eu|äu|ie|ui(?=[^aeiou])|oi|[aeiouyäöü]")


def syllables(word: str, language: str = "en") -> int:
    """About how many syllables `word` has, at least one; German by its own vowels."""
    letters = word.lower()
    if language == "de":
        return max(1, len(_GERMAN_VOWELS.findall(letters)))
    bare = re.sub(r"[^a-z]", "", letters)
    count = len(_ENGLISH_VOWELS.findall(bare))
    if re.search(r"[^aeiouyl]e$|[aeiouy]le$", bare) or _is_silent_ending(bare):
        count -= 1
    count += len(_HIATUS.findall(bare))
    return max(1, count)


def _is_silent_ending(bare: str) -> bool:
    return bool(re.search(r"[^aeiouytd]ed$|[^aeiouysxzcg]es$", bare))


def grade(words: Sequence[str], sentences: int, language: str) -> float | None:
    """The school grade at which the words can be read, or None where no measure fits.

    English: Flesch-Kincaid (Kincaid et al. 1975). German: the first Wiener Sachtextformel
    (Bamberger and Vanecek 1984), made for German, whose long words Flesch-Kincaid would take for
    hard ones. Other languages and letters under 30 words: None, since neither says anything there.
    """
    if len(words) < 30 or sentences == 0 or language not in ("de", "en"):
        return None
    counts = [syllables(word, language) for word in words]
    per_sentence = len(words) / sentences
    if language == "en":
        return 0.39 * per_sentence + 11.8 * sum(counts) / len(words) - 15.59
    return _vienna(words, counts, per_sentence)


def _vienna(words: Sequence[str], counts: Sequence[int], per_sentence: float) -> float:
    share = 100 / len(words)
    many = share * sum(count >= 3 for count in counts)
    single = share * sum(count == 1 for count in counts)
    long = share * sum(len(word) > 6 for word in words)
    return 0.1935 * many + 0.1672 * per_sentence + 0.1297 * long - 0.0327 * single - 0.875
