"""A debrief in the database as the value that goes into a file."""

from __future__ import annotations

from kindregards.core.debriefs import Asked, Cause, OtherReason, Prompt, Record, tidy
from kindregards.core.debriefs.record import on_one_line
from kindregards.core.debriefs.words import HEADINGS
from kindregards.web.debriefs.queries import intention_of, note_at
from kindregards.web.models import Debrief, Note, Question

# What has a heading, but is no note: it has rows or fields of its own.
_NO_NOTES = frozenset({Prompt.QUESTION, Prompt.CAUSE, Prompt.IF_THEN})


def record_of(debrief: Debrief) -> Record:
    """Everything that was written in a debrief. What lies beside some words goes along."""
    notes = {prompt: _words(note_at(debrief, prompt)) for prompt in HEADINGS}
    reasons = note_at(debrief, Prompt.OTHER_REASONS)
    return Record(
        notes={
            prompt: words for prompt, words in notes.items() if words and prompt not in _NO_NOTES
        },
        ticked=tuple(one for one in OtherReason if reasons and one in reasons.ticked),
        questions=tuple(_asked(debrief, one) for one in debrief.questions.all() if one.text),
        causes=tuple(
            Cause(on_one_line(one.text), one.confidence or 0, one.is_borne_out)
            for one in debrief.claims.all()
            if one.text.strip()
        ),
        intention=intention_of(debrief),
    )


def _asked(debrief: Debrief, question: Question) -> Asked:
    said = _words(note_at(debrief, Prompt.SAID, question.pk))
    return Asked(on_one_line(question.text), question.went, said, question.to_practice)


def _words(note: Note | None) -> str:
    if note is None:
        return ""
    return tidy("\n\n".join(filter(None, [note.text, note.aside])))
