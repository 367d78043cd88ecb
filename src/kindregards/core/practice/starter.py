"""Questions to begin with, of our own writing; they are not what anybody was asked."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kindregards.core.practice import QuestionKind

GENERAL = "general"


@dataclass(frozen=True, slots=True)
class StarterQuestion:
    """A question, its kind, and what it wants to find out."""

    text: str
    kind: QuestionKind
    wants: str


@dataclass(frozen=True, slots=True)
class Family:
    """The questions of one family of roles; the first is for every role."""

    name: str
    title: str
    questions: Sequence[StarterQuestion]


@cache
def starter_set() -> Sequence[Family]:
    """All families, the general one first."""
    text = (resources.files(__package__) / "questions.toml").read_text("utf-8")
    return tuple(_family(name, told) for name, told in tomllib.loads(text).items())


def _family(name: str, told: dict[str, object]) -> Family:
    rows = told["questions"]
    assert isinstance(rows, list)
    questions = tuple(
        StarterQuestion(one["asks"], QuestionKind(one["kind"]), one["wants"]) for one in rows
    )
    return Family(name, str(told["title"]), questions)
