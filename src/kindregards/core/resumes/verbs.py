"""Verbs with which items of a resume begin."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb as one says it of now and of then, and what else may be said of then."""

    now: str
    then: str
    others: tuple[str, ...] = ()


@cache
def verbs() -> dict[str, Verb]:
    """Each known form, in small letters, with its verb."""
    text = files("kindregards.core.resumes").joinpath("verbs.toml").read_text("utf-8")
    known: dict[str, Verb] = {}
    for now, (then, *others) in tomllib.loads(text).items():
        verb = Verb(now, then, tuple(others))
        known.setdefault(now, verb)
        known[then] = verb
    return known
