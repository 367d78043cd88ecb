"""What pages say of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kindregards.core.network.book import ChangeKind
from kindregards.core.network.doubles import Likeness
from kindregards.core.network.occasions import OccasionKind
from kindregards.core.network.rhythm import Closeness, Why
from kindregards.core.outreach.draft import Channel, Direction, DraftKind
from kindregards.web.contacts import News, Taken
from kindregards.web.models import Contact, Letter, Occasion, Touch
from kindregards.web.told_here import told_here

_ASKED = {
    DraftKind.ADVICE_REQUEST: "You asked for advice",
    DraftKind.THANKS: "You thanked them",
    DraftKind.FOLLOW_UP: "You reminded them",
    DraftKind.ADVICE_THANKS: "You thanked them for their advice",
    DraftKind.PROGRESS: "You told them how it went on",
    DraftKind.ON_FILE: "You let them keep your resume",
    DraftKind.CALL: "You said yes to a call",
    DraftKind.OCCASION: "You wrote on an occasion",
    DraftKind.INVITATION: "You asked to connect",
    DraftKind.OTHER: "You wrote",
}
_LATELY = {0: "today", 1: "yesterday"}
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
    found += [Between(one.sent_at, "They wrote", told_here(one), one.pk) for one in letters]
    return sorted(found, key=lambda one: one.at, reverse=True)


def said_touch(touch: Touch) -> str:
    """One touch in a few words: who wrote, what for, and by which way."""
    came = touch.direction == Direction.IN
    return ("They wrote" if came else _ASKED[DraftKind(touch.kind)]) + _WAYS[Channel(touch.channel)]


REASONS = {
    OccasionKind.POST: "They wrote something",
    OccasionKind.NEW_JOB: "They have a new job",
    OccasionKind.NEWS: "There is news of their employer",
    OccasionKind.ADVICE: "I used their advice",
    OccasionKind.QUESTION: "A question that only they can answer",
    OccasionKind.OPENING: "An opening of theirs is back",
    OccasionKind.SEASON: "A season’s greeting",
}
"""What a person may give as a reason, as they would say it."""


def said_occasion(occasion: Occasion) -> str:
    """A reason to write, in a sentence without their name."""
    at = f" at {occasion.employer}" if occasion.employer else ""
    match OccasionKind(occasion.kind):
        case OccasionKind.NEW_JOB:
            told = occasion.role or occasion.words
            return f"A new job: {told}{at}" if told else f"A new job{at}"
        case OccasionKind.ANNIVERSARY:
            years = f"{occasion.years} years" if occasion.years else "Some years"
            return f"{'One year' if occasion.years == 1 else years}{at}"
        case OccasionKind.BIRTHDAY:
            return "Their birthday"
        case OccasionKind.POST:
            told = f": {occasion.words}" if occasion.words else " on LinkedIn"
            return f"They wrote something{told}"
        case OccasionKind.CONNECTED:
            return "You are newly connected on LinkedIn"
        case OccasionKind.QUESTION | OccasionKind.OPENING | OccasionKind.ADVICE | OccasionKind.NEWS:
            told = f": {occasion.words}" if occasion.words else ""
            return f"{REASONS[OccasionKind(occasion.kind)]}{told}"
        case OccasionKind.SEASON:
            return "A season’s greeting"


def said_likeness(why: Likeness) -> str:
    """Why two may be one, in a sentence."""
    return {
        Likeness.NAME_AND_EMPLOYER: "They have one name and one employer.",
        Likeness.NAME: "They have one name.",
        Likeness.NEARLY: "Their names are nearly alike, and they have one employer.",
    }[why]


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


_EVERY = {
    Closeness.CLOSE: "about once a month",
    Closeness.WARM: "every three months or so",
    Closeness.WEAK: "about twice a year",
}
CLOSENESS = {
    "": "As it comes",
    Closeness.CLOSE: "Close: once a month",
    Closeness.WARM: "Warm: every three months",
    Closeness.WEAK: "Known: twice a year",
    Closeness.REST: "Let it rest",
}


def said_why_now(contact: Contact, why: Why, occasion: Occasion | None, days: int | None) -> str:
    """Why a word is due now, in a sentence. `days` is how long ago the last word was."""
    since = said_ago(days)
    match why:
        case Why.OCCASION:
            return f"{said_occasion(occasion)}." if occasion else "There is a reason to write."
        case Why.REJECTION:
            there = f" at {contact.employer.name}" if contact.employer else ""
            return f"They know your work from the process{there}. {since}"
        case Why.CLOSENESS:
            chosen = Closeness(contact.closeness) if contact.closeness else None
            every = _EVERY.get(chosen, "now and then") if chosen else "now and then"
            return f"You like to be in touch {every}. {since}"
        case Why.DORMANT:
            return f"{since} People are gladder to hear from somebody again than one expects."


def said_ago(days: int | None) -> str:
    """How long ago the last word was, in a sentence."""
    if days is None:
        return "No word is known yet."
    if days < 60:
        return f"The last word was {_LATELY.get(days, f'{days} days ago')}."
    if days < 730:
        return f"The last word was {round(days / 30.4)} months ago."
    return f"The last word was {days // 365} years ago."


_IDEAS = {
    Why.REJECTION: "What you did with something they told you, in three sentences. Or how it goes "
    "on, and one question that only they can answer.",
    Why.CLOSENESS: "How they are, and one thing that is new with you. No request is needed.",
    Why.DORMANT: "Where you know each other from, and one question that takes two lines to answer.",
}
_IDEAS_FOR = {
    OccasionKind.NEW_JOB: "What you think will suit them there, in a line of your own.",
    OccasionKind.ANNIVERSARY: "Something of their work that you remember, in one sentence.",
    OccasionKind.BIRTHDAY: "A wish, and one thing that the two of you share.",
    OccasionKind.POST: "The point in it that you will use, or a question about it.",
    OccasionKind.NEWS: "What you think of it, in a line, or a question about it.",
    OccasionKind.CONNECTED: "Where you met, and what you liked about the talk.",
    OccasionKind.QUESTION: "The question, so that two lines answer it.",
    OccasionKind.OPENING: "That you saw it, and what has changed with you since then.",
    OccasionKind.ADVICE: "What they told you, what you did with it, and what came of it.",
    OccasionKind.SEASON: "A wish, and one thing of this year that you think of them with.",
}


def said_idea(why: Why, occasion: Occasion | None) -> str:
    """What could be in it."""
    if why is Why.OCCASION:
        kind = OccasionKind(occasion.kind) if occasion else OccasionKind.POST
        return _IDEAS_FOR[kind]
    return _IDEAS[why]
