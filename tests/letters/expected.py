"""What stands beside each example: its reading, written down by hand."""

from __future__ import annotations

from typing import Any

from kindregards.core.letters import told
from kindregards.core.letters.reading import Reading


def as_expected(reading: Reading) -> dict[str, Any]:
    """The parts of a reading that the examples fix; the probability only as sure or not."""
    fields = {
        "kind": reading.kind.value,
        "sure": reading.probability >= 0.75,
        "language": reading.language,
        "style": reading.style,
        "stage": reading.stage,
        "door": reading.door,
        "employer": reading.employer,
        "role": reading.role,
        "told": told(reading),
        "reasons": [said.reason.value for said in reading.feedback],
        "kind_words": list(reading.kind_words),
        "people": [f"{one.name} <{one.email}> {one.role}".strip() for one in reading.people],
        "evidence": [f"{shown.field}: {shown.quote}" for shown in reading.evidence],
    }
    return {name: value for name, value in fields.items() if value is not None}
