"""The one plain line, and what a letter does not say."""

from __future__ import annotations

import pytest

from kindregards.core.letters import not_told, told
from kindregards.core.letters.reading import (
    Door,
    Feedback,
    Kind,
    Reading,
    Reason,
    Stage,
    Style,
)

ASKED = "They ask for more experience."


def rejection(
    style: Style, stage: Stage, door: Door, *reasons: Reason, probability: float = 0.98
) -> Reading:
    said = tuple(Feedback(ASKED, reason) for reason in reasons)
    return Reading(Kind.REJECTION, probability, "en", style, stage, door, feedback=said)


LINES: dict[str, tuple[Reading, str]] = {
    "a form": (
        rejection(Style.FORM, Stage.APPLICATION, Door.CLOSED),
        "A form letter after your application. It gives no reason. This door looks closed for now.",
    ),
    "a form that keeps the papers": (
        rejection(Style.FORM, Stage.APPLICATION, Door.OPEN),
        "A form letter after your application. It gives no reason. "
        "They leave a way back, as many forms do.",
    ),
    "personal, with a reason": (
        rejection(Style.PERSONAL, Stage.FINAL, Door.OPEN, Reason.EXPERIENCE),
        "A personal letter after your final interview. The reason given is experience. "
        "They invite you to come back.",
    ),
    "two reasons": (
        rejection(Style.PERSONAL, Stage.INTERVIEW, Door.CLOSED, Reason.SALARY, Reason.TIMING),
        "A personal letter after your interview. The reasons given are salary and timing. "
        "This door looks closed for now.",
    ),
    "unsure": (
        rejection(Style.FORM, Stage.SCREEN, Door.UNCLEAR, probability=0.4),
        "Probably: a form letter after a first call or test. It gives no reason. "
        "Whether the door is open stays unclear.",
    ),
    "on hold": (Reading(Kind.ON_HOLD, 0.9, "en"), "On hold. This is not a rejection."),
    "a receipt": (
        Reading(Kind.ACKNOWLEDGEMENT, 0.9, "en"),
        "An acknowledgement: they have your application, nothing is decided yet.",
    ),
}


@pytest.mark.parametrize(("reading", "line"), LINES.values(), ids=LINES.keys())
def test_a_reading_is_told_in_one_plain_line(reading: Reading, line: str) -> None:
    assert told(reading) == line


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_calm_line(kind: Kind) -> None:
    line = told(Reading(kind, 0.95, "en"))
    assert line.endswith(".")
    assert "!" not in line


def test_what_is_not_said_is_told_after_an_interview() -> None:
    assert not_told(rejection(Style.FORM, Stage.INTERVIEW, Door.OPEN)) == (
        "It does not say that you interviewed badly, and it says nothing against your resume.",
        "It does not seem to say who was chosen or why.",
    )


def test_nothing_is_denied_that_the_letter_says() -> None:
    unsaid = not_told(rejection(Style.PERSONAL, Stage.INTERVIEW, Door.OPEN, Reason.SKILL))
    assert unsaid == ()
