"""Applications for the diagnosis, as many as one likes, on days of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kindregards.core.applications import Outcome
from kindregards.core.diagnosis import Past, Route
from kindregards.core.letters.reading import Stage

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REJECTED, OPEN = Outcome.REJECTED, Outcome.OPEN


def some(
    many: int,
    stage: Stage = Stage.APPLICATION,
    outcome: Outcome = Outcome.REJECTED,
    *,
    quiet_for: int = 60,
    route: Route = Route.DIRECT,
) -> list[Past]:
    """So many applications that ended alike; `quiet_for` is in days since their last letter."""
    heard = NOW - timedelta(days=quiet_for)
    return [Past(stage, outcome, heard - timedelta(days=n), heard, route) for n in range(many)]
