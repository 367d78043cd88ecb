"""A speech about somebody, made of their own record and of nothing else.

Each sentence either tells of a fact and names it, or claims nothing. Which facts, in which words,
is drawn by a seed, so that it is another speech another time. Where there is little, it is short
and says so.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kindregards.core.letters.reading import Stage
from kindregards.core.speeches.record import (
    Answered,
    Better,
    KindWord,
    Reached,
    Record,
)

MOST_KIND, MOST_REACHED, MOST_ANSWERED, MOST_USED, MOST_BETTER = 4, 3, 3, 3, 2
"""Of each, so that it takes two to three minutes where there is much. [design]"""
LONGEST_QUOTE = 240
LONGEST_QUESTION = 120
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or two, and the facts that it tells: `kind_words:0`, `applications`. A line
    without facts claims nothing."""

    text: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeechAboutYou:
    """Paragraphs of lines. `is_thin` says that the record holds nothing to speak of yet."""

    paragraphs: tuple[tuple[Line, ...], ...]
    is_thin: bool

    @property
    def text(self) -> str:
        """The speech as text, its paragraphs parted by empty lines."""
        return "\n\n".join(" ".join(line.text for line in one) for one in self.paragraphs)


def compose(record: Record, *, seed: int, today: date) -> SpeechAboutYou:
    """The speech; the same seed gives the same one."""
    chance = random.Random(seed)  # noqa: S311 - for variety, not for secrets
    parts = [
        _way(record, chance),
        _noes(record, chance, today),
        _kind(record, chance, today),
        _people(record, chance, today),
        _used(record, chance),
        _better(record, chance),
    ]
    told = [tuple(part) for part in parts if part]
    if not told:
        return SpeechAboutYou(((Line(_greeted(record, EMPTY)),), (Line(EMPTY_END),)), is_thin=True)
    opening = Line(_greeted(record, chance.choice(OPENINGS)))
    ending = Line(chance.choice(ENDINGS if len(told) > 2 else SHORT_ENDINGS))
    return SpeechAboutYou(((opening,), *told, (ending,)), is_thin=False)


# Sentences that claim nothing ------------------------------------------------------------------

OPENINGS = (
    "Here is what lies in the drawer, read aloud. Nothing was added to it.",
    "This is made of what was written down here and of nothing else. Memory is a poor clerk on a "
    "bad evening, so it is good to have it read out.",
    "A few things that are so, whatever today was like.",
    "No opinions now, only what is on record.",
)
ENDINGS = (
    "That is what the record says. It says the same on good days and on bad ones.",
    "A letter can be added to this record. None can take anything out of it.",
    "It is all here, in the words in which it came, and it can be read again whenever you like.",
    "So much for the record. It can be put down now; it keeps by itself.",
)
SHORT_ENDINGS = (
    "That is all that is written down so far. It is short because the record is short.",
    "More than that is not known here, and what is not known is not said.",
)
EMPTY = (
    "There is not enough written down here yet to make a speech of, and nothing will be made up."
)
EMPTY_END = (
    "If somebody once said a kind word to you, you can put it in by hand, and it will be read to "
    "you here. Until then there are other things to hear."
)


def _greeted(record: Record, line: str) -> str:
    return f"{record.name}. {line}" if record.name else line


# What is told of each kind of fact ------------------------------------------------------------


def _way(record: Record, chance: random.Random) -> list[Line]:
    if not record.applications:
        return []
    sent, many = number(record.applications), record.applications > 1
    lines = []
    if many:
        first = chance.choice((
            f"{sent.capitalize()} applications are kept here.",
            f"There are {sent} applications in this record.",
            f"The record holds {sent} applications.",
        ))  # fmt: skip
        lines.append(Line(first, ("applications",)))
    if not record.reached:
        return lines
    talks = len(record.reached)
    if many and talks > 1:
        said = f"{number(talks).capitalize()} of them led to a conversation or further."
        lines.append(Line(said, ("applications", "reached")))
    order = sorted(range(talks), key=lambda at: _ORDER.index(record.reached[at].stage))
    lines += [
        Line(_said_reached(record.reached[at], chance), (f"reached:{at}",))
        for at in order[-MOST_REACHED:][::-1]
    ]
    lines.append(Line(chance.choice(_NO_CLAIM_OF_STAGE)))
    return lines


_ORDER = tuple(Stage)
_NO_CLAIM_OF_STAGE = (
    "How far one came is not undone by how it ended.",
    "What was reached stays reached.",
    "An ending does not move the place where one stood.",
)
_REACHED = {
    Stage.SCREEN: ("{where} wanted a first talk.", "At {where} there was a first talk."),
    Stage.INTERVIEW: (
        "{where} invited you in and took the time for an interview.",
        "At {where} there was an interview.",
        "You sat in an interview at {where}.",
    ),
    Stage.FINAL: (
        "At {where} it went to the last round.",
        "{where} had you in the last round.",
        "You came as far as the last round at {where}.",
    ),
    Stage.OFFER: ("{where} made an offer.", "From {where} there came an offer."),
}


def _said_reached(one: Reached, chance: random.Random) -> str:
    if not one.employer:
        return {
            Stage.SCREEN: "One led to a first talk.",
            Stage.INTERVIEW: "One led to an interview.",
            Stage.FINAL: "One went to the last round.",
        }.get(one.stage, "One led to an offer.")
    said = chance.choice(_REACHED[one.stage]).format(where=one.employer)
    return f"{said[:-1]}, for {one.role}." if one.role else said


def _noes(record: Record, chance: random.Random, today: date) -> list[Line]:
    days = sorted(record.rejected_on)
    if len(days) < 2:
        return []
    since = (today - days[0]).days
    lines = [
        Line(
            f"The first no in this record came {said_day(days[0], today)}, and there have been "
            f"{number(len(days))} of them in all.",
            ("rejected_on",),
        )
    ]
    if since >= 2:
        lines.append(
            Line(
                f"Between that first one and today lie {number(since)} days.",
                ("rejected_on",),
            )
        )
    if record.went_on:
        went = "one more application" if record.went_on == 1 else (
            f"{number(record.went_on)} more applications"
        )  # fmt: skip
        said = chance.choice((
            f"After that first no, {went} went out all the same.",
            f"After it you began {went}.",
        ))  # fmt: skip
        lines.append(Line(said, ("went_on",)))
    return lines


def _kind(record: Record, chance: random.Random, today: date) -> list[Line]:
    chosen = _some(record.kind_words, MOST_KIND, chance)
    if not chosen:
        return []
    lines = [Line(chance.choice(_BEFORE_KIND if len(chosen) > 1 else _BEFORE_ONE_KIND))]
    for at, one in chosen:
        lines.append(Line(_said_kind(one, chance, today), (f"kind_words:{at}",)))
    return lines


_BEFORE_KIND = (
    "Now some words that were not written by you.",
    "Here are words that others chose.",
    "Some of what people wrote, word for word.",
)
_BEFORE_ONE_KIND = (
    "And there is this, word for word.",
    "One thing is here in somebody else’s words.",
)


def _said_kind(one: KindWord, chance: random.Random, today: date) -> str:
    quote = _ended(_quoted(one.quote))
    on = f" {said_day(one.on, today)}" if one.on else ""
    if not one.who:
        return f"Somebody wrote{on}: {quote}"
    return chance.choice((f"{one.who} wrote{on}: {quote}", f"From {one.who}{on}: {quote}"))


def _people(record: Record, chance: random.Random, today: date) -> list[Line]:
    chosen = _some(record.answered, MOST_ANSWERED, chance)
    lines = []
    if chosen and record.letters_out > 1:
        asked, back = number(record.letters_out), number(len(record.answered))
        said = f"You asked for advice {asked} times, and {back} wrote back."
        if len(record.answered) <= record.letters_out:
            lines.append(Line(said, ("letters_out", "answered")))
    for at, one in chosen:
        lines.append(Line(_said_answered(one, chance, today), (f"answered:{at}",)))
    return lines


def _said_answered(one: Answered, chance: random.Random, today: date) -> str:
    on = said_day(one.on, today)
    if not one.who:
        return f"Somebody took the time to answer {on}."
    return chance.choice((
        f"{one.who} took the time to answer {on}.",
        f"When you asked {one.who}, an answer came {on}.",
    ))  # fmt: skip


def _used(record: Record, chance: random.Random) -> list[Line]:
    lines = []
    for at, one in _some(record.used, MOST_USED, chance):
        whose = f"{one.who} advised" if one.who else "Somebody advised"
        done = chance.choice((
            "You marked it as done.", "It stands here as done.", "You did that; it is ticked off.",
        ))  # fmt: skip
        lines.append(Line(f"{whose}: {_quoted(one.quote)} {done}", (f"used:{at}",)))
    return lines


def _better(record: Record, chance: random.Random) -> list[Line]:
    return [
        Line(_said_better(one), (f"better:{at}",))
        for at, one in _some(record.better, MOST_BETTER, chance)
    ]


def _said_better(one: Better) -> str:
    question = _quoted(one.question, LONGEST_QUESTION)
    first, later = number(one.before), number(one.after)
    return (
        f"The question {question} came up more than once. You gave your answer {first} of five the "
        f"first time, and {later} of five later."
    )


# Words for numbers, days and quotes -----------------------------------------------------------


def number(count: int) -> str:
    """A count as one says it: in words up to twelve."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


def said_day(on: date, today: date) -> str:
    """A day as one says it in a sentence: today, yesterday, on 3 March, in March 2025."""
    days = (today - on).days
    if days in (0, 1):
        return ("today", "yesterday")[days]
    return f"on {on.day} {on:%B}" if on.year == today.year else f"in {on:%B} {on.year}"


def _quoted(words: str, longest: int = LONGEST_QUOTE) -> str:
    """Words in quotes, word for word; a long one is cut after a word, and shows that it was."""
    plain = " ".join(words.split())
    if len(plain) > longest:
        plain = plain[:longest].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return f"“{plain}”"


def _ended(quote: str) -> str:
    """A quote at the end of a sentence: with a full stop after it where it has none of its own."""
    return quote if quote.endswith((".”", "!”", "?”", "…”")) else f"{quote}."


def _some(facts: Sequence[T], most: int, chance: random.Random) -> list[tuple[int, T]]:
    """At most so many of the facts with their places, in their own order."""
    chosen = chance.sample(range(len(facts)), min(most, len(facts)))
    return [(at, facts[at]) for at in sorted(chosen)]
