"""Words that stand in a text with a few letters changed.

The bit-parallel way of G. Myers (Journal of the ACM 46, 1999): a step for each character of the
text, whatever the length of the words.
"""

from __future__ import annotations

LONGEST = 2_000  # characters of words that are looked for at all


def nearest(words: str, text: str, *, most: int, around: int) -> tuple[int, int] | None:
    """The part of the text that is the words with the fewest letters changed, at most `most`.

    Gives its start and end. Of several, the nearest to `around`. None where there is none.
    """
    if not words or len(words) > LONGEST or most < 1:
        return None
    ends = list(_ends(words, text, most))
    if not ends:
        return None
    fewest = min(changed for _end, changed in ends)
    end = min(
        (end for end, changed in ends if changed == fewest),
        key=lambda end: abs(end - len(words) - around),
    )
    return _start(words, text, end, fewest), end


def _start(words: str, text: str, end: int, changed: int) -> int:
    """Where the part begins that ends there: the same search, from behind."""
    low = max(0, end - len(words) - changed)
    backwards = text[low:end][::-1]
    lengths = [length for length, cost in _ends(words[::-1], backwards, changed, anchored=True)]
    return end - min(lengths, key=lambda length: abs(length - len(words)), default=len(words))


def _ends(words: str, text: str, most: int, *, anchored: bool = False) -> list[tuple[int, int]]:
    """Where parts end that are nearly the words, each with how many letters changed.

    `anchored` is for parts that begin where the text begins.
    """
    size = len(words)
    last, every = 1 << (size - 1), (1 << size) - 1
    places: dict[str, int] = {}
    for at, letter in enumerate(words):
        places[letter] = places.get(letter, 0) | 1 << at
    plus, minus, changed = every, 0, size
    found = []
    for at, letter in enumerate(text, 1):
        same = places.get(letter, 0)
        down = same | minus
        across = (((same & plus) + plus) ^ plus) | same
        up = minus | ~(across | plus) & every
        less = plus & across
        changed += bool(up & last) - bool(less & last)
        up = up << 1 | anchored
        less <<= 1
        plus = (less | ~(down | up)) & every
        minus = up & down & every
        if changed <= most:
            found.append((at, changed))
    return found
