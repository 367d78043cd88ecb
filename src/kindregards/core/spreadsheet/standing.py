"""How far an application came and how it ended, in the few words that people write in a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from kindregards.core.applications import Outcome
from kindregards.core.letters.reading import Stage

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a cell tells: a stage, an outcome, both, or (both None) that nothing happened yet."""

    stage: Stage | None = None
    outcome: Outcome | None = None


# In this order: the furthest stage that a cell names counts.
_STAGES = (
    (Stage.OFFER, r"offer\w*|angebot|zusage|accepted|hired|signed|oferta|offre"),
    (Stage.FINAL, r"final\w*|last round|onsite|on site|letzte runde|endrunde"),
    (
        Stage.INTERVIEW,
        r"interview\w*|second round|2nd round|gespräch|vorstellungsgespräch|entretien|entrevista",
    ),
    (
        Stage.SCREEN,
        r"(?:phone|first|initial|recruiter|hr)[ -]?(?:screen\w*|call|interview)|screen\w*|"
        r"telefonat",
    ),
    (
        Stage.APPLICATION,
        r"appl(?:ied|ication)\w*|submitted|sent|beworben|eingereicht|postulé|enviad[oa]|received",
    ),
)
_OUTCOMES = (
    (
        Outcome.WITHDRAWN,
        r"withdr[ae]w\w*|zurückgezogen|retiré\w*|retirad[oa]|declined by me|i declined",
    ),
    (
        Outcome.REJECTED,
        r"reject\w*|declined|turned down|refused|no thanks|not selected|unsuccessful|absage|"
        r"abgelehnt|abgesagt|refusé\w*|rechazad[oa]|denied|they said no|"
        r"position (?:filled|closed)|closed",
    ),
    (Outcome.OFFERED, r"offer\w*|accepted|hired|signed|zusage|angebot|oferta|offre"),
)
_STILL_OPEN = re.compile(
    r"(?i)\b(?:open|pending|waiting|in progress|in review|under review|"
    r"no (?:answer|response|reply)|ghosted|late|offen|laufend|keine antwort|"
    r"wartend|en cours|pendiente|active|ongoing)\b"
)


def standing_in(cell: str) -> Standing | None:
    """What a cell such as "Rejected after phone screen" tells; None where that is not known."""
    plain = " ".join(cell.split())[:300]
    outcome = _named(plain, _OUTCOMES)
    stage = _named(plain, _STAGES)
    if stage is Stage.INTERVIEW and _says(plain, dict(_STAGES)[Stage.SCREEN]):
        stage = Stage.SCREEN
    if outcome is Outcome.REJECTED and stage is Stage.OFFER:
        stage = None
    if outcome is None and stage is None:
        return Standing() if _STILL_OPEN.search(plain) else None
    return Standing(stage, outcome)


def _named(plain: str, known: tuple[tuple[V, str], ...]) -> V | None:
    return next((value for value, words in known if _says(plain, words)), None)


def _says(plain: str, words: str) -> bool:
    return re.search(rf"(?i)\b(?:{words})\b", plain) is not None
