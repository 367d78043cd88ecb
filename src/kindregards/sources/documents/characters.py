"""Characters that mean others: ligatures, soft hyphens, spaces of many kinds."""

from __future__ import annotations

import unicodedata

_GONE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff\x02\x00")
_LIGATURES = {
    char: unicodedata.normalize("NFKC", char)
    for char in map(chr, [*range(0xFB00, 0xFB07), 0x0132, 0x0133, 0x01C4, 0x01C5, 0x01C6])
}
_SPACES = frozenset(map(chr, [0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]))


def plain_char(char: str) -> str:
    """What a character of a file means: "" for one that is not seen, "fi" for its ligature."""
    if char < "\x7f":
        return "" if char < " " and char not in "\t\n\r" else char
    if char in _GONE:
        return ""
    return " " if char in _SPACES else _LIGATURES.get(char, char)


def plain_words(words: str) -> str:
    """Words as one types them: no ligatures, no soft hyphens, umlauts in one character."""
    if words.isascii() and words.isprintable():
        return words
    return unicodedata.normalize("NFC", "".join(map(plain_char, words)))
