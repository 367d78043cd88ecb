"""A greeting by the clock."""

from __future__ import annotations

from datetime import datetime

NIGHT_ENDS, NOON, EVENING = 5, 12, 18


def greeting(first_name: str, now: datetime) -> str:
    """Good morning, Mara: by the hour of the person's own clock."""
    if now.hour < NIGHT_ENDS:
        said = "Hello"  # neither an evening nor a morning to somebody who cannot sleep
    elif now.hour < NOON:
        said = "Good morning"
    elif now.hour < EVENING:
        said = "Good afternoon"
    else:
        said = "Good evening"
    return f"{said}, {first_name}" if first_name else said
