"""A whole import: Sources by the thousand, each batch kept whole together with where to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from time import monotonic

from django.db import transaction
from django.utils import timezone

from kindregards.sources.files import files_in, size_in, sources_in
from kindregards.sources.side_by_side import sort_side_by_side
from kindregards.sources.sorting import Sorted
from kindregards.sources.source import Place, Source
from kindregards.web.background import is_stopping, job
from kindregards.web.database import TROUBLES, what_is_wrong
from kindregards.web.imports.services import (
    NotOursError,
    Tally,
    claim_run,
    count,
    end_run,
    forget_old_runs,
    hold_run,
    left_out,
    let_wait_again,
    place_of,
    replace_earlier,
)
from kindregards.web.incoming import forget_strays
from kindregards.web.models import ImportRun
from kindregards.web.plan.overhearing import Overheard
from kindregards.web.plan.receiving import acquainted_with, receive_sorted
from kindregards.web.plan.services import Received

Clock = Callable[[], datetime]
Watch = Callable[[ImportRun], None]

MOST_AT_ONCE = 5000
MOST_LETTERS_AT_ONCE = 100
SECONDS_AT_ONCE = 2.0
"""A batch ends at the first of these, so that the page moves on and little is done twice."""


@job
def take_in_mail(run: int) -> None:
    """Go on with an import of files, from wherever it stands, to its end."""
    claimed = claim_run(pk=run, now=timezone.now())
    if claimed is None:
        return
    if not take_in_files(run=claimed, clock=timezone.now):
        take_in_mail.enqueue(run=run)


@job
def forget_old_imports() -> None:
    """Drop what old imports left out, and what uploads that were cut off left behind."""
    now = timezone.now()
    forget_old_runs(now=now)
    uploads = ImportRun.objects.filter(is_upload=True).values_list("paths", flat=True)
    known = {Path(path).parent for paths in uploads for path in paths}
    forget_strays(known=known, now=now)


def take_in_files(*, run: ImportRun, clock: Clock, watch: Watch = lambda run: None) -> bool:
    """Take in the files of a claimed run; False where the process is to stop and it is to go on.

    What the database or the disk refuses is told in the run. `watch` sees the run after each batch.
    """
    paths = [Path(path) for path in run.paths]
    try:
        if not run.place:
            replace_earlier(run=run)
        run.total_bytes = max(run.total_bytes, size_in(files_in(paths)))
        run.save(update_fields=["total_bytes"])
        sources = sources_in(paths, after=place_of(run))
        ended = take_in(run=run, sources=sources, clock=clock, watch=watch)
        if ended:
            end_run(run=run, now=clock())
        else:
            let_wait_again(run=run, now=clock())
    except NotOursError:
        return True
    except TROUBLES as problem:
        end_run(run=run, now=clock(), trouble=what_is_wrong(problem))
        return True
    return ended


def take_in(
    *, run: ImportRun, sources: Iterable[Source], clock: Clock, watch: Watch = lambda run: None
) -> bool:
    """Take Sources into the database under a claimed run; False where the process is to stop.

    Each batch is kept whole, with its counts and its place, or not at all. Raises NotOursError
    where the run was stopped or taken over, and what the database raises.
    """
    acquainted = acquainted_with(run.owner)
    before = place_of(run) or Place()
    batch = Batch()
    looked = sort_side_by_side(
        sources,
        size=run.total_bytes - run.done_bytes,
        chosen=frozenset(run.chosen),
        acquainted=acquainted,
    )
    for one in looked:
        before = batch.add(run, one, before)
        if batch.is_full() or is_stopping():
            keep_batch(run, batch, clock())
            watch(run)
            batch = Batch()
            if is_stopping():
                return False
    keep_batch(run, batch, clock())
    watch(run)
    return True


class Batch:
    """Messages that were looked at and are not kept yet."""

    def __init__(self) -> None:
        self.kept: list[Sorted] = []
        self.overheard = Overheard()
        self.tally = Tally()
        self.began = monotonic()

    def add(self, run: ImportRun, one: Sorted, before: Place) -> Place:
        """Take one more; gives the Place where the next one begins."""
        place = one.source.place
        self.overheard.add(one)
        if one.is_left_out and one.glance is not None:
            begins = before if before.file == place.file else Place(place.file)
            self.tally.left.append(left_out(run=run, glance=one.glance, before=begins))
        else:
            self.kept.append(one)
        self.tally.place, self.tally.done = place, one.source.done
        return place

    def is_full(self) -> bool:
        """Whether it is time to keep what there is."""
        return (
            len(self.tally.left) + len(self.kept) >= MOST_AT_ONCE
            or len(self.kept) >= MOST_LETTERS_AT_ONCE
            or monotonic() - self.began > SECONDS_AT_ONCE
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added."""
        return not self.kept and not self.tally.left


def keep_batch(run: ImportRun, batch: Batch, now: datetime) -> list[Received]:
    """Keep a batch whole, with its counts and its place; gives what became of what is kept.

    Raises NotOursError.
    """
    if batch.is_empty:
        return []
    with transaction.atomic():
        hold_run(run=run, now=now)
        received = receive_sorted(owner=run.owner, looked=batch.kept, now=now)
        batch.overheard.keep(owner=run.owner, now=now)
        _count_received(batch.tally, received, run)
        batch.tally.seconds = monotonic() - batch.began
        count(run=run, tally=batch.tally)
    return received


def _count_received(tally: Tally, received: Iterable[Received], run: ImportRun) -> None:
    for one in received:
        if one.letter is None:
            tally.unreadable += 1
            tally.problems.append({"source": shown_name(run, one.name), "error": one.error})
            continue
        tally.letters += 1
        tally.new += one.is_new
        tally.known += not one.is_new
        tally.rejections += one.letter.kind == "rejection"


def shown_name(run: ImportRun, name: str) -> str:
    """The name of a Source for people: of an upload, without the folder that it was put into."""
    if not run.is_upload:
        return name
    folder = str(Path(run.paths[0]).parent) if run.paths else ""
    return name.removeprefix(folder).lstrip("/\\")
