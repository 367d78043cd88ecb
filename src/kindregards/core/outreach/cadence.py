"""How often is welcome: the contact budget per person and per employer (R8, R9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kindregards.core.outreach.draft import (
    Circumstances,
    Direction,
    Draft,
    Finding,
    Part,
    Severity,
    Touch,
)
from kindregards.core.outreach.timing import good_morning, kept_until

BETWEEN = timedelta(days=7)
AFTER_TWO = timedelta(days=30)
REST = timedelta(days=90)

# Mail services of the public: people there share a domain and no employer.
_PUBLIC_MAIL = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|aol|protonmail|gmx)\.[a-z.]+"
    r"|proton\.me|web\.de|t-online\.de|posteo\.de|mailbox\.org"
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What went between the person and the other side up to now, oldest first.

    `letter_at` is when their last known letter came; it counts as a word from them.
    """

    touches: tuple[Touch, ...]
    letter_at: datetime | None

    @property
    def sent(self) -> tuple[Touch, ...]:
        """What the person wrote."""
        return tuple(touch for touch in self.touches if touch.direction is Direction.OUT)

    @property
    def heard_at(self) -> datetime | None:
        """When the other side last wrote, the letter included."""
        heard = [touch.at for touch in self.touches if touch.direction is Direction.IN]
        return max([*heard, *([self.letter_at] if self.letter_at else [])], default=None)

    @property
    def unanswered(self) -> tuple[Touch, ...]:
        """What the person wrote since they last did."""
        heard_at = self.heard_at
        return tuple(touch for touch in self.sent if heard_at is None or touch.at > heard_at)

    @property
    def is_reply(self) -> bool:
        """Whether they wrote last, and after the letter: then the person's word is an answer."""
        heard = [touch.at for touch in self.touches if touch.direction is Direction.IN]
        floor = max([touch.at for touch in self.sent], default=None)
        last = max(heard, default=None)
        if last is None or floor is None:
            return False
        return last > floor and (self.letter_at is None or last > self.letter_at)


def exchange_of(
    draft: Draft, history: Sequence[Touch], circumstances: Circumstances, now: datetime
) -> Exchange:
    """The touches that count for this draft: its reader's and those of the reader's employer.

    A touch that does not say with whom it was counts, and all count for a draft that names
    nobody: the Guard would rather count one too many.
    """
    side = _Side.of(draft, circumstances)
    mine = (touch for touch in history if touch.at <= now and side.counts(touch))
    return Exchange(tuple(sorted(mine, key=lambda touch: touch.at)), circumstances.letter_at)


def cadence_findings(exchange: Exchange, now: datetime) -> tuple[Finding, ...]:
    """At most one Finding: rest after two unanswered, a pause after two, a week between any two.

    One letter and one follow-up are welcome; then it rests. A word from them reopens it.
    """
    sent = exchange.sent
    if not sent or exchange.is_reply:
        return ()
    if len(exchange.unanswered) >= 2 and now < exchange.unanswered[-1].at + REST:
        return (_kept(_rest, len(exchange.unanswered), exchange.unanswered[-1].at + REST, now),)
    until = welcome_from(exchange, now)
    if until is None:
        return ()
    recent = len(_recent(sent, now))
    return (_kept(_pause if recent >= 2 else _wait, recent, until, now),)


def welcome_from(exchange: Exchange, now: datetime) -> datetime | None:
    """When the next word is welcome by R8 and R9: after a week, 30 or 90 days; None for now."""
    sent = exchange.sent
    if not sent or exchange.is_reply:
        return None
    last = sent[-1].at
    if len(exchange.unanswered) >= 2 and now < exchange.unanswered[-1].at + REST:
        return exchange.unanswered[-1].at + REST
    if len(_recent(sent, now)) >= 2:
        return last + AFTER_TWO
    return last + BETWEEN if now < last + BETWEEN else None


def _recent(sent: Sequence[Touch], now: datetime) -> list[Touch]:
    return [touch for touch in sent if now - touch.at < AFTER_TWO]


def cadence_need(exchange: Exchange, now: datetime) -> int:
    """What the history adds to neediness: one for each message in the last 7 days (F2)."""
    if exchange.is_reply:
        return 0
    return sum(now - touch.at < BETWEEN for touch in exchange.sent)


def _kept(
    say: Callable[[int, datetime], Finding], count: int, until: datetime, now: datetime
) -> Finding:
    """The finding with the first good morning from then on, by the clock of `now`, to wait for."""
    at = good_morning(until.astimezone(now.tzinfo))
    return replace(say(count, until), instead=kept_until(at), part=Part.TIME, until=at)


def _rest(count: int, until: datetime) -> Finding:
    return Finding(
        "cadence",
        Severity.STOP,
        "It is time to let it rest",
        f"{count_said(count)} words from you have had no answer. After 90 days of rest, from"
        f" {_date(until)}, a word with a reason of its own is welcome.",
    )


def _pause(count: int, until: datetime) -> Finding:
    times = "twice" if count == 2 else f"{count_said(count).lower()} times"
    return Finding(
        "cadence",
        Severity.WAIT,
        f"They have heard from you {times} lately",
        f"A request and one reminder is what people bear well. From {_date(until)} on, a word with"
        " a reason is welcome.",
    )


def _wait(_: int, until: datetime) -> Finding:
    return Finding(
        "cadence",
        Severity.WAIT,
        "They heard from you this week",
        "More than once a week is what recruiters mind most (Bullhorn 2012). This letter is"
        f" welcome from {_date(until)}.",
    )


def count_said(count: int) -> str:
    """A number of words sent, at the beginning of a sentence."""
    return {2: "Two", 3: "Three", 4: "Four", 5: "Five"}.get(count, str(count))


def _date(at: datetime) -> str:
    return f"{at:%A}, {at.day} {at:%B}"


@dataclass(frozen=True, slots=True)
class _Side:
    people: frozenset[str]
    domains: frozenset[str]
    employer: str

    @classmethod
    def of(cls, draft: Draft, circumstances: Circumstances) -> _Side:
        people = frozenset(_key(one) for one in (*draft.to, *draft.cc) if one.strip())
        known = [*people, _key(circumstances.letter_sender)]
        domains = frozenset(filter(None, map(_domain, known)))
        return cls(people, domains, _employer(circumstances.employer))

    def counts(self, touch: Touch) -> bool:
        person, employer = _key(touch.person), _employer(touch.employer)
        if not person and not employer:
            return True
        if not self.people and not self.employer:
            return True
        if person and self._knows(person):
            return True
        if employer and self.employer:
            return employer.startswith(self.employer) or self.employer.startswith(employer)
        return not self.people if person else True

    def _knows(self, person: str) -> bool:
        named = {_spelled(one) for one in self.people}
        return person in self.people or _domain(person) in self.domains or _spelled(person) in named


def _key(person: str) -> str:
    inner = person.rpartition("<")[2].strip(" >\t") if "@" in person else person
    return " ".join(inner.casefold().split())


def _spelled(person: str) -> str:
    """A name as an address would spell it, so that "Ines Okafor" is ines.okafor@ as well."""
    return person.partition("@")[0].replace(".", " ").replace("_", " ")


def _domain(person: str) -> str:
    domain = person.rpartition("@")[2] if "@" in person else ""
    return "" if _PUBLIC_MAIL.fullmatch(domain) else domain


_LEGAL_FORM = re.compile(r"gmbh|ag|inc|ltd|llc|plc|se|kg|corp|co|company|limited")


def _employer(name: str) -> str:
    words = name.casefold().replace(",", " ").replace(".", " ").split()
    return " ".join(word for word in words if not _LEGAL_FORM.fullmatch(word))
