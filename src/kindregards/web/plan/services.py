"""What happens across the slices when a letter comes in, is corrected, or a step is decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from kindregards.core.applications import Outcome
from kindregards.core.letters import NotALetter, parse_letter, pasted_letter
from kindregards.core.letters.letter import Letter as Message
from kindregards.core.letters.message import is_message
from kindregards.core.plan import Choice, StepKind
from kindregards.core.spreadsheet import Entry
from kindregards.web.accounts.services import introduce_owner
from kindregards.web.applications.importing import Taken, take_over
from kindregards.web.applications.services import (
    Names,
    add_application,
    change_application,
    names_in,
    place_letter,
)
from kindregards.web.letters.review import corrections_of_form
from kindregards.web.letters.services import (
    correct_reading,
    keep_letter,
    read_again,
    undo_correction,
)
from kindregards.web.models import Application, Letter, Plan, PlanStep, User
from kindregards.web.network.taking import meet_people
from kindregards.web.outreach.answering import connect_answer
from kindregards.web.rhythm import work_out_near


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one source: the letter, whether it was new, or why there is none.

    `was` holds what a letter named before this source completed it.
    """

    name: str
    letter: Letter | None = None
    is_new: bool = False
    was: Names | None = None
    error: str = ""
    left_out: bool = False

    @property
    def is_completed(self) -> bool:
        """Whether the letter was here and lacked something that this source brought."""
        return self.was is not None


class NoteChangedError(Exception):
    """Another window changed the lines of a step; `note` is what stands there now."""

    def __init__(self, note: str) -> None:
        super().__init__("These lines were changed in another window.")
        self.note = note


def receive_file(*, owner: User, name: str, raw: bytes, now: datetime) -> Received:
    """Take in the bytes of one letter, whatever it says. Nothing is raised for what is none.

    Whole mailboxes come in by `receive_sources` of web/plan/receiving.py.
    """
    try:
        message = parse_letter(raw)
    except NotALetter as problem:
        return Received(name, error=str(problem))
    return _receive(owner, name, message, raw, pasted=False, now=now)


def receive_paste(
    *, owner: User, text: str, subject: str, sender: str, sent_at: datetime | None, now: datetime
) -> Received:
    """Take in a letter that was pasted, with what the person knows about it.

    The source of a message, as mail programs show it, is taken as the message that it is.
    """
    raw = text.encode("utf-8", "replace")
    is_source = _is_source(raw) and not (subject or sender)
    try:
        message = (
            parse_letter(raw)
            if is_source
            else pasted_letter(text, subject=subject, sender=sender, sent_at=sent_at)
        )
    except NotALetter as problem:
        return Received("", error=str(problem))
    return _receive(owner, "", message, raw, pasted=not is_source, now=now)


def _is_source(raw: bytes) -> bool:
    """Whether it has header lines that only the source of a message shows."""
    start = raw[:20_000].lstrip()
    return _ONLY_IN_SOURCES.search(start) is not None and is_message(start)


_ONLY_IN_SOURCES = re.compile(
    rb"(?im)^(?:received|mime-version|message-id|dkim-signature|return-path|content-type):"
)


@transaction.atomic
def correct_letter(*, letter: Letter, changes: Mapping[str, Any], now: datetime) -> None:
    """Keep corrections of a reading, and let the application and its plan follow."""
    was = names_in(letter)
    correct_reading(letter=letter, changes=changes, now=now)
    follow(letter, now, was=was, by_person=True)


@transaction.atomic
def correct_alike(*, letter: Letter, others: Iterable[Letter], now: datetime) -> None:
    """Give letters of the same form what the person corrected of this one's form."""
    taught = corrections_of_form(letter)
    for other in others:
        correct_letter(letter=other, changes=taught, now=now)


@transaction.atomic
def correct_day(*, letter: Letter, day: date, now: datetime) -> None:
    """Keep the day on which the person says that a letter came; the plan's days follow."""
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    letter.sent_at, letter.sent_offset_minutes = min(noon, now), None
    letter.save(update_fields=["sent_at", "sent_offset_minutes"])
    follow(letter, now, was=names_in(letter))


@transaction.atomic
def take_correction_back(*, letter: Letter, field: str, now: datetime) -> None:
    """Let the reader's own view of a field hold again, and the application follow."""
    was = names_in(letter)
    undo_correction(letter=letter, field=field)
    follow(letter, now, was=was, by_person=True)


@transaction.atomic
def read_letter_again(*, letter: Letter, now: datetime) -> None:
    """Read a letter anew; corrections stay, and the application follows."""
    was = names_in(letter)
    read_again(letter=letter)
    follow(letter, now, was=was)


@transaction.atomic
def correct_application(
    *, application: Application, told: Mapping[str, Any], now: datetime
) -> None:
    """Keep what the person says about an application, and let its plan follow."""
    change_application(application=application, told=told, now=now)
    _open_plan(application, now)
    work_out_near(applications=[application], now=now)


@transaction.atomic
def put_in_application(*, owner: User, told: Mapping[str, Any], now: datetime) -> Application:
    """Put in an application by hand; one that ended in a rejection gets its plan."""
    application = add_application(owner=owner, told=told, now=now)
    _open_plan(application, now)
    work_out_near(applications=[application], now=now)
    return application


@transaction.atomic
def take_over_list(*, owner: User, entries: Sequence[Entry], now: datetime) -> Taken:
    """Take over a list of applications; those that ended in a rejection get their plans."""
    taken = take_over(owner=owner, entries=entries, now=now)
    open_plans(applications=taken.applications, now=now)
    work_out_near(applications=taken.applications, now=now)
    return taken


def decide_step(
    *, plan: Plan, kind: StepKind, choice: Choice | None, now: datetime, until: date | None = None
) -> None:
    """Mark a step done or skipped, put it off to a day, or with neither take it up again."""
    PlanStep.objects.update_or_create(
        plan=plan,
        kind=kind,
        defaults={
            "owner_id": plan.owner_id,
            "choice": choice or "",
            "put_off_until_date": until,
            "changed_at": now,
        },
    )


@transaction.atomic
def keep_note(*, plan: Plan, kind: StepKind, note: str, was: str, now: datetime) -> None:
    """Keep the lines that the person wrote at a step, which began as `was`.

    Raises NoteChangedError, and keeps nothing, where another window changed them meanwhile.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    step, _made = PlanStep.objects.get_or_create(
        plan=plan, kind=kind, defaults={"owner_id": plan.owner_id, "changed_at": now}
    )
    if same_words(step.note) not in (same_words(was), same_words(note)):
        raise NoteChangedError(step.note)
    step.note = note
    step.save(update_fields=["note"])


def same_words(text: str) -> str:
    """The text as any browser sends it back: line ends differ, the words do not."""
    return "\n".join(text.split("\r\n")).strip()


@transaction.atomic
def _receive(
    owner: User, name: str, message: Message, raw: bytes, *, pasted: bool, now: datetime
) -> Received:
    kept = keep_letter(owner=owner, message=message, raw=raw, pasted=pasted, now=now)
    introduce_owner(owner=owner, recipients=message.recipients)
    follow(kept.letter, now, was=kept.was and Names(*kept.was))
    return Received(name, kept.letter, kept.is_new, kept.was and Names(*kept.was))


def follow(letter: Letter, now: datetime, *, was: Names | None, by_person: bool = False) -> None:
    """Let the application and its plan follow what a letter says now."""
    if connect_answer(letter):
        return
    application = place_letter(letter=letter, now=now, was=was, by_person=by_person)
    if application is not None:
        _open_plan(application, now)
        meet_people(owner=letter.owner, letters=[letter], now=now)


def open_plans(*, applications: Iterable[Application], now: datetime) -> None:
    """Open the plans of those that ended in a rejection and have none, all at once."""
    Plan.objects.bulk_create(
        [
            Plan(owner_id=one.owner_id, application=one, opened_at=now)
            for one in applications
            if one.outcome == Outcome.REJECTED
        ],
        ignore_conflicts=True,
    )


def _open_plan(application: Application, now: datetime) -> None:
    if application.outcome == Outcome.REJECTED:
        Plan.objects.get_or_create(
            application=application,
            defaults={"owner_id": application.owner_id, "opened_at": now},
        )
