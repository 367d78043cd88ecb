"""Moving letters between applications, and putting them back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core import serializers
from django.db import models, transaction

from kindregards.web.applications.services import leave, name_application, new_application
from kindregards.web.applications.settling import settle_all
from kindregards.web.models import (
    Application,
    Debrief,
    Draft,
    Letter,
    Plan,
    PlanStep,
    Rearrangement,
    Touch,
    User,
)

BY_HAND = (
    "listed_stage", "put_in_by_hand", "applied_date", "own_outcome", "own_outcome_at",
    "found_through", "link", "note", "route", "version",
)  # fmt: skip

# Rows that only point at an application, with what a rearrangement changes of them.
_POINTING: tuple[tuple[str, type[Letter | Touch | Debrief], tuple[str, ...]], ...] = (
    ("letters", Letter, ("application_id", "moved_by_person")),
    ("touches", Touch, ("application_id",)),
    ("debriefs", Debrief, ("application_id",)),
)


class ChangedSinceError(Exception):
    """What was rearranged has changed since, so that putting it back would lose something."""

    def __init__(self) -> None:
        super().__init__(
            "Something was changed there since, so it cannot be put back by itself. "
            "You can still move each letter."
        )


@dataclass
class Moved:
    """What a rearrangement touched, filled in while it is done; the first is where things went."""

    applications: list[Application] = field(default_factory=list)


@transaction.atomic
def move_letters(
    *, letters: Sequence[Letter], to: Application | None, now: datetime
) -> list[Application]:
    """Move letters to another application, or with None to a new one named as the first had been.

    Gives the application where they are now, and then those that they left and that still have
    something. An application that is left without letters goes; what hangs on it goes along.
    """
    first = letters[0]
    left = {one.application for one in letters if one.application is not None} - {to}
    target = to if to is not None else _named_as(first, now)
    for letter in letters:
        letter.application, letter.moved_by_person = target, True
        letter.save(update_fields=["application", "moved_by_person"])
    for one in left:
        leave(one, target)
    there = Application.objects.filter(pk__in=[one.pk for one in left if one.pk is not None])
    touched = [target, *there.select_related("employer")]
    settle_all(applications=touched)
    return touched


@transaction.atomic
def join_applications(*, application: Application, other: Application, now: datetime) -> None:
    """Put the letters of another application, and what hangs on it, into this one.

    What the person said of the other is taken over where this one says nothing.
    """
    for name in BY_HAND:
        if not getattr(application, name):
            setattr(application, name, getattr(other, name))
    application.save(update_fields=BY_HAND)
    other.letters.update(application=application, moved_by_person=True)
    leave(other, application, also_by_hand=True)
    settle_all(applications=[application])


@contextmanager
def remembered(
    *, owner: User, among: Collection[Application], said: str, now: datetime
) -> Iterator[Moved]:
    """Keep what these applications were before, so that what is done inside can be taken back."""
    scope = {one.pk for one in among}
    before = _rows(owner, scope)
    moved = Moved()
    yield moved
    scope |= {one.pk for one in moved.applications}
    before["scope"] = sorted(scope)
    Rearrangement.objects.create(
        owner=owner,
        application=moved.applications[0],
        said=said,
        before=before,
        after=_digest(_rows(owner, scope)),
        made_at=now,
    )


def can_be_undone(done: Rearrangement) -> bool:
    """Whether everything is still as it was when the rearrangement was done."""
    return _digest(_rows(done.owner, done.before["scope"])) == done.after


@transaction.atomic
def undo_rearrangement(*, done: Rearrangement) -> list[Application]:
    """Put everything back as it was. Raises ChangedSinceError where something changed since."""
    if not can_be_undone(done):
        raise ChangedSinceError
    before, scope = done.before, done.before["scope"]
    done.delete()
    _restore(before["applications"])
    for name, pointing, _columns in _POINTING:
        for row in before.get(name, []):
            values = {column: value for column, value in row.items() if column != "pk"}
            pointing._default_manager.filter(pk=row["pk"]).update(**values)
    for name, model in (("drafts", Draft), ("steps", PlanStep), ("plans", Plan)):
        known = [row["pk"] for row in before[name]]
        model._default_manager.filter(_of(model, scope)).exclude(pk__in=known).delete()
    for name in ("plans", "steps", "drafts"):
        _restore(before[name])
    known = [row["pk"] for row in before["applications"]]
    Application.objects.filter(pk__in=scope).exclude(pk__in=known).delete()
    put_back = list(Application.objects.filter(pk__in=known).select_related("employer"))
    settle_all(applications=put_back)
    return put_back


def _named_as(letter: Letter, now: datetime) -> Application:
    """A new application for a letter, named as the one it is taken from, else by itself."""
    fresh = new_application(letter, now)
    was = letter.application
    if was is None:
        name_application(fresh, letter.employer_name, letter.role)
    else:
        fresh.employer, fresh.role, fresh.role_key = was.employer, was.role, was.role_key
    fresh.save()
    return fresh


def _of(model: type[models.Model], scope: Collection[int]) -> models.Q:
    path = {Application: "pk", PlanStep: "plan__application"}.get(model, "application")
    return models.Q(**{f"{path}__in": scope})


def _rows(owner: User, scope: Collection[int]) -> dict[str, Any]:
    """Everything that hangs on these applications, as plain values."""
    rows: dict[str, Any] = {}
    for name, model in (
        ("applications", Application),
        ("plans", Plan),
        ("steps", PlanStep),
        ("drafts", Draft),
    ):
        kept = model._default_manager.filter(_of(model, scope), owner=owner).order_by("pk")
        rows[name] = json.loads(serializers.serialize("json", kept))
    for row in rows["drafts"]:
        # Rearrangements from before letters could be to somebody without one have none of these.
        for column in ("contact", "occasion", "own_words"):
            if not row["fields"][column]:
                del row["fields"][column]
    for row in rows["applications"]:
        # Those from before there were versions of resumes know nothing of them either.
        if row["fields"].get("version") is None:
            row["fields"].pop("version", None)
    for name, pointing, columns in _POINTING:
        found = pointing._default_manager.filter(_of(pointing, scope), owner=owner)
        pointed = list(found.order_by("pk").values("pk", *columns))
        # Rearrangements from before there were debriefs have no place for them in their digest.
        if pointed or pointing is not Debrief:
            rows[name] = pointed
    return rows


def _digest(rows: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def _restore(rows: list[dict[str, Any]]) -> None:
    for row in serializers.deserialize("json", json.dumps(rows)):
        row.save()
