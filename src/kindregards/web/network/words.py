"""What pages say of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kindregards.core.network.book import ChangeKind
from kindregards.core.network.occasions import OccasionKind
from kindregards.core.outreach.draft import Channel, Direction, DraftKind
from kindregards.web.contacts import News, Taken
from kindregards.web.models import Letter, Occasion, Touch

_ASKED = {
    DraftKind.ADVICE_REQUEST: "You asked for advice",
    DraftKind.THANKS: "You thanked them",
    DraftKind.FOLLOW_UP: "You reminded them",
    DraftKind.ADVICE_THANKS: "You thanked them for their advice",
    DraftKind.PROGRESS: "You told them how it went on",
    DraftKind.ON_FILE: "You let them keep your resume",
    DraftKind.CALL: "You said yes to a call",
    DraftKind.OTHER: "You wrote",
}
_WAYS = {
    Channel.MAIL: "",
    Channel.LINKEDIN: ", on LinkedIn",
    Channel.PHONE: ", by phone",
    Channel.IN_PERSON: ", in person",
}


@dataclass(frozen=True, slots=True)
class Between:
    """One thing that went between the person and somebody; `letter` where it is kept here."""

    at: datetime
    said: str
    words: str = ""
    letter: int | None = None


def between(touches: Sequence[Touch], letters: Sequence[Letter]) -> list[Between]:
    """Touches and letters as one line of time, the latest first. An answer is both, told once."""
    kept = {one.sent_at for one in letters}
    recorded = [one for one in touches if one.direction == Direction.OUT or one.at not in kept]
    found = [Between(one.at, said_touch(one), one.words) for one in recorded]
    found += [Between(one.sent_at, "They wrote", one.told, one.pk) for one in letters]
    return sorted(found, key=lambda one: one.at, reverse=True)


def said_touch(touch: Touch) -> str:
    """One touch in a few words: who wrote, what for, and by which way."""
    came = touch.direction == Direction.IN
    return ("They wrote" if came else _ASKED[DraftKind(touch.kind)]) + _WAYS[Channel(touch.channel)]


def said_occasion(occasion: Occasion) -> str:
    """A reason to write, in a sentence without their name."""
    at = f" at {occasion.employer}" if occasion.employer else ""
    match OccasionKind(occasion.kind):
        case OccasionKind.NEW_JOB:
            return f"A new job: {occasion.role}{at}" if occasion.role else f"A new job{at}"
        case OccasionKind.ANNIVERSARY:
            years = f"{occasion.years} years" if occasion.years else "Some years"
            return f"{'One year' if occasion.years == 1 else years}{at}"
        case OccasionKind.BIRTHDAY:
            return "Their birthday"
        case OccasionKind.POST:
            return "They wrote something on LinkedIn"
        case OccasionKind.CONNECTED:
            return "You are newly connected on LinkedIn"


def said_taken(taken: Taken) -> str:
    """What came of a list of people, in a line."""
    parts = [
        f"{taken.new:,} new" if taken.new else "",
        f"{taken.completed:,} with something new" if taken.completed else "",
        f"{taken.known:,} here already" if taken.known else "",
        f"{taken.gone:,} no longer connected" if taken.gone else "",
        f"{taken.touches:,} messages and invitations" if taken.touches else "",
    ]
    return ", ".join(filter(None, parts))


def said_news(news: News) -> str:
    """What is new about somebody, in a sentence without their name."""
    if news.change.kind is ChangeKind.NEW_EMPLOYER:
        return f"now at {news.change.after}, before at {news.change.before}"
    return f"now {news.change.after}, before {news.change.before}"
