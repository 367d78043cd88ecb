"""A Reading: what was concluded from a Letter, each conclusion with the words that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What sort of message it is. A refusal that is not about a job is `other`."""

    REJECTION = "rejection"
    ACKNOWLEDGEMENT = "acknowledgement"
    INTERVIEW_INVITATION = "interview_invitation"
    ASSESSMENT = "assessment"
    OFFER = "offer"
    ON_HOLD = "on_hold"
    RECRUITER_OUTREACH = "recruiter_outreach"
    JOB_ALERT = "job_alert"
    OTHER = "other"


class Style(StrEnum):
    """Whether a person wrote about this candidate, or a form went out."""

    FORM = "form"
    PERSONAL = "personal"


class Stage(StrEnum):
    """How far an Application came, in order. `offer` is never the stage of a rejection letter."""

    APPLICATION = "application"
    SCREEN = "screen"
    INTERVIEW = "interview"
    FINAL = "final"
    OFFER = "offer"


class Door(StrEnum):
    """Whether the letter leaves a way back."""

    OPEN = "open"
    CLOSED = "closed"
    UNCLEAR = "unclear"


class Reason(StrEnum):
    """What a stated reason is about; our own short list, so that reasons can be counted."""

    SKILL = "skill"
    EXPERIENCE = "experience"
    SENIORITY = "seniority"
    TEAM_FIT = "team_fit"
    COMMUNICATION = "communication"
    SALARY = "salary"
    PLACE_OR_VISA = "place_or_visa"
    TIMING = "timing"
    INTERNAL_CANDIDATE = "internal_candidate"
    ROLE_CHANGED = "role_changed"
    STRONGER_CANDIDATE = "stronger_candidate"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that show a conclusion: `quote == letter.text[start:end]`, exactly.

    `field` names what it shows: kind, style, stage, door, employer, role, people, feedback or
    kind_words. `value` is what it shows of that field. `why` is one plain sentence.
    """

    field: str
    value: str
    quote: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the letter names: who wrote it, or whom it says the candidate met."""

    name: str
    email: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reason the letter states, word for word, and what it is about."""

    quote: str
    reason: Reason = Reason.OTHER


@dataclass(frozen=True, slots=True)
class Reading:
    """What a Letter says. `probability` is that of the kind told, from 0 to 1, calibrated.

    `style`, `stage` and `door` are None where the letter's kind gives them no meaning or its
    words do not tell. Correctable fields are those named in `CORRECTABLE`.
    """

    kind: Kind
    probability: float
    language: str
    style: Style | None = None
    stage: Stage | None = None
    door: Door | None = None
    employer: str | None = None
    role: str | None = None
    people: tuple[Person, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    kind_words: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


CORRECTABLE = ("kind", "style", "stage", "door", "employer", "role", "people", "reason")


def as_record(reading: Reading) -> dict[str, Any]:
    """The reading as plain JSON values; `from_record` is its inverse."""
    return {
        "kind": reading.kind,
        "probability": reading.probability,
        "language": reading.language,
        "style": reading.style,
        "stage": reading.stage,
        "door": reading.door,
        "employer": reading.employer,
        "role": reading.role,
        "people": [
            {"name": person.name, "email": person.email, "role": person.role}
            for person in reading.people
        ],
        "feedback": [said.quote for said in reading.feedback],
        "reasons": [said.reason for said in reading.feedback],
        "kind_words": list(reading.kind_words),
        "evidence": [
            {
                "field": shown.field,
                "value": shown.value,
                "quote": shown.quote,
                "start": shown.start,
                "end": shown.end,
                "why": shown.why,
            }
            for shown in reading.evidence
        ],
    }


def from_record(record: Mapping[str, Any]) -> Reading:
    """The Reading that `as_record` wrote. Raises KeyError or ValueError on anything else."""
    return Reading(
        kind=Kind(record["kind"]),
        probability=float(record["probability"]),
        language=record["language"],
        style=Style(record["style"]) if record["style"] else None,
        stage=Stage(record["stage"]) if record["stage"] else None,
        door=Door(record["door"]) if record["door"] else None,
        employer=record["employer"],
        role=record["role"],
        people=tuple(Person(**person) for person in record["people"]),
        feedback=tuple(
            Feedback(quote, Reason(reason))
            for quote, reason in zip(record["feedback"], record["reasons"], strict=True)
        ),
        kind_words=tuple(record["kind_words"]),
        evidence=tuple(Evidence(**shown) for shown in record["evidence"]),
    )


def corrected(reading: Reading, corrections: Mapping[str, Any]) -> Reading:
    """The reading with a person's corrections laid over it, field by field.

    `corrections` maps a name of `CORRECTABLE` to its value: the enum's value or "" for None;
    `people` is a list of {name, email, role}; `reason` is a Reason's value, or "" for "it gives
    none". Evidence that a correction contradicts is dropped. Raises ValueError on an unknown
    field or value.
    """
    changes: dict[str, Any] = {}
    for name, value in corrections.items():
        if name == "reason":
            changes["feedback"] = _feedback_as(reading, value)
        elif name == "people":
            changes["people"] = tuple(Person(**person) for person in value)
        elif name in ("employer", "role"):
            changes[name] = value or None
        elif name in _ENUMS:
            changes[name] = _ENUMS[name](value) if value or name == "kind" else None
        else:
            raise ValueError(f"{name} is not a field that can be corrected")
    if "kind" in corrections:
        changes["probability"] = 1.0
    kept = tuple(shown for shown in reading.evidence if not _contradicted(shown, corrections))
    return replace(reading, **changes, evidence=kept)


_ENUMS: dict[str, type[StrEnum]] = {"kind": Kind, "style": Style, "stage": Stage, "door": Door}


def _feedback_as(reading: Reading, value: str) -> tuple[Feedback, ...]:
    if not value:
        return ()
    quote = reading.feedback[0].quote if reading.feedback else ""
    return (Feedback(quote, Reason(value)),)


def _contradicted(shown: Evidence, corrections: Mapping[str, Any]) -> bool:
    if shown.field == "feedback":
        return corrections.get("reason") == ""
    return shown.field in _ENUMS and corrections.get(shown.field, shown.value) != shown.value
