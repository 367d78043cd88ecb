"""Whether lines that the person wrote speak of hurting themselves (R17).

Nothing is concluded from it but that a page offers somebody to talk to. The wordings are in
`self_harm.toml`, by language; all of them are looked for, since people write in several.
Letters from others are never looked at, and private writing cannot be.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


def speaks_of_self_harm(text: str) -> bool:
    """Whether one of the wordings stands in the text, in any spelling of its apostrophes."""
    plain = " ".join(text.replace("\u2019", "'").casefold().split())
    return bool(_wordings().search(_passed_over().sub(" ", plain))) if plain else False


@cache
def _wordings() -> re.Pattern[str]:
    told = _told()
    every = [wording for group in told["wordings"].values() for wording in group]
    return re.compile("|".join(rf"\b(?:{wording})" for wording in every))


@cache
def _passed_over() -> re.Pattern[str]:
    """What speaks of it as a field of work or as a figure of speech, and is passed over."""
    every = [wording for group in _told()["passed_over"].values() for wording in group]
    return re.compile("|".join(rf"\b(?:{wording})" for wording in every))


@cache
def _told() -> dict[str, dict[str, list[str]]]:
    text = (files("kindregards.core") / "self_harm.toml").read_text("utf-8")
    return tomllib.loads(text)
