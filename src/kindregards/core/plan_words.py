"""What each step of a plan says: a title, one sentence why, and the button that begins it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import shorten

from kindregards.core.letters.reading import Style
from kindregards.core.plan import Facts, State, Step, StepKind, reminder_dates, touch_dates

# So much of a piece of advice stands in a line of Today. [design]
QUOTED_AT_MOST = 120


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one step.

    `minutes` is about how long it takes; `begin` names the button that starts it, and `is_letter`
    says that it starts with the letter to be sent rather than with a page to read.
    """

    title: str
    done_title: str
    why: str
    begin: str
    minutes: int
    is_letter: bool = False


def words_for(kind: StepKind, facts: Facts) -> Words:
    """The words of one step of this plan, each why from the evidence (R-numbers at each rule)."""
    return _WORDS[kind](facts)


def lead(all_steps: Sequence[Step], *, today: date) -> str:
    """One line over a plan: how much is settled and what there is for today."""
    skipped = sum(step.state is State.SKIPPED for step in all_steps)
    settled = skipped + sum(step.state is State.DONE for step in all_steps)
    if settled == len(all_steps):
        return "Everything here is done. It can rest now."
    due = sum(step.state is State.NOW for step in all_steps)
    how = "settled" if skipped else "done"
    first = {0: "", 1: f"One is {how}."}.get(settled, f"{_number(settled)} are {how}.")
    if due and settled == len(all_steps) - 1:
        rest = "The last one is for today."
    elif due:
        others = "other" if settled == len(all_steps) - 2 else "others"
        rest = f"One is for today; the {others} can wait."
    else:
        coming = min(step.on for step in all_steps if step.state is State.LATER)
        rest = f"Nothing for today. The next is for {said_day(coming, today=today)}."
    return f"{first} {rest}".strip()


def said_day(day: date, *, today: date) -> str:
    """A day as one says it: today, tomorrow, Thursday, 2 March, 2 March 2027."""
    distance = (day - today).days
    if distance in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[distance]
    if 1 < distance < 7:
        return f"{day:%A}"
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {day:%B}{year}"


def _number(count: int) -> str:
    return ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven")[count]


def _facts(facts: Facts) -> Words:
    begin = "Start with the facts"
    if facts.is_written_down:
        why = (
            "What they asked is written down already. Two short things are left: what the letter "
            "says, and what else it may have been."
        )
        minutes, begin = 3, "See what the letter adds"
    elif facts.met_somebody:
        why = (
            "Details fade within a day or two. Write down what was asked and said, "
            "and leave judging for tomorrow."
        )
        minutes = 12  # R12: 10 to 20 minutes
    else:
        why = (
            "There was no conversation to go over, so this is short: what they looked for, "
            "and what your application said of it."
        )
        minutes = 5
    if StepKind.FACTS in facts.begun:
        begin = "Go on with the facts"
    return Words(
        "Think it through: the facts",
        "Thought it through: the facts",
        why,
        begin,
        minutes,
    )


def _meaning(facts: Facts) -> Words:
    return Words(  # R12, R13; debriefs improve the next try, d=.67 (Tannenbaum & Cerasoli 2013)
        "Think it through: the meaning",
        "Thought it through: the meaning",
        "After a night's sleep one judges more fairly. It ends with one plan for the next time.",
        "Go on with the meaning" if StepKind.MEANING in facts.begun else "Look at what it means",
        15,
    )


def _ask(facts: Facts) -> Words:
    whom = facts.people[0] if facts.people else ""
    title = f"Ask {whom} for advice" if whom else "Ask for advice"
    done = f"Asked {whom} for advice" if whom else "Asked for advice"
    if facts.too_late_to_ask and not facts.asked_at:
        title = f"Let the question to {whom} go" if whom else "Let the question go"
    writes = facts.met_somebody and not facts.too_late_to_ask
    begin = "Draft the letter" if writes else "See what helps more"
    return Words(title, done, _why_ask(facts), begin, 5, is_letter=writes)


def _why_ask(facts: Facts) -> str:
    if facts.too_late_to_ask:  # R2
        return (
            "More than two weeks have gone by, so a question about this one comes late. "
            "A friendly word with some news of yours serves better."
        )
    if not facts.met_somebody:  # R1
        return (
            "Nobody has met you yet, and letters like this one are very rarely answered. "
            "Skipping this is a good choice; you can still write if you wish."
        )
    # Who is asked need not be who wrote.
    wrote = "and the letter was written for you alone, " if facts.style is Style.PERSONAL else ""
    return (  # R1, R2, R6
        f"You have talked with them, {wrote}so asking once is welcome. One to three days after "
        "the letter is the best time."
    )


def _distance(facts: Facts) -> Words:
    if facts.answered_at:
        why = "They have answered. A line of thanks is welcome, and then it can rest."
    elif not facts.asked_at and not facts.met_somebody:
        why = "There is nobody to wait for here, and nothing to chase. Let this one rest."
    elif not facts.asked_at and facts.too_late_to_ask:
        why = "No question is on its way, so there is nothing to wait for and nothing to chase."
    else:  # R8, R11
        first, _last = reminder_dates(facts)
        why = (
            "A week of quiet after one letter reads as confidence. One short reminder is fine "
            f"from {first.day} {first:%B}, then none."
        )
    return Words(
        "Keep a calm distance", "Kept a calm distance", why, "See what a calm distance is", 2
    )


def _network(facts: Facts) -> Words:
    if facts.people:
        named = " and ".join(facts.people[:2])
        title = f"Stay in touch with {named}"
        why = (  # R27; 46 % of sourced hires are people rediscovered (Gem 2026)
            "They know your work now, and many are hired by people who remember them. "
            + _first_word(facts)
        )
    else:
        title = "Think of who could have helped"
        why = (  # Lever 2016: 1 hire in 16 referrals, 1 in 152 applications
            "A referral leads to a job about ten times as often as an application alone. "
            "One name at a place you like is enough."
        )
    return Words(title, title, why, "See how", 5)


def _first_word(facts: Facts) -> str:
    # The step has its day by R26, the word that follows it by R27.
    first = touch_dates(facts)[0]
    if first <= facts.today:
        return "A first word is welcome whenever you have a reason."
    return f"Invite them to connect; then a word of news is welcome around {first.day} {first:%B}."


def _encouragement(facts: Facts) -> Words:
    return Words(  # Marcusson-Clavertz 2019: eight minutes lift the mood, g=1.35
        "Hear something encouraging",
        "Heard something encouraging",
        "Eight minutes of a good talk lift most people for a while. You need no reason.",
        "Choose something short",
        8,
    )


def _improve(facts: Facts) -> Words:
    general = _improve_in_general(facts)
    if not facts.taken_up:
        return general
    return replace(
        general,
        title="Do what they advised",
        why=f"You took up: {_shortly(facts.taken_up[0])}{_more(len(facts.taken_up) - 1)}",
        begin="See what you took up",
    )


def _shortly(quote: str) -> str:
    """A sentence of theirs in a line: its first words where it is long."""
    return f"“{shorten(quote, QUOTED_AT_MOST, placeholder=' …')}”"


def _more(others: int) -> str:
    return f" and {_number(others).lower() if others < 8 else others} more." if others else ""


def _improve_in_general(facts: Facts) -> Words:
    if facts.improves_answers:  # R22, Q8.7
        return Words(
            "Practice two answers, leave the resume",
            "Practiced two answers",
            f"{_resume_works(facts)}, so the time goes further in two answers you were not happy "
            "with.",
            "Choose two questions",
            10,
        )
    return Words(  # R19, R23, R37
        "Fresh eyes on the resume, without hurry",
        "Had fresh eyes on the resume",
        _why_readers(facts),
        "See what readers can do",
        10,
    )


def _resume_works(facts: Facts) -> str:
    if facts.met_somebody:
        return "Your resume brought you into a conversation"
    return "Your applications together do lead to conversations"


def _why_readers(facts: Facts) -> str:
    if facts.practice_first is False:
        return (
            "Your applications together mostly end before a conversation. Three to six readers "
            "find more than any rewrite."
        )
    return (
        "One letter says almost nothing about a resume. If more than ten end here, three to "
        "six readers find more than any rewrite."
    )


_WORDS: dict[StepKind, Callable[[Facts], Words]] = {
    StepKind.FACTS: _facts,
    StepKind.MEANING: _meaning,
    StepKind.ASK: _ask,
    StepKind.DISTANCE: _distance,
    StepKind.NETWORK: _network,
    StepKind.ENCOURAGEMENT: _encouragement,
    StepKind.IMPROVE: _improve,
}
