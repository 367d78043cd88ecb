"""How well a set of labelled letters is read: precision and recall by field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kindregards.core.letters import pasted_letter, read_letter
from kindregards.core.letters.reading import Kind, Reading

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Right ones among those told, and among those meant."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def rows_of(path: Path) -> list[Row]:
    """The letters of a file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def read_row(row: Row) -> Reading:
    """The reading of a labelled letter."""
    subject, sender = row.get("subject") or "", row.get("sender") or ""
    return read_letter(pasted_letter(row["text"], subject=subject, sender=sender))


def kind_of(row: Row) -> str:
    """The kind a row means; a refusal that is not about a job is `other`."""
    return "other" if row["label"] == "other_rejection" else str(row["label"])


def score(pairs: Iterable[tuple[bool, bool]]) -> Score:
    """Of (meant, told) pairs."""
    pairs = list(pairs)
    both = sum(meant and told for meant, told in pairs)
    told_ones, meant_ones = sum(told for _, told in pairs), sum(meant for meant, _ in pairs)
    return Score(both / max(told_ones, 1), both / max(meant_ones, 1))


def macro_f1(pairs: Iterable[tuple[str, str | None]]) -> float:
    """Mean F1 over the values that are meant."""
    pairs = list(pairs)
    values = sorted({meant for meant, _ in pairs})
    each = [score((meant == one, told == one) for meant, told in pairs).f1 for one in values]
    return sum(each) / max(len(each), 1)


def same_name(told: str | None, meant: str) -> bool:
    """Whether one name holds the other, by their words."""
    one, other = (" ".join(re.findall(r"\w+", (name or "").lower())) for name in (told, meant))
    return bool(one and other) and (one in other or other in one)


def figures(rows: list[Row], readings: list[Reading]) -> dict[str, float]:
    """Every figure that has a floor, by name."""
    both = list(zip(rows, readings, strict=True))
    refused = [(row, told) for row, told in both if kind_of(row) == Kind.REJECTION]
    decided = score(
        (kind_of(row) == Kind.REJECTION, told.kind is Kind.REJECTION) for row, told in both
    )
    reasons = score((bool(row["has_feedback"]), bool(told.feedback)) for row, told in refused)
    named = [(row, told) for row, told in both if kind_of(row) != Kind.OTHER]
    employers = [same_name(told.employer, row["company"]) for row, told in named if row["company"]]
    roles = [same_name(told.role, row["role"]) for row, told in named if row["role"]]
    return {
        "rejection precision": decided.precision,
        "rejection recall": decided.recall,
        "kind macro-F1": macro_f1((kind_of(row), told.kind) for row, told in both),
        "style macro-F1": macro_f1(
            (row["form"], told.style) for row, told in refused if row["form"]
        ),
        "stage macro-F1": macro_f1(
            (row["stage"], told.stage) for row, told in refused if row["stage"]
        ),
        "door macro-F1": macro_f1((row["door"], told.door) for row, told in refused if row["door"]),
        "reason precision": reasons.precision,
        "reason recall": reasons.recall,
        "employer": sum(employers) / max(len(employers), 1),
        "role": sum(roles) / max(len(roles), 1),
    }
