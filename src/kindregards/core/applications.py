"""Applications: how far one came and how it ended, from what happened, in whatever order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kindregards.core.letters.reading import Kind, Stage

STAGES = tuple(Stage)
LONGEST_KEY = 300  # one written character can stand for eighteen once it is taken apart


class Outcome(StrEnum):
    """How an Application stands: still open, or how it ended."""

    OPEN = "open"
    REJECTED = "rejected"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Event:
    """One dated thing that a letter told about an application."""

    at: datetime
    kind: Kind
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The furthest stage reached, how it stands, and when that was decided (None while open)."""

    stage: Stage
    outcome: Outcome
    decided_at: datetime | None = None


_DECIDES = {
    Kind.REJECTION: Outcome.REJECTED,
    Kind.OFFER: Outcome.OFFERED,
    Kind.INTERVIEW_INVITATION: Outcome.OPEN,
    Kind.ASSESSMENT: Outcome.OPEN,
    Kind.ON_HOLD: Outcome.OPEN,
}
_REACHES = {
    Kind.INTERVIEW_INVITATION: Stage.INTERVIEW,
    Kind.OFFER: Stage.OFFER,
}


def furthest(stages: Iterable[Stage | None]) -> Stage:
    """The furthest of the stages; `application` when none is known."""
    known = [stage for stage in stages if stage is not None]
    return max(known, key=STAGES.index, default=Stage.APPLICATION)


def progress(events: Iterable[Event], *, own_stage: Stage | None = None) -> Progress:
    """What the events of one application add up to; the order they come in does not matter.

    The stage is the furthest ever reached and an outcome never lowers it. The outcome is that of
    the latest event that decides anything, so that a later invitation opens a closed application
    again (R21). `own_stage` is what the person said, and holds against the letters.
    """
    in_time = sorted(events, key=lambda event: (event.at, event.kind))
    stage = own_stage or furthest(event.stage or _REACHES.get(event.kind) for event in in_time)
    deciding = [event for event in in_time if event.kind in _DECIDES]
    if not deciding:
        return Progress(stage, Outcome.OPEN)
    outcome = _DECIDES[deciding[-1].kind]
    return Progress(stage, outcome, None if outcome is Outcome.OPEN else deciding[-1].at)


# fmt: off
_LEGAL_FORMS = frozenset([
    "ab", "ag", "and", "as", "bv", "co", "company", "corp", "corporation", "ev", "gmbh", "group",
    "gruppe", "holding", "inc", "incorporated", "kg", "kgaa", "limited", "llc", "llp", "ltd",
    "mbh", "nv", "oy", "oyj", "plc", "sa", "sarl", "se", "sl", "spa", "srl", "the", "und",
])
# fmt: on


def name_key(name: str) -> str:
    """What two spellings of one employer or role have in common, for joining; "" for no name.

    At most 300 characters. Case, accents, punctuation, gender marks such as (m/w/d) and legal
    forms do not matter.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"\((?:[mwfdxagn]\s*[/|,*]?\s*){1,4}\)", " ", plain)
    words = re.findall(r"[^\W_]+(?:[+#]+(?!\w))?", plain)
    kept = [word for word in words if word not in _LEGAL_FORMS]
    return " ".join(kept or words)[:LONGEST_KEY]
