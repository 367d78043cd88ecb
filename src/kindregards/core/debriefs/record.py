"""A debrief as a value: what was written, as it goes into a file and comes out of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kindregards.core.debriefs.prompts import Prompt

# How an answer went is told from 1, badly, to 5, very well; up to here it is worth practicing.
BADLY = 2


class OtherReason(StrEnum):
    """Why somebody is turned down that has nothing to do with them."""

    FROM_INSIDE = "from_inside"
    KNOWN_BEFORE = "known_before"
    BUDGET = "budget"
    ROLE_CHANGED = "role_changed"
    EARLIER = "earlier"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked, on one line; how the answer went, 1 to 5; what was said."""

    text: str
    went: int | None = None
    said: str = ""
    to_practice: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """What the person takes for a cause, on one line; how sure, 0 to 100; whether feedback bore
    it out, None while nobody knows."""

    text: str
    confidence: int
    borne_out: bool | None = None


@dataclass(frozen=True, slots=True)
class Intention:
    """The one plan that a debrief ends with (R13): if this, then that, on a day, in a place."""

    cue: str = ""
    then: str = ""
    on: date | None = None
    place: str = ""

    def __bool__(self) -> bool:
        """Whether any of it was written."""
        return bool(self.cue or self.then or self.on or self.place)

    @property
    def said(self) -> str:
        """Its sentence: "If they ask why, then I begin with the coat."; "" without words."""
        cue, then = _bare(self.cue, "if"), _bare(self.then, "then")
        parts = [f"if {cue}" if cue else "", f"then {then}" if then else ""]
        sentence = ", ".join(filter(None, parts))
        return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


@dataclass(frozen=True, slots=True)
class Record:
    """One debrief, whole. `notes` holds the words at each prompt, without empty ones."""

    notes: Mapping[Prompt, str] = field(default_factory=dict)
    ticked: tuple[OtherReason, ...] = ()
    questions: tuple[Asked, ...] = ()
    causes: tuple[Cause, ...] = ()
    intention: Intention = field(default_factory=Intention)

    def __bool__(self) -> bool:
        """Whether anything was written at all."""
        return bool(self.notes or self.ticked or self.questions or self.causes or self.intention)


def went_badly(went: int | None) -> bool:
    """Whether an answer went so that its question is worth practicing (R13)."""
    return went is not None and went <= BADLY


def _bare(words: str, first: str) -> str:
    """The words on one line, without the `first` one and without a mark at their end."""
    line = on_one_line(words).rstrip(" .,;")
    head, _, rest = line.partition(" ")
    return rest if head.casefold() == first and rest else line


def tidy(text: str) -> str:
    """The text without blanks at the ends of lines and without empty lines around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def on_one_line(text: str) -> str:
    """The words of a text with single blanks between them."""
    return " ".join(text.split())
