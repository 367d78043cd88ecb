"""Numbers and stages as one says them."""

from __future__ import annotations

from kindregards.core.diagnosis.usual import Market, Passage, Route
from kindregards.core.letters.reading import Reason, Stage

_NUMBERS = (
    *("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_ROUND = {30: "thirty", 40: "forty", 50: "fifty", 60: "sixty"}
_CLOSE_ENOUGH = 0.06
PLURALS = {
    Stage.APPLICATION: "applications",
    Stage.SCREEN: "first calls",
    Stage.INTERVIEW: "interviews",
    Stage.FINAL: "final interviews",
    Stage.OFFER: "offers",
}
SINGULARS = {
    Stage.APPLICATION: "application",
    Stage.SCREEN: "first call",
    Stage.INTERVIEW: "interview",
    Stage.FINAL: "final interview",
    Stage.OFFER: "offer",
}
MARKETS = {
    Market.GENERAL: "All kinds of work",
    Market.TECH_REMOTE: "Tech or remote work",
    Market.SMALL_FIRMS: "Small employers",
    Market.CAMPUS: "Straight from university",
}
MARKETS_IN_A_SENTENCE = {
    Market.GENERAL: "of all kinds of work",
    Market.TECH_REMOTE: "of tech and remote work",
    Market.SMALL_FIRMS: "of small employers",
    Market.CAMPUS: "for those who come straight from university",
}
ROUTES = {
    Route.DIRECT: "applied directly",
    Route.REFERRAL: "somebody inside put in a word",
    Route.SOURCED: "the employer wrote first",
    Route.AGENCY: "through an agency",
}
REASONS = {
    Reason.SKILL: "a skill",
    Reason.EXPERIENCE: "experience",
    Reason.SENIORITY: "seniority",
    Reason.TEAM_FIT: "fit to the team",
    Reason.COMMUNICATION: "communication",
    Reason.SALARY: "salary",
    Reason.PLACE_OR_VISA: "place or visa",
    Reason.TIMING: "timing",
    Reason.INTERNAL_CANDIDATE: "somebody from inside",
    Reason.ROLE_CHANGED: "the role itself changed",
    Reason.STRONGER_CANDIDATE: "somebody closer to it",
    Reason.OTHER: "something of its own",
}


def number(many: int) -> str:
    """A number in words up to twenty and for round ones; none for 0."""
    return _NUMBERS[many] if many < len(_NUMBERS) else _ROUND.get(many, f"{many:,}")


def counted(many: int, stage: Stage) -> str:
    """So many of a stage: "one interview", "twelve interviews", "no interviews"."""
    if many == 1:
        return f"one {SINGULARS[stage]}"
    return f"{'no' if not many else number(many)} {PLURALS[stage]}"


def rate(share: float) -> str:
    """A share as one says it: "one in eight", or "45 in 100" where that is not close."""
    fold = round(1 / share)
    if fold > 1 and abs(1 / share - fold) <= _CLOSE_ENOUGH * fold:
        return f"one in {number(fold)}"
    return f"{hundreds(share)} in 100"


def hundreds(share: float) -> int:
    """A share in whole hundredths."""
    return round(100 * share)


def times_in_100(chance: float) -> str:
    """A chance as one says it: "3 times in 100", "less than once in 100"."""
    if chance < 0.01:
        return "less than once in 100"
    few = {1: "once", 2: "twice"}
    return f"{few.get(hundreds(chance), f'{hundreds(chance)} times')} in 100"


def start_of(passage: Passage, *, by_talks: bool) -> str:
    """What tries a passage, in the plural: "interviews"; "conversations" where all count alike."""
    is_first_talk = passage.start is Stage.SCREEN
    return "conversations" if by_talks and is_first_talk else PLURALS[passage.start]


def end_of(passage: Passage, *, by_talks: bool) -> str:
    """What a passage leads to: "a first call", "an offer"."""
    if by_talks and passage.to is Stage.SCREEN:
        return "a conversation"
    return (
        f"{'an' if passage.to in (Stage.INTERVIEW, Stage.OFFER) else 'a'} {SINGULARS[passage.to]}"
    )


def titled(passage: Passage, *, by_talks: bool) -> str:
    """A passage by its two ends: "Application to first call"."""
    names = [SINGULARS[passage.start], SINGULARS[passage.to]]
    if by_talks:
        names = ["conversation" if one == SINGULARS[Stage.SCREEN] else one for one in names]
    return f"{names[0].capitalize()} to {names[1]}"


def capital(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]
