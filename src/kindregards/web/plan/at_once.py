"""Small mailboxes given to the page: read while it waits, and what they left out is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from kindregards.sources.files import sources_in
from kindregards.sources.sorting import sort_sources
from kindregards.sources.source import Place
from kindregards.web.imports.services import claim_run, end_run, forget_left_out
from kindregards.web.models import ImportRun, User
from kindregards.web.plan.receiving import acquainted_with
from kindregards.web.plan.services import Received
from kindregards.web.plan.taking_in import Batch, keep_batch, shown_name
from kindregards.web.plan.uploads import Upload, keep_upload


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of each message; `run` lists what was left out, None where nothing was."""

    received: list[Received]
    run: ImportRun | None = None


def take_in_at_once(*, owner: User, files: Sequence[Upload], now: datetime) -> TakenIn:
    """Take in small mailboxes in one transaction, as an import does that is already at its end.

    The files are kept as those of an import, so that one that was left out can be brought in.
    Raises OSError, and then keeps nothing.
    """
    if not files:
        return TakenIn([])
    run = keep_upload(owner=owner, files=files, now=now)
    with transaction.atomic():
        claimed = claim_run(pk=run.pk, now=now)
        assert claimed is not None, "nobody else knows of it yet"
        received = _received(claimed, now)
        end_run(run=claimed, now=now)
    if not claimed.left_out:
        forget_left_out(run=claimed)
        claimed.delete()
        return TakenIn(received)
    return TakenIn(received, claimed)


def _received(run: ImportRun, now: datetime) -> list[Received]:
    paths = [Path(path) for path in run.paths]
    batch, before = Batch(), Place()
    for one in sort_sources(sources_in(paths), acquainted=acquainted_with(run.owner)):
        before = batch.add(run, one, before)
    found = keep_batch(run, batch, now)
    return [replace(one, name=shown_name(run, one.name)) for one in found]
