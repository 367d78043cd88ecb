"""The touches before a draft, as JSON: what `kindregards check --history` takes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from kindregards.core.letters.reading import Stage
from kindregards.core.outreach.draft import (
    Channel,
    Circumstances,
    Direction,
    DraftKind,
    Touch,
)

_Choice = TypeVar("_Choice", bound=StrEnum)

KNOWN = frozenset({"now", "letter", "touches"})
CLOCKS_DIFFER = timedelta(days=1)

History = tuple[tuple[Touch, ...], Circumstances, datetime | None]


def touches_from_json(text: str) -> History:
    """The touches, circumstances and time that a history file tells.

    Either a list of touches, or {"now", "letter": {"sent_at", "sender", "stage", "employer",
    "reposted"}, "touches": [...]}; a touch is {"at", "direction", "person", "employer", "channel",
    "kind", "text"}. Times are ISO 8601 and count as UTC without an offset; the last element is None
    when no "now" is given. A touch without a direction is the person's own. Raises ValueError with
    a sentence for the person on anything that cannot be understood.
    """
    told = _json(text)
    if isinstance(told, list):
        return _touches(told), Circumstances(), None
    if not isinstance(told, dict):
        raise ValueError("The history is neither a list of touches nor an object with touches.")
    if told and not KNOWN & told.keys():
        raise ValueError(f"The history has none of {', '.join(sorted(KNOWN))}.")
    now = told.get("now")
    return (
        _touches(_given(told, "touches", [])),
        _circumstances(_given(told, "letter", {})),
        _time(now, "now") if now else None,
    )


def check_times(touches: Sequence[Touch], circumstances: Circumstances, *, now: datetime) -> None:
    """Raise ValueError with a sentence where the history tells of what is still to come.

    A day is let pass: a time without an offset counts as UTC and may be tomorrow's there.
    """
    latest = now + CLOCKS_DIFFER
    told = [(f"touch {place}", touch.at) for place, touch in enumerate(touches, 1)]
    if circumstances.letter_at:
        told.append(("the letter", circumstances.letter_at))
    for name, at in told:
        if at > latest:
            raise ValueError(
                f"In the history, {name} lies in the future: {at.isoformat()}."
                " What is still to come does not count yet; leave it out, or correct its year."
            )


def _json(text: str) -> Any:
    if not text.strip():
        raise ValueError("The history is empty. Without any touches it would be [].")
    try:
        return json.loads(text)
    except json.JSONDecodeError as broken:
        raise ValueError(
            f"The history is not JSON: line {broken.lineno}, column {broken.colno} cannot be read."
        ) from broken
    except (ValueError, RecursionError) as broken:
        raise ValueError("The history is not JSON that can be read: it is too deep.") from broken


def _given(told: Mapping[str, Any], name: str, otherwise: Any) -> Any:
    return otherwise if told.get(name) is None else told[name]


def _touches(told: Any) -> tuple[Touch, ...]:
    if not isinstance(told, list):
        raise ValueError('The "touches" of the history are not a list.')
    return tuple(_touch(one, place) for place, one in enumerate(told, 1))


def _touch(told: Any, place: int) -> Touch:
    name = f"touch {place}"
    if not isinstance(told, dict):
        raise ValueError(f"In the history, {name} is not an object.")
    if not told.get("at"):
        raise ValueError(f'In the history, {name} does not say when: "at" is missing.')
    return Touch(
        at=_time(told["at"], name),
        direction=_one_of(
            Direction, told.get("direction") or Direction.OUT, f"the direction of {name}"
        ),
        person=_text(told.get("person"), name),
        employer=_text(told.get("employer"), name),
        channel=_one_of(Channel, told.get("channel") or Channel.MAIL, f"the channel of {name}"),
        kind=_one_of(DraftKind, told.get("kind") or DraftKind.OTHER, f"the kind of {name}"),
        text=_text(told.get("text"), name),
    )


def _circumstances(told: Any) -> Circumstances:
    if not isinstance(told, Mapping):
        raise ValueError('The "letter" of the history is not an object.')
    sent_at, stage = told.get("sent_at"), told.get("stage")
    return Circumstances(
        letter_at=_time(sent_at, "the letter") if sent_at else None,
        letter_sender=_sender(told.get("sender")),
        stage=_one_of(Stage, stage, "the stage of the letter").value if stage else None,
        employer=_text(told.get("employer"), "the letter"),
        reposted=_truth(told.get("reposted")),
    )


def _sender(told: Any) -> str:
    """The sender as text; `read --json` writes it as {"name", "email"}, which is taken too."""
    if isinstance(told, Mapping):
        told = told.get("email") or told.get("name")
    return _text(told, "the letter")


def _truth(told: Any) -> bool:
    if told is None or isinstance(told, bool):
        return bool(told)
    raise ValueError(f'In the history, "reposted" is {told!r}; it is true or false.')


def _time(told: Any, name: str) -> datetime:
    try:
        at = datetime.fromisoformat(told)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(at.tzinfo or UTC)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(
            f"In the history, the time of {name} cannot be read: {told!r}."
            " A time looks like 2026-10-15T09:30:00+02:00."
        ) from None


def _text(told: Any, name: str) -> str:
    if told is None:
        return ""
    if not isinstance(told, str):
        raise ValueError(f"In the history, {name} has {told!r} where a text belongs.")
    return told.strip()


def _one_of(choices: type[_Choice], told: Any, name: str) -> _Choice:
    try:
        return choices(str(told).strip().lower())
    except ValueError:
        known = ", ".join(choice.value for choice in choices)
        raise ValueError(f"In the history, {name} is {told!r}; known are {known}.") from None
