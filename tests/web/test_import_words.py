"""What an import says of itself."""

from __future__ import annotations

import pytest

from kindregards.web.imports.words import progress_of, time_of, what_came_of
from kindregards.web.models import ImportRun


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "5 seconds"),
        (28, "30 seconds"),
        (61, "1 minute"),
        (900, "15 minutes"),
        (7300, "2 hours"),
    ],
)
def test_a_time_is_told_no_finer_than_it_is_known(seconds: float, said: str) -> None:
    assert time_of(seconds) == said


def test_a_rate_and_a_time_are_told_once_they_can_be_known() -> None:
    run = ImportRun(total_bytes=1000, done_bytes=250, left_out=5000, worked_seconds=1)
    assert progress_of(run).told == "5,000 looked at"
    run.worked_seconds = 10
    assert progress_of(run).told == "5,000 looked at, 500 a second, about 30 seconds left"
    assert progress_of(run).percent == 25


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "No letters about applications were found."),
        (
            {"letters": 1, "new": 1, "rejections": 1},
            "1 letter, a rejection: 1 new.",
        ),
        (
            {"letters": 3, "new": 1, "known": 2, "left_out": 1},
            "3 letters, none of them a rejection: 1 new, 2 here already. "
            "1 was not about applications and was left out.",
        ),
        (
            {"letters": 1200, "new": 1200, "rejections": 2, "unreadable": 4},
            "1,200 letters, 2 of them rejections: 1,200 new. 4 could not be read.",
        ),
    ],
)
def test_what_came_of_it_is_told_in_sentences(counts: dict[str, int], said: str) -> None:
    assert " ".join(what_came_of(ImportRun(**counts))) == said
