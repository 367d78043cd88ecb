"""What the pages of practice say: why a question now, and what figures usually are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kindregards.core.practice.schedule import Because, Chosen, longest_gap
from kindregards.core.practice.sound import Sound
from kindregards.core.practice.speaking import Speaking
from kindregards.web.models import Application, Attempt, Question

LEVELS = {
    1: "not there yet",
    2: "shaky",
    3: "halfway",
    4: "good",
    5: "it sits",
}
CONVENTION = "a convention; what is best is not known"
SAMPLES = "from 4,000 talks that one company counted"
INTERVIEWS = "in 62 real interviews, stories were thin on just that"


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of an attempt, what is usual, and where that is from."""

    name: str
    value: str
    usual: str = ""
    source: str = ""


def why_now(chosen: Chosen, question: Question, interview: Application | None, today: date) -> str:
    """Why this question is on today, in one line."""
    gap = _days(chosen.gap or 0)
    match chosen.because:
        case Because.TRY:
            return "There is something new to try."
        case Because.INTERVIEW:
            assert interview is not None
            return f"They asked it before, and you talk with them {_coming(interview, today)}."
        case Because.SHAKY:
            return f"It was shaky {gap} ago."
        case Because.FADES:
            return f"You last said it {gap} ago; about now it begins to fade."
        case Because.CAPPED:
            return _capped(gap, interview, today)
        case Because.WENT_BADLY:
            return "It went badly when you were asked, and you have not practiced it yet."
        case Because.NEW:
            return "You have not tried it yet."


def _capped(gap: str, interview: Application | None, today: date) -> str:
    if interview is None:
        return f"You last said it {gap} ago; three weeks are the longest it waits."
    return f"You last said it {gap} ago, and there is an interview {_coming(interview, today)}."


def _coming(interview: Application, today: date) -> str:
    day = interview.interview_date
    assert day is not None
    if day == today:
        return "today"
    return "tomorrow" if (day - today).days == 1 else f"on {_day(day, today)}"


def _day(day: date, today: date) -> str:
    return f"{day:%A}" if (day - today).days < 7 else f"{day.day} {day:%B}"


def plan_said(interview: Application, today: date) -> str:
    """How an interview changes the plan, in a sentence."""
    longest = longest_gap(today, interview.interview_date)
    waits = "every day" if longest == 1 else f"at least every {longest} days"
    return (
        f"{interview.name}: you talk with them {_coming(interview, today)}. "
        f"Until then each question comes back {waits}."
    )


def next_said(on: date, today: date) -> str:
    """When a question comes back."""
    days = (on - today).days
    if days <= 0:
        return "today"
    return "tomorrow" if days == 1 else f"in {_days(days)}"


def _days(days: int) -> str:
    return "a day" if days == 1 else f"{days} days"


def place_of(question: Question) -> str:
    """Where a question was asked, as one reads it; "" for nowhere."""
    if question.debrief is not None:
        return question.debrief.application.name
    return question.asked_where


def clock(seconds: float) -> str:
    """Minutes and seconds, as 1:05."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def facts_of(sound: Sound | None, speaking: Speaking | None) -> Sequence[Fact]:
    """What was measured, each with what is usual; never a grade (R34)."""
    return [*(_heard(sound) if sound else []), *(_read(speaking) if speaking else [])]


def _heard(sound: Sound) -> list[Fact]:
    length = Fact("Length", clock(sound.length), "1:00 to 2:00", "what an answer is given")
    if sound.trouble:
        return [length]
    pauses = str(sound.pauses) if sound.pauses else "none"
    return [
        length,
        Fact("Pauses of two seconds or more", pauses, "3 to 4 a minute, of any length", SAMPLES),
        Fact(
            "Longest pause",
            f"{sound.longest_pause:.1f} seconds",
            "2 to 3 seconds do an answer good; under 5",
            SAMPLES,
        ),
    ]


def _read(speaking: Speaking) -> list[Fact]:
    found = []
    if speaking.a_minute is not None:
        found.append(Fact("Words a minute", str(speaking.a_minute), "120 to 160", CONVENTION))
    if speaking.fillers is not None:
        said = f"{speaking.fillers:g}"
        found.append(Fact("Fillers a minute", said, "5 on average, 1 or 2 at best", SAMPLES))
    if speaking.share is not None:
        share = f"{round(speaking.share * 100)} % of the words"
        found.append(Fact("What you did and what came of it", share, "half or more", INTERVIEWS))
    return found


def how_said(attempt: Attempt) -> str:
    """Whether an attempt was said or written, and how it was rated."""
    way = "Written" if attempt.words_from == "written" else "Aloud"
    return f"{way}, {LEVELS[attempt.level]}" if attempt.level else f"{way}, not rated"
