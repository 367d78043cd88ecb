"""The catalogue: talks and old speeches as facts (catalogue.toml), and our own pieces.

Of talks there is nothing here but facts and an address; of old speeches neither. Both open or are
fetched only when the person presses for it (R31).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from kindregards.core.speeches.speech import (
    Direction,
    Evening,
    Speech,
    SpeechKind,
    minutes_aloud,
)

LANGUAGES = ("en", "de")


@cache
def catalogue() -> tuple[Speech, ...]:
    """Every talk, old speech and piece of our own, in the order of their files."""
    told = tomllib.loads((files("kindregards.core.speeches") / "catalogue.toml").read_text("utf-8"))
    talks = [_listed(one, SpeechKind.TALK, told["talks"]) for one in told["talk"]]
    texts = [_listed(one, SpeechKind.TEXT, told["texts"]) for one in told["text"]]
    return (*pieces(), *talks, *texts)


@cache
def pieces() -> tuple[Speech, ...]:
    """Our own pieces, of every language."""
    folder = files("kindregards.core.speeches") / "pieces"
    return tuple(
        _piece(one, language)
        for language in LANGUAGES
        for one in tomllib.loads((folder / f"{language}.toml").read_text("utf-8"))["piece"]
    )


def speech_of(key: str) -> Speech | None:
    """The Speech of the catalogue that has this key."""
    return next((one for one in catalogue() if one.key == key), None)


def _listed(one: dict[str, Any], kind: SpeechKind, shared: dict[str, Any]) -> Speech:
    minutes, seconds = divmod(one.get("seconds", 0), 60)
    return Speech(
        key=f"{kind}:{one['key']}",
        kind=kind,
        title=one["title"],
        speaker=one["speaker"],
        year=one["year"],
        about=one["about"],
        direction=Direction(one["direction"]),
        minutes=minutes + seconds / 60 if one.get("seconds") else None,
        address=one.get("address") or shared["address"].format(key=one["key"]),
        rights=one.get("rights") or shared["rights"],
        evenings=frozenset(map(Evening, one.get("evenings", ()))),
        is_first=one.get("first", False),
    )


def _piece(one: dict[str, Any], language: str) -> Speech:
    text = one["text"].strip()
    return Speech(
        key=f"own:{one['key']}-{language}",
        kind=SpeechKind.OWN,
        title=one["title"],
        about=one["about"],
        direction=Direction(one["direction"]),
        minutes=minutes_aloud(text),
        language=language,
        evenings=frozenset(map(Evening, one.get("evenings", ()))),
        is_first=one.get("first", False),
        text=text,
    )
