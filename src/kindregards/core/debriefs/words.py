"""What each prompt of a debrief says: the question, a line of help, the names of its fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kindregards.core.debriefs.prompts import Prompt
from kindregards.core.debriefs.record import OtherReason

WENT = {1: "badly", 2: "not so well", 3: "all right", 4: "well", 5: "very well"}
OTHER_REASONS = {
    OtherReason.FROM_INSIDE: "Somebody from inside was chosen",
    OtherReason.KNOWN_BEFORE: "Somebody they knew already, or who came recommended",
    OtherReason.EARLIER: "Somebody who was further along when you came",
    OtherReason.BUDGET: "The budget went, or hiring stopped",
    OtherReason.ROLE_CHANGED: "The job changed while they were looking",
    OtherReason.TERMS: "Place, hours, pay or papers did not fit",
}
HEADINGS = {
    Prompt.ROUNDS: "Conversations",
    Prompt.PEOPLE: "People",
    Prompt.QUESTION: "Questions",
    Prompt.REACTIONS: "What they came back to",
    Prompt.NOT_SHOWN: "What I could not show",
    Prompt.ADVERT: "What the advert asked for",
    Prompt.FIRST_PAGE: "What the first page shows",
    Prompt.LACKING: "What I lack, and what I did not say",
    Prompt.INSIDE: "Who could have put in a word",
    Prompt.LETTER: "What the letter says and does not say",
    Prompt.OTHER_REASONS: "Other reasons",
    Prompt.MEANT: "What was meant to happen",
    Prompt.HAPPENED: "What happened",
    Prompt.WHY: "Why there was a gap",
    Prompt.CAUSE: "Causes",
    Prompt.KEEPS: "What stays as it is",
    Prompt.ONE_THING: "One thing to do differently",
    Prompt.IF_THEN: "The plan for next time",
    Prompt.REST: "Other notes",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the words of a prompt depend on.

    `name` is what the person is called, "" where it is not known; `is_more` says that something of
    the kind was written before it, and `is_new` that this one is not written yet.
    """

    name: str = ""
    is_more: bool = False
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one prompt; `lines` is how much room it offers, 1 for a single line."""

    asks: str
    help: str = ""
    lines: int = 4


def words_for(prompt: Prompt, told: Told) -> Words:
    """The words of a prompt. Raises KeyError for what has no screen of its own."""
    return _WORDS[prompt](told)


def _fixed(asks: str, hint: str = "", *, lines: int = 4) -> Callable[[Told], Words]:
    return lambda _told: Words(asks, hint, lines)


def _question(told: Told) -> Words:
    asks = "What else did they ask?" if told.is_more else "What is one question they asked?"
    if told.is_more and told.is_new:
        return Words(asks, "When no more come to mind, leave it empty and go on.", 3)
    return Words(asks, "As close to their words as you remember. More can follow.", 3)


def _said(told: Told) -> Words:
    return Words(
        "What did you say to it?",
        "Three lines are enough: how you began, the example you gave, how it ended.",
        4,
    )


def _why(told: Told) -> Words:
    whom = f"Write it about {told.name}" if told.name else "Write it about yourself by name"
    return Words(
        "If there was a gap, why?",
        f"{whom}, in the third person, as a fair colleague would who was watching. "
        "If “I” comes easier, that is fine too.",
        7,
    )


def _cause(told: Told) -> Words:
    asks = "What else could have been a cause?" if told.is_more else "What could have been a cause?"
    if told.is_more and told.is_new:
        return Words(asks, "When there is no more, leave it empty and go on.", 2)
    hint = "One at a time, in one sentence. What they say later may bear it out, or not."
    return Words(asks, hint, 2)


def _one_thing(told: Told) -> Words:
    who = told.name or "you"
    return Words(
        f"What would {who} do differently next time?", "One thing. The smallest that helps.", 3
    )


_WORDS: dict[Prompt, Callable[[Told], Words]] = {
    Prompt.ROUNDS: _fixed(
        "Which conversations were there?",
        "One line each: a call, a video talk, a day there; when, and how long.",
        lines=3,
    ),
    Prompt.PEOPLE: _fixed(
        "Who was there?",
        "One name a line, with what they do there if you know it. They join your contacts.",
        lines=3,
    ),
    Prompt.QUESTION: _question,
    Prompt.SAID: _said,
    Prompt.REACTIONS: _fixed(
        "What did they come back to?",
        "A word they repeated, something they wrote down, a moment when they leaned in or away.",
    ),
    Prompt.NOT_SHOWN: _fixed(
        "What did the job ask for that you could not show?",
        "Because it did not come up, or because you have not done it yet. Both are worth knowing.",
    ),
    Prompt.ADVERT: _fixed(
        "What did the advert ask for first?", "The first two or three things.", lines=3
    ),
    Prompt.FIRST_PAGE: _fixed(
        "Which of it can be seen on your first page?",
        "Within seven seconds; that is about how long a first look takes.",
        lines=3,
    ),
    Prompt.LACKING: _fixed(
        "Which of it do you lack, and which do you have without having said so?",
        "The second is the quicker to mend.",
    ),
    Prompt.INSIDE: _fixed(
        "Who there could have put in a word?",
        "An old colleague, somebody from a course, a friend of a friend. Nobody is an answer too.",
        lines=2,
    ),
    Prompt.LETTER: _fixed(
        "What does the letter say, and what does it not say?",
        "Only its words, which stand on this page; what they may mean is for tomorrow.",
    ),
    Prompt.OTHER_REASONS: _fixed(
        "What could it have been that has nothing to do with you?",
        "Tick whatever is possible. You need not know.",
        lines=2,
    ),
    Prompt.MEANT: _fixed(
        "What was meant to happen?",
        "What you wanted them to know of you when you left.",
        lines=3,
    ),
    Prompt.HAPPENED: _fixed(
        "And what happened?",
        "In a few sentences, from what you wrote down.",
    ),
    Prompt.WHY: _why,
    Prompt.CAUSE: _cause,
    Prompt.KEEPS: _fixed(
        "What went well, and stays as it is?",
        "Something did, or you would not have come this far.",
        lines=3,
    ),
    Prompt.ONE_THING: _one_thing,
    Prompt.IF_THEN: _fixed(
        "One plan for the next time",
        "A question or a moment, and the first words you will say. Plans of this form are kept far "
        "more often than good resolutions.",
        lines=2,
    ),
    Prompt.TRY: _fixed(
        "When and where will you try it aloud?",
        "Ten minutes are enough. It comes back to you on that day, once.",
        lines=1,
    ),
}  # fmt: skip
