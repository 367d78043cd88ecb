"""The first words of a draft, by its kind, from what is known of its application and letter."""

from __future__ import annotations

from kindregards.core.letters.reading import Person, Reading, Stage, Style, from_record
from kindregards.core.outreach import Draft as Wording
from kindregards.core.outreach import Habits, Known, compose, habits_of
from kindregards.core.outreach.address import addresses_formally
from kindregards.core.outreach.draft import DraftKind
from kindregards.web.models import Draft, Letter, Sample

# A blank, which the guard asks to fill, where the person has not said who they are.
UNNAMED = {"en": "[your name]", "de": "[Ihr Name]"}


def write(draft: Draft, letter: Letter | None) -> None:
    """Lay subject, text and language into the draft; nothing is saved here."""
    wording = _worded(draft, letter)
    draft.subject, draft.language = wording.subject, wording.language
    draft.text = wording.text.rstrip()
    if not draft.application.owner.called:
        draft.text += "\n" + UNNAMED.get(wording.language, UNNAMED["en"])


def _worded(draft: Draft, letter: Letter | None) -> Wording:
    reading: Reading | None = from_record(letter.reading) if letter else None
    language = reading.language if reading else "en"
    application = draft.application
    known = Known(
        sender_name=application.owner.called,
        recipient=Person(draft.recipient_name, draft.recipient_email),
        employer=application.employer.name if application.employer else "",
        role=application.role,
        stage=Stage(application.stage),
        style=reading.style if reading else Style.FORM,
        feedback=reading.feedback if reading else (),
        language=language,
        formal=addresses_formally(letter.text, language) if letter else False,
        thread_subject=letter.subject if letter else "",
        seed=draft.seed,
        habits=own_habits(draft.owner_id, "de" if language == "de" else "en"),
    )
    return compose(DraftKind(draft.kind), known)


def own_habits(owner_id: int, language: str) -> Habits:
    """What the person's samples in that language show."""
    texts = Sample.objects.filter(owner_id=owner_id).values_list("text", flat=True)
    return habits_of(texts, language)
