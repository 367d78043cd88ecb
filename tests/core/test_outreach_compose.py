"""Drafts: they follow the skeleton, differ from one another, and pass the guard."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kindregards.core.letters.reading import Feedback, Person, Reason, Stage, Style
from kindregards.core.outreach import Verdict, advice_request, guard

NOW = datetime(2026, 10, 15, 9, tzinfo=UTC)
INES = Person("Ines Okafor", "ines.okafor@tidewell.example")
STAGES = (Stage.APPLICATION, Stage.SCREEN, Stage.INTERVIEW, Stage.FINAL)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("style", [None, Style.FORM, Style.PERSONAL])
@pytest.mark.parametrize("feedback", [(), (Feedback("x", Reason.SKILL),)])
def test_a_filled_in_request_may_be_sent_as_it_is(
    stage: Stage, style: Style | None, feedback: tuple[Feedback, ...]
) -> None:
    for seed in range(20):
        draft = advice_request(
            sender_name="Mara Lindqvist",
            recipient=INES,
            employer="Tidewell Transit",
            role="Operations Analyst",
            stage=stage,
            style=style,
            feedback=feedback,
            learnt="how early you bring the drivers in",
            seed=seed,
        )
        assert guard(draft, now=NOW).verdict is Verdict.SEND, draft.text


def test_a_request_with_its_blank_open_is_held() -> None:
    draft = advice_request(sender_name="Mara", recipient=INES, stage=Stage.SCREEN)
    guarded = guard(draft, now=NOW)
    assert guarded.verdict is Verdict.HOLD
    assert [finding.quote for finding in guarded.findings if finding.rule == "blank"] == [
        "[one thing you took from the call]"
    ]
