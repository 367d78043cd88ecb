"""Letters moved, applications split and joined: plans follow, and all of it can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kindregards.web.applications.rearranging import (
    join_applications,
    move_letters,
    remembered,
    undo_rearrangement,
)
from kindregards.web.models import Application, Letter, Rearrangement
from kindregards.web.plan.services import open_plans
from kindregards.web.rhythm import work_out_near


class NothingLeftError(ValueError):
    """All letters of an application were to be split from it."""

    def __init__(self) -> None:
        super().__init__("Choose some of the letters, not all of them: one has to stay.")


@transaction.atomic
def move_letter(*, letter: Letter, to: Application | None, now: datetime) -> Application:
    """Move one letter to another application, or with None to a new one; gives where it is."""
    return _moved([letter], to, now, said="A letter was moved here.")


@transaction.atomic
def split_application(
    *, application: Application, letters: Sequence[Letter], now: datetime
) -> Application:
    """Make some letters of an application one of their own. Raises NothingLeftError for all."""
    if len(letters) == application.letters.count():
        raise NothingLeftError
    said = "This was split from another application."
    return _moved(letters, None, now, said=said)


@transaction.atomic
def join(*, application: Application, other: Application, now: datetime) -> None:
    """Put another application into this one."""
    with remembered(
        owner=application.owner,
        among=[application, other],
        said=f"{other.name} was joined with this one.",
        now=now,
    ) as moved:
        join_applications(application=application, other=other, now=now)
        moved.applications = [application]
        open_plans(applications=moved.applications, now=now)
    work_out_near(applications=[application, other], now=now)


@transaction.atomic
def undo(*, done: Rearrangement, now: datetime) -> Application:
    """Put back what was rearranged. Raises ChangedSinceError where something changed since."""
    put_back = undo_rearrangement(done=done)
    open_plans(applications=put_back, now=now)
    work_out_near(applications=put_back, now=now)
    return put_back[0]


def _moved(
    letters: Sequence[Letter], to: Application | None, now: datetime, *, said: str
) -> Application:
    among = [one.application for one in letters if one.application is not None]
    among += [to] if to is not None else []
    with remembered(owner=letters[0].owner, among=among, said=said, now=now) as moved:
        moved.applications = move_letters(letters=letters, to=to, now=now)
        open_plans(applications=moved.applications, now=now)
    work_out_near(applications=[*among, *moved.applications], now=now)
    return moved.applications[0]
