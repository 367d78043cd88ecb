"""Notes taken into a debrief: shown first, then added to what stands there, never over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kindregards.core.debriefs import Asked, Cause, Intention, Prompt, Record, people_in
from kindregards.core.debriefs.people import Named
from kindregards.core.debriefs.record import on_one_line
from kindregards.core.debriefs.words import HEADINGS, OTHER_REASONS, WENT
from kindregards.web.debriefs.queries import intention_of, note_at
from kindregards.web.debriefs.services import keep_people
from kindregards.web.models import Claim, Debrief, Note, Question


@dataclass(frozen=True, slots=True)
class Preview:
    """What was understood of some notes, as a page shows it."""

    people: Sequence[Named]
    questions: Sequence[tuple[Asked, str]]
    causes: Sequence[Cause]
    intention: Intention
    notes: Sequence[tuple[str, str]]
    rest: str


def preview_of(record: Record) -> Preview:
    """What would be written, before anything is."""
    named = [
        (heading, record.notes[prompt])
        for prompt, heading in HEADINGS.items()
        if prompt in record.notes and prompt is not Prompt.REST
    ]
    if record.ticked:
        ticked = "\n".join(OTHER_REASONS[one] for one in record.ticked)
        named.append((HEADINGS[Prompt.OTHER_REASONS], ticked))
    return Preview(
        people=people_in(record.notes.get(Prompt.PEOPLE, "")),
        questions=[(one, WENT.get(one.went or 0, "")) for one in record.questions],
        causes=record.causes,
        intention=record.intention,
        notes=named,
        rest=record.notes.get(Prompt.REST, ""),
    )


@transaction.atomic
def take_in(*, debrief: Debrief, record: Record, now: datetime) -> None:
    """Add what notes hold to a debrief. The same notes twice add nothing the second time."""
    Debrief.objects.select_for_update(of=("self",)).get(pk=debrief.pk)
    for prompt, words in record.notes.items():
        _add_note(debrief, prompt, words)
    if record.ticked:
        note = _note(debrief, Prompt.OTHER_REASONS)
        note.ticked = list(dict.fromkeys([*note.ticked, *record.ticked]))
        note.save(update_fields=["ticked"])
    for asked in record.questions:
        _add_question(debrief, asked)
    for cause in record.causes:
        _add_cause(debrief, cause)
    _add_intention(debrief, record.intention)
    keep_people(debrief=Debrief.objects.get(pk=debrief.pk), now=now)


def _note(debrief: Debrief, prompt: Prompt, question: Question | None = None) -> Note:
    note, _made = Note.objects.get_or_create(
        debrief=debrief,
        prompt=prompt,
        question=question,
        defaults={"owner_id": debrief.owner_id},
    )
    return note


def _add_note(
    debrief: Debrief, prompt: Prompt, words: str, question: Question | None = None
) -> None:
    note = _note(debrief, prompt, question)
    if words and words not in note.text:
        note.text = "\n\n".join(filter(None, [note.text.rstrip(), words]))
        note.window = ""
        note.save(update_fields=["text", "window"])


def _add_question(debrief: Debrief, asked: Asked) -> None:
    known = {on_one_line(one.text).casefold(): one for one in debrief.questions.all()}
    question = known.get(asked.text.casefold())
    if question is None:
        question = Question(owner_id=debrief.owner_id, debrief=debrief, text=asked.text)
    if question.went is None:
        question.went = asked.went
    question.to_practice = question.to_practice or asked.to_practice
    question.save()
    if asked.said:
        _add_note(debrief, Prompt.SAID, asked.said, question)


def _add_cause(debrief: Debrief, cause: Cause) -> None:
    known = {on_one_line(one.text).casefold() for one in debrief.claims.all()}
    if cause.text.casefold() in known:
        return
    Claim.objects.create(
        owner_id=debrief.owner_id,
        debrief=debrief,
        text=cause.text,
        confidence=cause.confidence,
        is_borne_out=cause.borne_out,
    )


def _add_intention(debrief: Debrief, brought: Intention) -> None:
    """Take the plan over where there is none yet; a debrief has exactly one (R13)."""
    if not brought:
        return
    if not intention_of(debrief):
        _add_note(debrief, Prompt.IF_THEN, brought.cue)
        _add_note(debrief, Prompt.THEN, brought.then)
        _add_note(debrief, Prompt.TRY, brought.place)
        debrief.practice_date = brought.on
        debrief.save(update_fields=["practice_date"])
        return
    if note_at(debrief, Prompt.THEN) is not None and intention_of(debrief) == brought:
        return
    said = f"If {brought.cue}, then {brought.then}"
    _add_note(debrief, Prompt.REST, said)
