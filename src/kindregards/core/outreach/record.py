"""The Guard's answer as plain JSON values."""

from __future__ import annotations

from typing import Any

from kindregards.core.outreach.draft import Guarded


def guarded_record(guarded: Guarded) -> dict[str, Any]:
    """The answer as `kindregards check --json` prints it."""
    return {
        "verdict": guarded.verdict.value,
        "words": guarded.words,
        "courtesy": guarded.courtesy,
        "neediness": guarded.neediness,
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity.value,
                "minor": finding.minor,
                "title": finding.title,
                "why": finding.why,
                "quote": finding.quote,
                "start": finding.start,
                "end": finding.end,
                "instead": finding.instead,
                "part": finding.part.value,
                "until": finding.until.isoformat() if finding.until else None,
            }
            for finding in guarded.findings
        ],
    }
