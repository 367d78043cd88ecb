"""The first words of a draft, by its kind, from what is known of its application and letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kindregards.core.letters.reading import Person, Reading, Stage, Style, from_record
from kindregards.core.outreach import (
    Draft as Wording,
)
from kindregards.core.outreach import (
    Habits,
    advice_request,
    advice_thanks,
    call,
    follow_up,
    habits_of,
    kept_on_file,
    progress,
    thanks,
)
from kindregards.core.outreach.address import addresses_formally
from kindregards.core.outreach.draft import DraftKind
from kindregards.web.models import Draft, Letter, Sample

# A blank, which the guard asks to fill, where the person has not said who they are.
UNNAMED = {"en": "[your name]", "de": "[Ihr Name]"}

_REPLIES: dict[DraftKind, Callable[..., Wording]] = {
    DraftKind.ADVICE_THANKS: advice_thanks,
    DraftKind.PROGRESS: progress,
    DraftKind.CALL: call,
}


def write(draft: Draft, letter: Letter | None) -> None:
    """Lay subject, text and language into the draft; nothing is saved here."""
    wording = _worded(draft, letter)
    draft.subject, draft.language = wording.subject, wording.language
    draft.text = wording.text.rstrip()
    if not draft.application.owner.called:
        draft.text += "\n" + UNNAMED.get(wording.language, UNNAMED["en"])


def _worded(draft: Draft, letter: Letter | None) -> Wording:
    reading: Reading | None = from_record(letter.reading) if letter else None
    kind = DraftKind(draft.kind)
    common = _common(draft, letter, reading)
    if kind in _REPLIES:
        return _REPLIES[kind](**common)
    employer = draft.application.employer.name if draft.application.employer else ""
    if kind is DraftKind.FOLLOW_UP:
        return follow_up(employer=employer, **common)
    if kind is DraftKind.ON_FILE:
        return kept_on_file(employer=employer, **common)
    met: dict[str, Any] = {
        "employer": employer,
        "role": draft.application.role,
        "stage": Stage(draft.application.stage),
        "style": reading.style if reading else Style.FORM,
    }
    if kind is DraftKind.THANKS:
        return thanks(**met, **common)
    return advice_request(feedback=reading.feedback if reading else (), **met, **common)


def own_habits(owner_id: int, language: str) -> Habits:
    """What the person's samples in that language show."""
    texts = Sample.objects.filter(owner_id=owner_id).values_list("text", flat=True)
    return habits_of(texts, language)


def _common(draft: Draft, letter: Letter | None, reading: Reading | None) -> dict[str, Any]:
    language = reading.language if reading else "en"
    return {
        "sender_name": draft.application.owner.called,
        "recipient": Person(draft.recipient_name, draft.recipient_email),
        "language": language,
        "formal": addresses_formally(letter.text, language) if letter else False,
        "thread_subject": letter.subject if letter else "",
        "seed": draft.seed,
        "habits": own_habits(draft.owner_id, "de" if language == "de" else "en"),
    }
