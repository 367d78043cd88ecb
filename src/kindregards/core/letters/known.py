"""Lists of names and small words that hold for all letters, from known.toml."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def known() -> dict[str, dict[str, str]]:
    """All lists, by section and name, each as words with blanks between them."""
    file = Path(__file__).parent / "known.toml"
    return tomllib.loads(file.read_text("utf-8"))


@cache
def known_words(section: str, name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(known()[section][name].split())


@cache
def small_words() -> frozenset[str]:
    """The commonest small words of all languages."""
    return frozenset().union(*(known_words("languages", name) for name in known()["languages"]))


@cache
def fitted() -> dict[str, Any]:
    """What benchmarks/fit_names.py wrote: common words, and the weights of features of names."""
    file = Path(__file__).parent / "names.json"
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


@cache
def common_words() -> frozenset[str]:
    """Words that many letters hold; names are made of others."""
    return frozenset(fitted()["common"].split())
