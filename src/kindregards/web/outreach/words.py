"""How the guard's answer is said: words, never numbers (R10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kindregards.core.diagnosis.saying import REASONS
from kindregards.core.letters.reading import Reason
from kindregards.core.network.occasions import OccasionKind
from kindregards.core.outreach import Circumstances, DraftKind, Guarded, Habits, Severity, Verdict
from kindregards.core.outreach.cadence import count_said
from kindregards.core.outreach.invitation import (
    NOTE_LENGTH,
    NOTE_TOO_LONG,
    NOTES_A_MONTH,
    NOTES_ARE_OUT,
    notes_left,
)
from kindregards.core.outreach.own_line import OWN_LINE
from kindregards.web.models import Draft, Occasion
from kindregards.web.outreach.voices import Voice

# R3: 50 to 125 words, best 75 to 100.
SHORTEST, LONGEST = 50, 125
# R10, appendix F: the bands of neediness, and where courtesy begins to be heard.
LOOK_AGAIN, TOO_MUCH = 3, 6
WARM = 1.5

_COUNTS = ("Nothing", "One thing", "Two things", "Three things", "Four things")


HEADINGS = {
    DraftKind.ADVICE_REQUEST: "A short letter",
    DraftKind.THANKS: "A thank you",
    DraftKind.FOLLOW_UP: "One short reminder",
    DraftKind.ADVICE_THANKS: "A word of thanks",
    DraftKind.PROGRESS: "A word of progress",
    DraftKind.ON_FILE: "A short yes",
    DraftKind.CALL: "A short yes",
    DraftKind.OCCASION: "A short word",
    DraftKind.INVITATION: "A note of invitation",
}
_ON = {
    OccasionKind.NEW_JOB: "A congratulation",
    OccasionKind.ANNIVERSARY: "A congratulation",
    OccasionKind.BIRTHDAY: "A birthday greeting",
    OccasionKind.SEASON: "A season\u2019s greeting",
    OccasionKind.QUESTION: "One question",
    OccasionKind.ADVICE: "A word of thanks",
}
VOICES = (
    (Voice.ENGLISH, "English"),
    (Voice.DU, "German, with du"),
    (Voice.SIE, "German, with Sie"),
)
OFFERS = {
    DraftKind.FOLLOW_UP: "Write one short reminder",
    DraftKind.ADVICE_THANKS: "Thank them for the advice",
    DraftKind.CALL: "Say yes to a call they offer",
    DraftKind.PROGRESS: "Tell them what came of it",
}
ASKING = (DraftKind.ADVICE_REQUEST, DraftKind.FOLLOW_UP)


BLANK = "blank"  # the guard's rule for words that only the person can fill in


def has_blank(guarded: Guarded) -> bool:
    """Whether words are left that only the person can fill in."""
    return any(found.rule == BLANK for found in guarded.findings)


BLANKS = "Words in square brackets are left. Only you know them; fill them in first."
_BARRIERS = (NOTE_TOO_LONG, NOTES_ARE_OUT, OWN_LINE)


def barrier_in(guarded: Guarded) -> str:
    """What must be settled before the letter can go at all, in a sentence; "" where nothing is.

    Against the guard's advice a letter can go. With a blank it cannot, nor can a note that is cut.
    """
    if has_blank(guarded):
        return BLANKS
    found = [one for one in guarded.findings if one.rule in _BARRIERS]
    return f"{found[0].title}. {found[0].why}" if found else ""


def heading_of(kind: DraftKind, occasion: Occasion | None) -> str:
    """What the page calls the letter."""
    if kind is DraftKind.OCCASION and occasion is not None:
        return _ON.get(OccasionKind(occasion.kind), HEADINGS[kind])
    return HEADINGS.get(kind, "A letter")


def note_said(draft: Draft, circumstances: Circumstances, now: datetime) -> dict[str, int] | None:
    """The figures of a note of invitation: its characters, how many it may have, notes left."""
    if draft.kind != DraftKind.INVITATION:
        return None
    return {
        "length": len(draft.text.strip()),
        "most": NOTE_LENGTH,
        "left": max(0, notes_left(circumstances, now)),
        "of": NOTES_A_MONTH,
    }


def blanks_in(guarded: Guarded) -> list[tuple[str, str]]:
    """The blanks of a letter in their order: each as it stands, and what it asks for."""
    found = (one.quote for one in guarded.findings if one.rule == BLANK)
    return [(blank, _asked(blank)) for blank in dict.fromkeys(found)]


def _asked(blank: str) -> str:
    words = blank.strip("[]{}<>_ ")
    return f"{words[:1].upper()}{words[1:]}" if words else "What belongs here"


def lead(guarded: Guarded, *, unanswered: int = 0) -> str:
    """One line over the draft; `unanswered` words to this side ask for a rest before all else."""
    if unanswered:
        return f"Better left to rest. {count_said(unanswered)} words of yours had no answer yet."
    serious = (Severity.WAIT, Severity.STOP)
    other = [found for found in guarded.findings if found.rule != BLANK]
    if has_blank(guarded) and not any(found.severity in serious for found in other):
        return "Almost there. What stands in square brackets is yours to fill in."
    objections = sum(found.severity is not Severity.PRAISE for found in guarded.findings)
    grave = {found.severity for found in other} & set(serious)
    if grave == {Severity.WAIT} and guarded.neediness < LOOK_AGAIN:
        return "You can write it today and send it later. The notes say when."
    if guarded.verdict is Verdict.HOLD:
        return "Better held for now. The notes say why."
    if guarded.verdict is Verdict.REVISE:
        many = _COUNTS[objections] if objections < len(_COUNTS) else "Several things"
        return f"{many} would be better changed."
    return "Warm and clear. It can go as it is."


def length_said(guarded: Guarded) -> str:
    """Whether the length is right, to stand behind the number of words."""
    if guarded.words < SHORTEST:
        return ", rather short"
    return ", a good length" if guarded.words <= LONGEST else ", too long to be read in a minute"


def courtesy_said(guarded: Guarded) -> str:
    """The meter of courtesy in a word."""
    if guarded.courtesy >= WARM:
        return "warm"
    return "friendly" if guarded.courtesy > 0 else "plain"


def need_said(guarded: Guarded) -> str:
    """The meter of neediness in a word or two."""
    if guarded.neediness >= TOO_MUCH:
        return "too much of it"
    if guarded.neediness >= LOOK_AGAIN:
        return "shows"
    return "calm" if guarded.neediness == 0 else "hardly shows"


def reasons_said(reasons: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Stated reasons with what each is about in words, "" where the person said that it is none.

    They are pairs of a sentence and a `Reason`.
    """
    return [(quote, REASONS[Reason(reason)] if reason else "") for quote, reason in reasons]


REASONS_TO_CHOOSE = [(one.value, said) for one, said in REASONS.items()]
"""What a reason can be about, for a list to choose from."""


def habits_said(habits: Habits) -> list[str]:
    """The person's habits, a sentence each."""
    said = []
    if habits.greeting:
        said.append(f"You begin with \u201c{habits.greeting}\u201d.")
    if habits.closing:
        said.append(f"You end with \u201c{habits.closing.rstrip(',')}\u201d.")
    if habits.contracts is not None:
        said.append(
            "You write \u201cdon\u2019t\u201d and \u201cI\u2019m\u201d."
            if habits.contracts
            else "You write \u201cdo not\u201d and \u201cI am\u201d in full."
        )
    if habits.words:
        said.append(f"Your letters have about {habits.words} words.")
    return said
