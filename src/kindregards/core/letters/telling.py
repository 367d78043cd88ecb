"""A Reading told in plain words, for lists and for the top of a page."""

from __future__ import annotations

from kindregards.core.letters.reading import Door, Kind, Reading, Reason, Stage, Style

_KINDS = {
    Kind.ACKNOWLEDGEMENT: "An acknowledgement: they have your application, nothing is decided yet.",
    Kind.INTERVIEW_INVITATION: "About an interview: they want to talk with you.",
    Kind.ASSESSMENT: "A test or a task: they ask you to do it before they go on.",
    Kind.OFFER: "An offer: they want you for the job.",
    Kind.ON_HOLD: "On hold. This is not a rejection.",
    Kind.RECRUITER_OUTREACH: "A recruiter writes to you about a role. Nothing was decided here.",
    Kind.JOB_ALERT: "A list of openings. It says nothing about your applications.",
    Kind.OTHER: "Something else: no employer decides about an application here.",
}
_AFTER = {
    Stage.APPLICATION: "after your application",
    Stage.SCREEN: "after a first call or test",
    Stage.INTERVIEW: "after your interview",
    Stage.FINAL: "after your final interview",
}
_STYLES = {Style.FORM: "A form letter", Style.PERSONAL: "A personal letter"}
_DOORS = {
    Door.OPEN: "They invite you to come back.",
    Door.CLOSED: "This door looks closed for now.",
    Door.UNCLEAR: "Whether the door is open stays unclear.",
}
_REASONS = {
    Reason.SKILL: "a skill",
    Reason.EXPERIENCE: "experience",
    Reason.SENIORITY: "seniority",
    Reason.TEAM_FIT: "how the team works",
    Reason.COMMUNICATION: "how things were told",
    Reason.SALARY: "salary",
    Reason.PLACE_OR_VISA: "place or permit",
    Reason.TIMING: "timing",
    Reason.INTERNAL_CANDIDATE: "somebody from inside",
    Reason.ROLE_CHANGED: "the role itself changed",
    Reason.STRONGER_CANDIDATE: "they preferred somebody else",
    Reason.OTHER: "one of their own",
}


def told(reading: Reading) -> str:
    """The reading in one plain line. An unsure one says so."""
    line = _rejection(reading) if reading.kind is Kind.REJECTION else _KINDS[reading.kind]
    return line if reading.probability >= 0.6 else f"Probably: {line[0].lower()}{line[1:]}"


def _rejection(reading: Reading) -> str:
    style = _STYLES.get(reading.style) if reading.style else "A rejection"
    after = f" {_AFTER[reading.stage]}" if reading.stage in _AFTER else ""
    sentences = [f"{style}{after}.", _reason(reading)]
    if reading.door:
        sentences.append(_door(reading.door, reading))
    return " ".join(sentences)


def _reason(reading: Reading) -> str:
    reasons = list(dict.fromkeys(_REASONS[said.reason] for said in reading.feedback))
    if not reasons:
        return "It gives no reason."
    if len(reasons) == 1:
        return f"The reason given is {reasons[0]}."
    return f"The reasons given are {', '.join(reasons[:-1])} and {reasons[-1]}."


def _door(door: Door, reading: Reading) -> str:
    again = any(
        "apply" in shown.quote.lower() for shown in reading.evidence if shown.field == "door"
    )
    if door is Door.OPEN and again:
        return "They invite you to apply again."
    if door is Door.OPEN and reading.style is Style.FORM:
        return "They leave a way back, as many forms do."
    return _DOORS[door]


def not_told(reading: Reading) -> tuple[str, ...]:
    """What a reader may fear to find and what the letter does not say."""
    if reading.kind is Kind.ON_HOLD:
        return ("It does not say no, and it does not say when they will decide.",)
    if reading.kind is Kind.ACKNOWLEDGEMENT:
        return ("It does not say anything about your chances.",)
    if reading.kind is not Kind.REJECTION:
        return ()
    return tuple(_unsaid(reading))


def _unsaid(reading: Reading) -> list[str]:
    unsaid = []
    reasons = {said.reason for said in reading.feedback}
    if reading.stage in (Stage.INTERVIEW, Stage.FINAL, Stage.SCREEN):
        if Reason.COMMUNICATION not in reasons and Reason.SKILL not in reasons:
            unsaid.append(
                "It does not say that you interviewed badly, "
                "and it says nothing against your resume."
            )
    elif not reasons:
        unsaid.append(
            "It does not say what was missing, and it says nothing against you as a person."
        )
    if not reasons:
        unsaid.append("It does not seem to say who was chosen or why.")
    if reading.door is Door.CLOSED:
        unsaid.append("It does not say that you may not apply again.")
    return unsaid
