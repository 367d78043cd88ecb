"""Applications: how far one came and how it ended, from what happened, in whatever order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kindregards.core.letters.reading import Kind, Stage

STAGES = tuple(Stage)
LONGEST_KEY = 300  # one written character can stand for eighteen once it is taken apart
# R21: after 14 days without a word an answer is late; after 30 there is none, until one comes.
LATE_AFTER = timedelta(days=14)
NO_ANSWER_AFTER = timedelta(days=30)
# Invitations nearer together than this are one interview, moved or confirmed. [design]
ONE_ROUND_LASTS = timedelta(days=3)


class Outcome(StrEnum):
    """How an Application stands: still open, or how it ended."""

    OPEN = "open"
    REJECTED = "rejected"
    OFFERED = "offered"
    WITHDRAWN = "withdrawn"


class Silence(StrEnum):
    """How long nothing came for an open application (R21)."""

    LATE = "late"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Event:
    """One dated thing that a letter told about an application."""

    at: datetime
    kind: Kind
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said of an outcome, and of which day that is."""

    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Progress:
    """The furthest stage reached, how it stands, and when that was decided (None while open).

    `rounds` is how many interviews the letters invited to.
    """

    stage: Stage
    outcome: Outcome
    decided_at: datetime | None = None
    rounds: int = 0


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
_NO_ROUND = frozenset({Stage.SCREEN, Stage.FINAL})  # a first call and the last round have names


def furthest(stages: Iterable[Stage | None]) -> Stage:
    """The furthest of the stages; `application` when none is known."""
    known = [stage for stage in stages if stage is not None]
    return max(known, key=STAGES.index, default=Stage.APPLICATION)


def progress(
    events: Iterable[Event], *, own_stage: Stage | None = None, said: Said | None = None
) -> Progress:
    """What the events of one application add up to; the order they come in does not matter.

    The stage is the furthest ever reached and an outcome never lowers it. The outcome is that of
    the latest event that decides anything, so that a later invitation opens a closed application
    again (R21). What the person `said` of the outcome counts as one more such event, the last of
    its moment; `own_stage` is how far they said it came, and holds against the letters.
    """
    in_time = sorted(events, key=lambda event: (event.at, event.kind))
    stage = own_stage or furthest(map(reached, in_time))
    decided = [(one.at, _DECIDES[one.kind]) for one in in_time if one.kind in _DECIDES]
    if said is not None:
        decided.append((said.at, said.outcome))
    at, outcome = max(enumerate(decided), key=_in_order)[1] if decided else (None, Outcome.OPEN)
    return Progress(stage, outcome, None if outcome is Outcome.OPEN else at, _rounds(in_time))


def silence(outcome: Outcome, last_heard_at: datetime, now: datetime) -> Silence | None:
    """How long nothing came (R21): late after 14 days, no answer after 30; None before or ended.

    `last_heard_at` is the latest letter, or the day of applying where none came. Nothing of this is
    kept: a later letter takes it back by itself.
    """
    if outcome is not Outcome.OPEN:
        return None
    quiet = now - last_heard_at
    if quiet >= NO_ANSWER_AFTER:
        return Silence.NO_ANSWER
    return Silence.LATE if quiet >= LATE_AFTER else None


def reached(event: Event) -> Stage | None:
    """The stage that an event shows; an invitation leads at least to its interview."""
    at_least = _REACHES.get(event.kind)
    if at_least is None or event.stage not in (None, Stage.APPLICATION):
        return event.stage
    return at_least


def _rounds(in_time: Iterable[Event]) -> int:
    rounds, latest = 0, None
    for event in in_time:
        if event.kind is not Kind.INTERVIEW_INVITATION or event.stage in _NO_ROUND:
            continue
        if latest is None or event.at - latest > ONE_ROUND_LASTS:
            rounds += 1
        latest = event.at
    return rounds


def _in_order(decided: tuple[int, tuple[datetime, Outcome]]) -> tuple[datetime, int]:
    place, (at, _outcome) = decided
    return at, place


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
