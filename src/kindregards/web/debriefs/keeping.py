"""What was written on one screen of a debrief, kept where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from kindregards.core.debriefs import Known, Prompt, Screen
from kindregards.core.debriefs.prompts import NEW
from kindregards.web.debriefs.queries import note_at
from kindregards.web.debriefs.writing import keep_words, settle_aside
from kindregards.web.models import Claim, Debrief, Note, Question
from kindregards.web.models.debrief import Written

FARTHEST = timedelta(days=731)  # two years; a mistyped year is the usual reason for more


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a screen: where its words are now, and whether another window wrote there."""

    screen: Screen
    was_changed_elsewhere: bool = False


@transaction.atomic
def keep_screen(*, debrief: Debrief, screen: Screen, given: Mapping[str, Any], today: date) -> Kept:
    """Keep what a form of one screen holds; `given` are the cleaned values of a ScreenForm.

    The first words of a new question or cause make one, and the screen is that one's from then on.
    """
    if screen.prompt is Prompt.QUESTION:
        return _keep_numbered(debrief, screen, given, Question, {"went": given["went"]})
    if screen.prompt is Prompt.CAUSE:
        return _keep_numbered(debrief, screen, given, Claim, {"confidence": given["confidence"]})
    changed = _keep_note(debrief, screen.prompt, given["text"], given["was"], given, screen.of)
    if screen.prompt is Prompt.IF_THEN:
        then = _keep_note(debrief, Prompt.THEN, given["then"], given["then_was"], given)
        changed = changed or then
    if screen.prompt is Prompt.OTHER_REASONS:
        _keep_ticks(debrief, given["ticked"])
    if screen.prompt is Prompt.TRY:
        _keep_day(debrief, given["day"], today)
    return Kept(screen, changed)


def settle_asides(*, debrief: Debrief, screen: Screen, put_together: bool) -> None:
    """Put both windows' words together on a screen, or let what lies beside them go."""
    for row in rows_on(debrief, screen):
        settle_aside(row, put_together=put_together)


def drop_empty(*, debrief: Debrief, screen: Screen) -> None:
    """Remove a question or a cause whose words were taken out, unless something hangs on it."""
    for row in rows_on(debrief, screen):
        if row.text.strip() or row.aside:
            continue
        if isinstance(row, Claim) or (isinstance(row, Question) and not _said_to(debrief, row)):
            row.delete()


def rows_on(debrief: Debrief, screen: Screen) -> list[Written]:
    """The rows whose words stand on a screen; none for what is not written yet."""
    if screen.prompt is Prompt.QUESTION:
        return [one for one in debrief.questions.all() if one.pk == screen.of]
    if screen.prompt is Prompt.CAUSE:
        return [one for one in debrief.claims.all() if one.pk == screen.of]
    found = [note_at(debrief, screen.prompt, screen.of)]
    if screen.prompt is Prompt.IF_THEN:
        found.append(note_at(debrief, Prompt.THEN))
    return [note for note in found if note is not None]


def screen_at(known: Known, prompt: Prompt, of: int | None) -> Screen:
    """The screen that a form belongs to. What was removed in another window is written anew."""
    if prompt is Prompt.QUESTION and of not in known.questions:
        of = NEW
    if prompt is Prompt.CAUSE and of not in known.causes:
        of = NEW
    return Screen(prompt, of)


def _keep_numbered(
    debrief: Debrief,
    screen: Screen,
    given: Mapping[str, Any],
    model: type[Question] | type[Claim],
    marks: Mapping[str, int | None],
) -> Kept:
    says = bool(given["text"].strip()) or any(mark is not None for mark in marks.values())
    if screen.of == NEW and not says:
        return Kept(screen)
    if screen.of == NEW and model is Claim:
        screen = _where_it_stands(debrief, screen, given["text"])
    if screen.of == NEW:
        row: Question | Claim = model(owner_id=debrief.owner_id, debrief=debrief, **marks)
        row.text, row.window = "\n".join(given["text"].split("\r\n")), given["window"]
        row.save()
        _forget(debrief)
        return Kept(Screen(screen.prompt, row.pk))
    row = next(one for one in rows_on(debrief, screen) if isinstance(one, model))
    changed = keep_words(row, text=given["text"], was=given["was"], window=given["window"])
    told = {name: mark for name, mark in marks.items() if mark is not None}
    for name, mark in told.items():
        setattr(row, name, mark)
    row.save(update_fields=list(told))
    return Kept(screen, changed)


def _where_it_stands(debrief: Debrief, screen: Screen, text: str) -> Screen:
    """The screen of a cause that says the same: told twice, it is one and the same."""
    said = " ".join(text.split()).casefold()
    same = (one for one in debrief.claims.all() if " ".join(one.text.split()).casefold() == said)
    there = next(same, None) if said else None
    return Screen(screen.prompt, there.pk) if there else screen


def _keep_note(
    debrief: Debrief,
    prompt: Prompt,
    text: str,
    was: str,
    given: Mapping[str, Any],
    question: int | None = None,
) -> bool:
    note = note_at(debrief, prompt, question)
    if note is None and not text.strip():
        return False
    if note is None:
        asked = next((one for one in debrief.questions.all() if one.pk == question), None)
        note, _made = Note.objects.get_or_create(
            debrief=debrief,
            prompt=prompt,
            question=asked,
            defaults={"owner_id": debrief.owner_id},
        )
        _forget(debrief)
    return keep_words(note, text=text, was=was, window=given["window"])


def _keep_ticks(debrief: Debrief, ticked: list[str]) -> None:
    note = note_at(debrief, Prompt.OTHER_REASONS)
    if note is None and ticked:
        note = Note.objects.create(
            owner_id=debrief.owner_id, debrief=debrief, prompt=Prompt.OTHER_REASONS
        )
        _forget(debrief)
    if note is not None and note.ticked != ticked:
        note.ticked = ticked
        note.save(update_fields=["ticked"])


def _keep_day(debrief: Debrief, day: date | None, today: date) -> None:
    if day is not None and not today <= day <= today + FARTHEST:
        return
    if day != debrief.practice_date:
        debrief.practice_date, debrief.practiced_at = day, None
        debrief.save(update_fields=["practice_date", "practiced_at"])


def _said_to(debrief: Debrief, question: Question) -> bool:
    said = note_at(debrief, Prompt.SAID, question.pk)
    return said is not None and bool(said.text.strip() or said.aside)


def _forget(debrief: Debrief) -> None:
    """Let what was read of the debrief be read again, now that there is more of it."""
    for name in ("notes", "questions", "claims"):
        debrief._prefetched_objects_cache.pop(name, None)  # type: ignore[attr-defined]
