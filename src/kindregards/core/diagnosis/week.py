"""A look back at one week: what there was, then one skill and one thing for the heart (R16).

Searches go better where both are done together, and not by either alone (Liu, Huang and Wang 2014).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kindregards.core.diagnosis import saying
from kindregards.core.diagnosis.diagnosis import Diagnosis, Verdict
from kindregards.core.diagnosis.moves import RESUME_FIRST
from kindregards.core.diagnosis.told import words_for

_SPEAKING = (
    "Say one answer aloud, in one to two minutes, before you look at any notes. Once more tomorrow."
)
_READING = (
    "Take one advert you like. Write down the three things it asks for first, and where your "
    "resume shows each."
)
_SUPPORT = (
    "Tell one person who wishes you well how the search is going. Twenty minutes are enough.",
    "Choose one thing for the week to come that lies in your own hands, and the day for it.",
    "Write to one person who helped you, and tell them what came of it.",
    "Keep one afternoon free of the search, and put it into your calendar now.",
)


@dataclass(frozen=True, slots=True)
class Week:
    """What happened from `begins` to `ends`, both days included. `kind_words` are the latest that
    any letter had, "" for none, and `kind_from` who wrote them."""

    begins: date
    ends: date
    applied: int = 0
    noes: int = 0
    invitations: int = 0
    asked: int = 0
    answered: int = 0
    steps_done: int = 0
    kind_words: str = ""
    kind_from: str = ""


@dataclass(frozen=True, slots=True)
class LookBack:
    """The page of a week in words."""

    title: str
    happened: tuple[str, ...]
    standing: str
    skill: str
    support: str
    kind_words: str
    kind_from: str


def look_back(week: Week, found: Diagnosis) -> LookBack:
    """The week in words. The support changes from week to week, by the calendar."""
    return LookBack(
        title=f"The week to {week.ends.day} {week.ends:%B %Y}",
        happened=_happened(week) or ("A quiet week: no letter came.",),
        standing=words_for(found).title,
        skill=_skill(found),
        support=_SUPPORT[week.ends.isocalendar().week % len(_SUPPORT)],
        kind_words=week.kind_words,
        kind_from=week.kind_from,
    )


def as_markdown(told: LookBack) -> str:
    """The same as Markdown, to keep among one's own notes."""
    lines = [f"# {told.title}", "", *(f"- {line}" for line in told.happened)]
    lines += ["", "## All together", "", told.standing]
    lines += [
        "",
        "## One skill",
        "",
        told.skill,
        "",
        "## One thing for the heart",
        "",
        told.support,
    ]
    if told.kind_words:
        said = " ".join(told.kind_words.split())
        lines += ["", f"> {said}", ">", f"> {told.kind_from}"]
    return "\n".join(lines) + "\n"


def _happened(week: Week) -> tuple[str, ...]:
    counted = (
        (week.applied, "application begun", "applications begun"),
        (week.invitations, "invitation to talk", "invitations to talk"),
        (week.noes, "letter that said no", "letters that said no"),
        (week.asked, "request for advice sent", "requests for advice sent"),
        (week.answered, "answer that came back", "answers that came back"),
        (week.steps_done, "step of a plan done", "steps of plans done"),
    )
    return tuple(
        f"{saying.capital(saying.number(many))} {one if many == 1 else several}"
        for many, one, several in counted
        if many
    )


def _skill(found: Diagnosis) -> str:
    if found.verdict is Verdict.ENDS_ON_PAPER:
        return RESUME_FIRST[0]
    if found.verdict in (Verdict.ENDS_IN_TALKS, Verdict.GETS_TALKS):
        return _SPEAKING
    return _READING
