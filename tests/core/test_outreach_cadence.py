"""The contact budget: how often is welcome, per person and per employer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kindregards.core.outreach import (
    Channel,
    Circumstances,
    Direction,
    Draft,
    DraftKind,
    Severity,
    Touch,
    Verdict,
    guard,
)

NOW = datetime(2026, 10, 15, 9, tzinfo=UTC)
INES = "ines.okafor@tidewell.example"
TEXT = """Hello Ines,

Thank you for your letter. I understand the decision.

What I took home is how early you bring the drivers in. What is the one thing you would practise?

One line is plenty.

Thanks,
Mara
"""


def sent(days: float, person: str = INES, **changes: object) -> Touch:
    values: dict[str, object] = {"direction": Direction.OUT, "person": person, **changes}
    return Touch(at=NOW - timedelta(days=days), **values)  # type: ignore[arg-type]


def heard(days: float, person: str = INES) -> Touch:
    return sent(days, person, direction=Direction.IN)


def cadence(history: list[Touch], employer: str = "") -> tuple[Verdict, list[Severity]]:
    guarded = guard(
        Draft(TEXT, subject="Re: Planner", to=(INES,), kind=DraftKind.FOLLOW_UP),
        now=NOW,
        history=history,
        circumstances=Circumstances(employer=employer),
    )
    told = [finding.severity for finding in guarded.findings if finding.rule == "cadence"]
    return guarded.verdict, told


HOLD_WAIT = (Verdict.HOLD, [Severity.WAIT])
HOLD_STOP = (Verdict.HOLD, [Severity.STOP])
FREE = (Verdict.SEND, [])


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], FREE),
        ([sent(3)], HOLD_WAIT),
        ([sent(8)], FREE),
        ([sent(16), sent(8)], HOLD_STOP),
        ([sent(97), sent(89)], HOLD_STOP),
        ([sent(99), sent(91)], FREE),
        ([sent(16), heard(12), sent(11)], HOLD_WAIT),
        ([sent(50), heard(45), sent(40)], FREE),
        ([sent(2), heard(1)], FREE),
        ([sent(20), sent(12), heard(1)], FREE),
        ([heard(1)], FREE),
        ([sent(-2)], FREE),
    ],
    ids=[
        "first word",
        "three days ago",
        "one follow-up",
        "third to a silent reader",
        "inside the rest",
        "after the rest",
        "third in a month",
        "a month after an exchange",
        "answering an answer",
        "they wrote after the rest began",
        "they wrote first",
        "dated ahead",
    ],
)
def test_one_request_one_reminder_then_rest(
    history: list[Touch], expected: tuple[Verdict, list[Severity]]
) -> None:
    assert cadence(history) == expected


@pytest.mark.parametrize("channel", Channel)
def test_all_channels_count_alike(channel: Channel) -> None:
    assert cadence([sent(3, channel=channel)]) == HOLD_WAIT


@pytest.mark.parametrize(
    ("person", "employer", "counts"),
    [
        ("tomas@tidewell.example", "", True),
        ("Ines Okafor", "", True),
        (f"Ines Okafor <{INES.upper()}>", "", True),
        ("somebody@other.example", "", False),
        ("somebody@other.example", "Other Ltd", False),
        ("", "Tidewell Transit GmbH", True),
        ("", "", True),
    ],
)
def test_a_touch_of_the_employer_counts_as_one_of_the_person(
    person: str, employer: str, counts: bool
) -> None:
    history = [sent(3, person, employer=employer)]
    assert cadence(history, "Tidewell Transit") == (HOLD_WAIT if counts else FREE)


def test_people_of_a_public_mail_service_share_no_employer() -> None:
    draft = Draft(TEXT, subject="Re: Planner", to=("ines@gmail.com",))
    guarded = guard(draft, now=NOW, history=[sent(3, "tomas@gmail.com")])
    assert guarded.verdict is Verdict.SEND


def test_a_wait_says_from_when() -> None:
    guarded = guard(Draft(TEXT, to=(INES,)), now=NOW, history=[sent(3)])
    (wait,) = [finding for finding in guarded.findings if finding.rule == "cadence"]
    assert wait.why.endswith("This letter is welcome from Monday, 19 October.")


def test_a_fifth_letter_is_stopped_and_says_until_when() -> None:
    history = [sent(40), sent(30), sent(20), sent(10)]
    guarded = guard(Draft(TEXT, to=(INES,)), now=NOW, history=history)
    (stop,) = [finding for finding in guarded.findings if finding.rule == "cadence"]
    assert stop.severity is Severity.STOP
    assert stop.why.startswith("Four words from you have had no answer.")
    assert "3 January" in stop.why


@pytest.mark.parametrize(("days", "times"), [((20, 12), "twice"), ((24, 20, 12), "three times")])
def test_a_pause_tells_the_true_number_of_words(days: tuple[int, ...], times: str) -> None:
    heard_between = [heard(day - 1) for day in days[:-1]]
    guarded = guard(
        Draft(TEXT, subject="Re: Planner", to=(INES,), kind=DraftKind.FOLLOW_UP),
        now=NOW,
        history=[*map(sent, days), *heard_between],
    )
    assert f"They have heard from you {times} lately" in [one.title for one in guarded.findings]
