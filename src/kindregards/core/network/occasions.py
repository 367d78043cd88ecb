"""Occasions: reasons to write to somebody, and how long each of them is one (R27, R29)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files


class OccasionKind(StrEnum):
    """What gives the reason."""

    NEW_JOB = "new_job"
    ANNIVERSARY = "anniversary"
    BIRTHDAY = "birthday"
    POST = "post"
    NEWS = "news"
    CONNECTED = "connected"
    QUESTION = "question"
    OPENING = "opening"
    ADVICE = "advice"
    SEASON = "season"


LASTS = {
    OccasionKind.NEW_JOB: timedelta(days=60),
    OccasionKind.ANNIVERSARY: timedelta(days=14),
    OccasionKind.BIRTHDAY: timedelta(days=3),
    OccasionKind.POST: timedelta(days=10),
    OccasionKind.NEWS: timedelta(days=14),
    OccasionKind.CONNECTED: timedelta(days=30),
    OccasionKind.QUESTION: timedelta(days=30),
    OccasionKind.OPENING: timedelta(days=21),
    OccasionKind.ADVICE: timedelta(days=60),
    OccasionKind.SEASON: timedelta(days=21),
}
"""How long a word about it is still natural. [design]"""


BY_HAND = (
    OccasionKind.POST,
    OccasionKind.NEW_JOB,
    OccasionKind.NEWS,
    OccasionKind.ADVICE,
    OccasionKind.QUESTION,
    OccasionKind.OPENING,
    OccasionKind.SEASON,
)
"""What the person may give as a reason themselves."""

SEASON_AGAIN_AFTER = timedelta(days=330)
"""A season's greeting comes once a year at most; the next may be some weeks earlier. [design]"""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice in the mailbox tells of somebody: who, what, and what it names besides."""

    kind: OccasionKind
    name: str
    at: datetime
    years: int | None = None
    employer: str = ""
    role: str = ""


def notice_in(*, address: str, subject: str, at: datetime | None) -> Notice | None:
    """The notice in a message from LinkedIn, by sender and subject; None where there is none.

    Only the subject is looked at: what stands below it has links that track their reader. `at` is
    when it was sent, aware.
    """
    if at is None or not _is_linkedin(address):
        return None
    line = " ".join(subject.split())[:500]
    for kind, pattern in _patterns():
        found = pattern.match(line)
        name = found["name"].strip(" ,:") if found else ""
        if found and name:
            told = found.groupdict()
            return Notice(
                kind=kind,
                name=name,
                at=at,
                years=int(told["years"]) if told.get("years") else None,
                employer=(told.get("employer") or "").strip(" .!"),
                role=(told.get("role") or "").strip(),
            )
    return None


def _is_linkedin(address: str) -> bool:
    domain = address.casefold().rpartition("@")[2]
    return domain == "linkedin.com" or domain.endswith(".linkedin.com")


@cache
def _patterns() -> tuple[tuple[OccasionKind, re.Pattern[str]], ...]:
    told = tomllib.loads((files("kindregards.core.network") / "notices.toml").read_text("utf-8"))
    return tuple(
        (OccasionKind(kind), _pattern(wording))
        for kind, languages in told.items()
        for wordings in languages.values()
        for wording in wordings
    )


_BLANKS = {
    r"\{name\}": r"(?P<name>[^:,!]{2,80}?)",
    r"\{years\}": r"(?P<years>\d{1,2})",
    r"\{employer\}": r"(?P<employer>.{1,120}?)",
    r"\{role\}": r"(?P<role>.{1,120}?)",
    r"\{\*\}": r".{0,80}?",
    r"\*": r".*",
}


def _pattern(wording: str) -> re.Pattern[str]:
    written = re.escape(wording).replace(r"\ ", " ")
    for blank, meaning in _BLANKS.items():
        written = written.replace(blank, meaning)
    return re.compile(rf"(?i){written}[.!]?$")
