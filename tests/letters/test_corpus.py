"""How well our own letters are read: the figures are printed and must not fall under a floor."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kindregards.core.letters.reading import Kind
from tests.letters.scoring import figures, read_row, rows_of

HERE = Path(__file__).parent
# Raised when the reader gets better, never lowered to let a change pass.
FLOORS: dict[str, dict[str, float]] = {
    "seen": {
        "rejection precision": 0.96,
        "rejection recall": 0.97,
        "kind macro-F1": 0.96,
        "style macro-F1": 0.95,
        "stage macro-F1": 0.93,
        "door macro-F1": 0.89,
        "reason precision": 0.95,
        "reason recall": 0.90,
        "employer": 0.98,
        "role": 0.95,
    },
    "apart": {
        "rejection precision": 0.89,
        "rejection recall": 0.85,
        "kind macro-F1": 0.80,
        "style macro-F1": 0.93,
        "stage macro-F1": 0.71,
        "door macro-F1": 0.53,
        "reason precision": 0.94,
        "reason recall": 0.55,
        "employer": 0.95,
        "role": 0.85,
    },
    "apart-e": {
        "rejection precision": 0.86,
        "rejection recall": 0.88,
        "kind macro-F1": 0.85,
        "style macro-F1": 0.88,
        "stage macro-F1": 0.85,
        "door macro-F1": 0.86,
        "reason precision": 0.95,
        "reason recall": 0.45,
        "employer": 0.93,
        "role": 0.88,
    },
    "apart-f": {
        "rejection precision": 0.89,
        "rejection recall": 0.96,
        "kind macro-F1": 0.87,
        "style macro-F1": 0.85,
        "stage macro-F1": 0.88,
        "door macro-F1": 0.82,
        "reason precision": 0.80,
        "reason recall": 0.70,
        "employer": 0.97,
        "role": 0.90,
    },
    "apart-h": {
        "rejection precision": 0.92,
        "rejection recall": 0.96,
        "kind macro-F1": 0.88,
        "style macro-F1": 0.96,
        "stage macro-F1": 0.84,
        "door macro-F1": 0.85,
        "reason precision": 0.85,
        "reason recall": 0.80,
        "employer": 0.84,
        "role": 0.95,
    },
    "apart-i": {
        "rejection precision": 0.85,
        "rejection recall": 0.90,
        "kind macro-F1": 0.84,
        "style macro-F1": 0.92,
        "stage macro-F1": 0.92,
        "door macro-F1": 0.72,
        "reason precision": 0.95,
        "reason recall": 0.95,
        "employer": 0.95,
        "role": 0.93,
    },
}


@pytest.mark.parametrize("name", FLOORS)
def test_the_corpus_is_read_as_well_as_before(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = rows_of(HERE / "corpus" / f"{name}.jsonl")
    measured = figures(rows, [read_row(row) for row in rows])
    with capsys.disabled():
        sys.stdout.write(f"\n{name}, {len(rows)} letters of our own\n")
        sys.stdout.writelines(f"  {figure:22} {value:.3f}\n" for figure, value in measured.items())
    fallen = {
        figure: round(measured[figure], 3)
        for figure, floor in FLOORS[name].items()
        if measured[figure] < floor
    }
    assert fallen == {}


def test_ordinary_mail_is_no_news_of_an_application() -> None:
    rows = rows_of(HERE / "ordinary.jsonl")
    told = [row["id"] for row in rows if read_row(row).kind is Kind.REJECTION]
    assert len(told) <= len(rows) // 20, told
