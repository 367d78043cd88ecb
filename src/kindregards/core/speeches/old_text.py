"""Bytes that were fetched → the words of an old speech, as plain text without any markup."""

from __future__ import annotations

import re

from kindregards.core.letters.charsets import decoded
from kindregards.core.letters.markup import words_of

FEWEST_WORDS = 60
_BEGINS = re.compile(r"(?im)^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG.*$")
_ENDS = re.compile(r"(?im)^\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG.*$")
_MARKUP = re.compile(r"(?i)<(?:!doctype html|html|head|body)\b")
_MANY_LINES = re.compile(r"\n{3,}")
_NONE = "There are no words to read aloud at that address."


class NotAText(ValueError):
    """Raised for bytes that hold no text to read; its message is a sentence for a person."""


def text_of(raw: bytes) -> str:
    """The words of a page or of a file of text; paragraphs are parted by an empty line.

    What a library puts before and after the text is cut off. Raises NotAText with a sentence.
    """
    if b"\0" in raw[:4096] or raw[:5] == b"%PDF-":
        raise NotAText("That is a file of another sort and no text. A page or plain text can be.")
    text = decoded(raw, None, []).replace("\r\n", "\n").replace("\x00", "")
    if _MARKUP.search(text[:4096]):
        text = "\n\n".join(line for line in words_of(text, []).split("\n") if line.strip())
    text = _without_frame(text)
    if len(text.split()) < FEWEST_WORDS:
        raise NotAText(_NONE)
    return text


def _without_frame(text: str) -> str:
    begins, ends = _BEGINS.search(text), _ENDS.search(text)
    start = begins.end() if begins else 0
    end = ends.start() if ends and ends.start() > start else len(text)
    lines = "\n".join(line.rstrip() for line in text[start:end].split("\n"))
    return _MANY_LINES.sub("\n\n", lines).strip()
