"""Two short exercises, a screen at a time: before the next step, and kindness to oneself (R15).

The first is inoculation: three setbacks that may come, each with what one will do then (JOBS II,
Vinokur and Schul 1997). The second has the three parts of self-compassion (Kreemers and others
2020). Protocols in Appendix E, words our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kindregards.core.diagnosis.usual import Market, Passage, UsualRate, usual_rate
from kindregards.core.letters.reading import Stage


class Exercise(StrEnum):
    """Which of the two."""

    BEFORE = "before"
    KINDNESS = "kindness"


class Coming(StrEnum):
    """What comes next."""

    APPLICATION = "application"
    TALK = "talk"
    INTERVIEW = "interview"
    FINAL = "final"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Screen:
    """One thing at a time: a few sentences, and room to write where `label` is not empty.

    `begin` stands in the empty field to be written on from; `source` says where figures are from.
    """

    key: str
    title: str
    said: tuple[str, ...]
    label: str = ""
    begin: str = ""
    source: str = ""


SETBACKS = (
    Screen(
        "silence",
        "If nothing comes",
        (
            "Most of what you send will never be answered. It is how it goes for everybody.",
            "If two weeks go by in silence, what will you do, and whom will you ring?",
        ),
        label="If nothing comes, I will",
    ),
    Screen(
        "question",
        "If the same question comes again",
        (
            "The one that went badly last time may well come back. That is a chance as much as a "
            "fright: you know it now.",
            "What will your first words be, and with whom will you try them out before?",
        ),
        label="If it comes again, I will begin with",
    ),
    Screen(
        "late_no",
        "If it is a no after the last round",
        (
            "It is the hardest one, since you were so near. It is also what most last rounds end "
            "in, for good people too.",
            "What will you do that evening, and who will hear it first?",
        ),
        label="If it is a no, I will",
    ),
)


def before(coming: Coming, market: Market) -> tuple[Screen, ...]:
    """What a no would mean there, then the three setbacks and what to do about each."""
    return (_what_a_no_means(coming, market), *SETBACKS)


def kindness(first_name: str) -> tuple[Screen, ...]:
    """The three parts: name the feeling, others know it, and a friend's words."""
    name = first_name or "yourself"
    return (
        Screen(
            "feeling",
            "What is here right now?",
            (
                "Tired, ashamed, angry, sad, relieved, nothing at all: whatever it is, it may be "
                "here. It need not be fair, and nothing has to be done about it.",
            ),
            label="One or two words for it",
        ),
        Screen(
            "others",
            "Others know this",
            (
                "Seven in ten applicants in North America were never told why. Strong candidates "
                "fail about one interview in five, and most last rounds end in a no.",
                "So on this evening a great many good people sit where you sit.",
            ),
            label="Somebody you know who has been here too",
            source="Talent Board 2022; interviewing.io 2016; Lever 2017",
        ),
        Screen(
            "friend",
            "As a good friend would put it",
            (
                f"Somebody who likes {_whom(first_name)} and knows the whole of it sits down to "
                "write: one kind sentence, and one next step.",
                f"Write it about {name} by name, in the third person. From a step away one is "
                "fairer."
                if first_name
                else "Write it about yourself by name, in the third person. From a step away one "
                "is fairer.",
            ),
            label=f"To {first_name}" if first_name else "The letter of a friend",
        ),
    )


def _whom(first_name: str) -> str:
    return first_name or "you"


def _what_a_no_means(coming: Coming, market: Market) -> Screen:
    if coming is Coming.LETTER:  # R6
        return Screen(
            "no",
            "About one in ten is answered",
            (
                "People who were asked for advice after a rejection mostly do not write back. "
                "They are busy, or their firm does not let them.",
                "So silence is the usual end of such a letter. Writing it was still right: it "
                "costs little, and the one answer in ten can be worth a lot.",
            ),
            source="A poll of 14,000 members of LinkedIn; it counts people, not letters",
        )
    if coming is Coming.INTERVIEW:  # R23
        return Screen(
            "no",
            "Good people hear a no in one interview of five",
            (
                "Of interviews that strong candidates gave, about 22 in 100 went badly. The same "
                "person is judged quite differently on two days.",
                "One no is one day, one room and one listener. It takes many before they say "
                "anything about you.",
            ),
            source="interviewing.io, 2016, 299 practice interviews",
        )
    rate = usual_rate(_PASSAGES[coming], market)
    return Screen(
        "no",
        _RATE_TITLES[coming].format(**_counts(rate)),
        (_RATE_WORDS[coming].format(**_counts(rate)), _RATE_MEANS[coming]),
        source=f"{rate.source}, {rate.year}",
    )


_RATE_TITLES = {
    Coming.APPLICATION: "Of a hundred applications, about {few} lead to a talk",
    Coming.TALK: "Of a hundred first talks, about {few} lead on",
    Coming.FINAL: "Of a hundred last rounds, about {few} end in an offer",
}
_RATE_WORDS = {
    Coming.APPLICATION: "The other {rest} end in a form letter or in silence, whoever sends them. "
    "Often nobody has read much.",
    Coming.TALK: "For the other {rest} it ends there: somebody from inside, a budget, one more "
    "year of something.",
    Coming.FINAL: "For the other {rest} it ends just before the door. All of them were good enough "
    "to sit there.",
}
_RATE_MEANS = {
    Coming.APPLICATION: "So a no to this one would be the usual thing, and would say next to "
    "nothing about you.",
    Coming.TALK: "So a no after it would be the usual thing. One alone tells nothing.",
    Coming.FINAL: "So a no after it hurts more and still says little. Having come this far does.",
}


_PASSAGES = {
    Coming.APPLICATION: Passage(Stage.APPLICATION, Stage.SCREEN),
    Coming.TALK: Passage(Stage.SCREEN, Stage.INTERVIEW),
    Coming.FINAL: Passage(Stage.INTERVIEW, Stage.OFFER),
}


def _counts(rate: UsualRate) -> dict[str, int]:
    few = round(rate.mean * 100)
    return {"few": few, "rest": 100 - few}
