"""How a letter addresses its reader: Sie or du, and by which name."""

from __future__ import annotations

import re

_FAMILIAR = re.compile(
    r"\b(?:du|dir|dich|dein(?:e[mnrs]?)?|ihr|euch|eure?[mnrs]?)\b", re.IGNORECASE
)
_FORMAL = re.compile(r"(?<![.!?:\n] )(?<!\n)\b(?:Sie|Ihnen|Ihre?[mnrs]?)\b")


def addresses_formally(text: str, language: str) -> bool:
    """Whether a letter says Sie to its reader; an answer should do the same.

    Only German letters tell; in other languages it is False. Where neither form is found a German
    letter counts as formal, which is the safer answer.
    """
    if language != "de":
        return False
    formal, familiar = len(_FORMAL.findall(text)), len(_FAMILIAR.findall(_FORMAL.sub("", text)))
    return formal >= familiar


def readdressed(text: str, before: str, after: str) -> str:
    """The letter with somebody else's name in its first line, whole or first name as it stood.

    `before` and `after` are names as people bear them. What greets nobody by that name stays.
    """
    first, apart, rest = text.partition("\n")
    for old, new in ((before, after), (before.split(" ")[0], after.split(" ")[0])):
        named = re.search(rf"\b{re.escape(old)}\b", first) if old else None
        if named:
            return f"{first[: named.start()]}{new}{first[named.end() :]}{apart}{rest}"
    return text
