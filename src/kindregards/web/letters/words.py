"""How the values of a Reading are said on a page."""

from __future__ import annotations

from kindregards.core.diagnosis.saying import REASONS
from kindregards.core.letters.reading import Door, Evidence, Kind, Reason, Stage, Style

KINDS = {
    Kind.REJECTION: "a rejection",
    Kind.ACKNOWLEDGEMENT: "an acknowledgement",
    Kind.INTERVIEW_INVITATION: "an invitation to talk",
    Kind.ASSESSMENT: "a task or test",
    Kind.OFFER: "an offer",
    Kind.ON_HOLD: "on hold",
    Kind.RECRUITER_OUTREACH: "a recruiter's approach",
    Kind.JOB_ALERT: "a job alert",
    Kind.OTHER: "something else",
}
STYLES = {Style.FORM: "form letter", Style.PERSONAL: "personal letter"}
STAGES = {
    Stage.APPLICATION: "application",
    Stage.SCREEN: "first call",
    Stage.INTERVIEW: "interview",
    Stage.FINAL: "final interview",
}
DOORS = {Door.OPEN: "open", Door.CLOSED: "closed for now", Door.UNCLEAR: "unclear"}

_TITLES: dict[tuple[str, str], str] = {
    ("door", Door.OPEN): "The door is open",
    ("door", Door.CLOSED): "The door looks closed for now",
    ("door", Door.UNCLEAR): "The door: hard to say",
    ("style", Style.FORM): "Words of a form",
    ("style", Style.PERSONAL): "Written to you",
    ("stage", Stage.APPLICATION): "After the application",
    ("stage", Stage.SCREEN): "After a first call",
    ("stage", Stage.INTERVIEW): "After an interview",
    ("stage", Stage.FINAL): "After the final interview",
    ("stage", Stage.OFFER): "An offer",
}


def title_of(shown: Evidence) -> str:
    """The few words over a note that says what a piece of evidence shows."""
    if shown.field == "kind_words":
        return "Kind words"
    if shown.field == "feedback":
        return f"A reason: {REASONS[Reason(shown.value)]}" if shown.value in REASONS else "A reason"
    if shown.field == "kind":
        said = KINDS[Kind(shown.value)]
        return said[0].upper() + said[1:]
    return _TITLES.get((shown.field, shown.value), shown.value)
