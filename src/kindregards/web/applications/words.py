"""How an application is said on a page: how far it came, how it stands."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from kindregards.core.applications import Outcome, Silence, silence
from kindregards.core.diagnosis import Route
from kindregards.core.letters.reading import Stage
from kindregards.web.models import Application

STAGES = {
    Stage.APPLICATION: "the application itself",
    Stage.SCREEN: "a first call",
    Stage.INTERVIEW: "an interview",
    Stage.FINAL: "the final interview",
    Stage.OFFER: "an offer",
}
ROUTES = {
    Route.DIRECT: "I applied",
    Route.REFERRAL: "somebody inside put in a word",
    Route.SOURCED: "they wrote to me first",
    Route.AGENCY: "through an agency",
}
_ROUNDS = ("", "", "two interviews", "three interviews", "four interviews", "five interviews")


class Standing(StrEnum):
    """How an application stands as the person sees it: its outcome, and silence while open."""

    WAITING = "waiting"
    LATE = "late"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    OFFERED = "offered"
    WITHDRAWN = "withdrawn"


STANDINGS = {
    Standing.WAITING: "waiting",
    Standing.LATE: "late, nothing for 14 days",
    Standing.NO_ANSWER: "no answer for 30 days",
    Standing.REJECTED: "they said no",
    Standing.OFFERED: "an offer",
    Standing.WITHDRAWN: "withdrawn by you",
}
OUTCOMES = {
    Outcome.OPEN: "open",
    Outcome.REJECTED: "they said no",
    Outcome.OFFERED: "they made an offer",
    Outcome.WITHDRAWN: "I withdrew it",
}
_SILENT = {Silence.LATE: Standing.LATE, Silence.NO_ANSWER: Standing.NO_ANSWER}
_ENDED = {
    Outcome.REJECTED: Standing.REJECTED,
    Outcome.OFFERED: Standing.OFFERED,
    Outcome.WITHDRAWN: Standing.WITHDRAWN,
}


def standing_of(application: Application, now: datetime) -> Standing:
    """How it stands now; silence is worked out from the day something was last heard (R21)."""
    outcome = Outcome(application.outcome)
    if outcome in _ENDED:
        return _ENDED[outcome]
    heard_at = application.last_heard_at or application.began_at
    quiet = silence(outcome, heard_at, now)
    return _SILENT[quiet] if quiet else Standing.WAITING


def reached_words(application: Application) -> str:
    """The furthest stage in words, with the number of interviews where there were several."""
    stage = Stage(application.stage)
    if stage in (Stage.INTERVIEW, Stage.FINAL) and application.rounds > 1:
        rounds = application.rounds
        many = _ROUNDS[rounds] if rounds < len(_ROUNDS) else f"{rounds} interviews"
        return many if stage is Stage.INTERVIEW else f"{many} and the final one"
    is_acknowledged = application.last_heard_at and application.outcome == Outcome.OPEN
    if stage is Stage.APPLICATION and is_acknowledged:
        return "the application, which they have"
    return STAGES[stage]


def standing_words(application: Application, standing: Standing) -> str:
    """How it stands, with its day: "They said no on 3 November 2026"."""
    heard = said_date(application.last_heard_at or application.began_at)
    if standing is Standing.WAITING and application.last_heard_at is None:
        known = application.applied_date is not None
        return f"Applied on {heard}, nothing came yet" if known else "Nothing came yet"
    decided = f" on {said_date(application.decided_at)}" if application.decided_at else ""
    return {
        Standing.WAITING: f"Waiting since {heard}",
        Standing.LATE: f"Late: nothing came since {heard}",
        Standing.NO_ANSWER: f"No answer since {heard}",
        Standing.REJECTED: f"They said no{decided}",
        Standing.OFFERED: f"They made an offer{decided}",
        Standing.WITHDRAWN: f"Withdrawn by you{decided}",
    }[standing]


def said_date(moment: datetime) -> str:
    """The day of a moment on the person's own clock: 3 November 2026."""
    day = timezone.localtime(moment)
    return f"{day.day} {day:%B %Y}"
