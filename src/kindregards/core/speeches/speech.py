"""A Speech: something to hear or to read aloud, with what a choice needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

WORDS_A_MINUTE = 140
"""Reading aloud without hurry. [design]"""


class Direction(StrEnum):
    """R30: what the person wants of it. Cheer is not forced on a low evening (Hunter 2011)."""

    CALM = "calm"
    STORY = "story"
    FIRE = "fire"


class SpeechKind(StrEnum):
    """What it is: one of our own pieces, the person's own record, a talk elsewhere, an old speech
    as text, an audio file of their own, an episode of a podcast."""

    OWN = "own"
    ABOUT_YOU = "about_you"
    TALK = "talk"
    TEXT = "text"
    AUDIO = "audio"
    EPISODE = "episode"


class Evening(StrEnum):
    """What sort of evening a Speech is for; what can be known of one, or is said by the person."""

    FINAL = "final"
    SILENCE = "silence"
    FORM = "form"
    DREAM = "dream"
    TOMORROW = "tomorrow"
    KIND_NO = "kind_no"
    MONEY = "money"
    FRIEND = "friend"
    LATER_IN_LIFE = "later_in_life"
    FIRST_JOB = "first_job"
    DAY_AFTER = "day_after"
    SUNDAY = "sunday"
    NIGHT = "night"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Speech:
    """One thing to hear.

    `key` names it for good, `about` is what it is about in a line. `minutes` is None where nobody
    knows yet. `address` is where it opens or is fetched, "" where the words are here; `rights` says
    why it may be had. `is_first` marks what suits a first bad evening.
    """

    key: str
    kind: SpeechKind
    title: str
    about: str
    direction: Direction
    minutes: float | None
    speaker: str = ""
    year: int | None = None
    address: str = ""
    rights: str = ""
    language: str = "en"
    evenings: frozenset[Evening] = frozenset()
    is_first: bool = False
    text: str = ""

    @property
    def site(self) -> str:
        """The site that it opens at, without www: ted.com."""
        return (urlsplit(self.address).hostname or "").removeprefix("www.")

    @property
    def length(self) -> str:
        """Its length as one says it: 2 min; "" where nobody knows yet."""
        return f"{max(1, round(self.minutes))} min" if self.minutes is not None else ""

    @property
    def from_where(self) -> str:
        """Where it comes from and how long it takes, in a line."""
        year = str(self.year or "")
        told = {
            SpeechKind.OWN: ("To hear, or to read",),
            SpeechKind.ABOUT_YOU: ("From your own record",),
            SpeechKind.TALK: (self.speaker, year, f"at {self.site}"),
            SpeechKind.AUDIO: ("Yours",),
        }.get(self.kind, (self.speaker, year))
        return ", ".join(part for part in (*told, self.length) if part)


def minutes_aloud(text: str) -> float:
    """How long a text takes when it is read aloud."""
    return len(text.split()) / WORDS_A_MINUTE
