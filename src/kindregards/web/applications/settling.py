"""Working out anew how far applications came and how they stand, one or many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from kindregards.core.applications import Event, Outcome, Said, progress
from kindregards.core.letters.reading import Kind, Stage
from kindregards.web.applications.joining import noon
from kindregards.web.columns import write_columns
from kindregards.web.models import Application, Correction, Letter

SETTLED = ["stage", "rounds", "outcome", "decided_at", "began_at", "last_heard_at"]
AT_ONCE = 500
# An outcome without a day comes before everything that has one.
SOME_DAY = datetime(1, 1, 1, tzinfo=UTC)


def settle(*, application: Application) -> None:
    """Work out stage, outcome and days anew from all letters of the application."""
    told = _telling(application.letters.all()).values_list("sent_at", "kind", "stage")
    work_out(application, [event_of(*one) for one in told])
    application.save(update_fields=SETTLED)


def settle_all(*, applications: Collection[Application]) -> None:
    """Work out many applications anew, in few questions to the database."""
    waiting = list(applications)
    for at in range(0, len(waiting), AT_ONCE):
        part = waiting[at : at + AT_ONCE]
        events: dict[int, list[Event]] = defaultdict(list)
        letters = _telling(Letter.objects.filter(application__in=[one.pk for one in part]))
        told = letters.values_list("application_id", "sent_at", "kind", "stage")
        for key, sent_at, kind, stage in told:
            assert key is not None
            events[key].append(event_of(sent_at, kind, stage))
        for application in part:
            work_out(application, events[application.pk])
    write_columns(waiting, SETTLED)


def _telling(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Without answers to the person's own letters: "shall we talk?" there is no invitation.

    What the person says of such a letter's kind counts all the same.
    """
    said = Correction.objects.filter(letter=OuterRef("pk"), field="kind")
    return letters.exclude(Q(answer__isnull=False) & ~Exists(said))


def event_of(at: datetime, kind: str, stage: str) -> Event:
    """What a letter of that day, kind and stage ("" for none) told."""
    return Event(at, Kind(kind), _stage(stage))


def work_out(application: Application, events: Sequence[Event]) -> None:
    """Work out an application from what its letters told; saving is left to the caller."""
    days = [event.at for event in events]
    began = [noon(application.applied_date)] if application.applied_date else days
    application.began_at = min(began, default=application.own_outcome_at or application.created_at)
    application.last_heard_at = max(days, default=None)
    listed = [Event(application.began_at, Kind.OTHER, _stage(application.listed_stage))]
    stands = progress(
        [*events, *listed], own_stage=_stage(application.own_stage), said=_said(application)
    )
    application.stage = stands.stage
    application.rounds = stands.rounds
    application.outcome = stands.outcome
    application.decided_at = None if stands.decided_at == SOME_DAY else stands.decided_at


def _said(application: Application) -> Said | None:
    if not application.own_outcome:
        return None
    return Said(application.own_outcome_at or SOME_DAY, Outcome(application.own_outcome))


def _stage(value: str) -> Stage | None:
    return Stage(value) if value else None
