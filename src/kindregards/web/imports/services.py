"""Beginning, stopping and going on with imports, and what they left out."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection, transaction

from kindregards.core.letters.triage import Glance
from kindregards.sources.source import Place
from kindregards.web.models import ImportRun, ImportState, LeftOut, User

MOST_PROBLEMS = 100
"""Sentences kept about what could not be read; more are only counted."""
GOING_ON = (ImportState.WAITING, ImportState.RUNNING)
ADDED_TO_FOR = timedelta(days=7)


class NotOursError(Exception):
    """The import was stopped by the person, or another worker has it."""


class Left(NamedTuple):
    """The columns of a LeftOut, before it is a row."""

    owner_id: int
    run_id: int
    key: str
    sender: str
    subject: str
    sent_at: datetime | None
    file: str
    offset: int
    number: int


@dataclass(slots=True)
class Tally:
    """What came of some messages; `place` is where the last one ended."""

    letters: int = 0
    new: int = 0
    known: int = 0
    rejections: int = 0
    unreadable: int = 0
    problems: list[dict[str, str]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    done: int = 0
    seconds: float = 0.0


def begin_run(
    *,
    owner: User,
    what: str,
    now: datetime,
    paths: Sequence[Path] = (),
    chosen: Sequence[str] = (),
    is_upload: bool = False,
    total_bytes: int = 0,
) -> ImportRun:
    """Make an import that waits for its turn."""
    return ImportRun.objects.create(
        owner=owner,
        what=in_unicode(what)[:300],
        paths=[str(path) for path in paths],
        chosen=list(chosen),
        is_upload=is_upload,
        total_bytes=total_bytes,
        state=ImportState.WAITING,
        created_at=now,
        seen_at=now,
    )


def run_to_add_to(*, owner: User, last: ImportRun | None, what: str, now: datetime) -> ImportRun:
    """The import that letters from a mail account are counted in: the last one for a week.

    It stands as ended all the time, since its account is what goes on.
    """
    if last is None or last.created_at < now - ADDED_TO_FOR:
        last = begin_run(owner=owner, what=what, now=now)
    last.state, last.ended_at, last.seen_at = ImportState.ENDED, now, now
    last.save(update_fields=["state", "ended_at", "seen_at"])
    return last


def begin_or_go_on(*, owner: User, paths: Sequence[Path], now: datetime) -> ImportRun:
    """The import of these paths that was interrupted, in line again, else a new one."""
    open_ones = ImportRun.objects.filter(owner=owner, is_upload=False)
    for run in open_ones.exclude(state=ImportState.ENDED).order_by("-pk"):
        if run.paths and run.paths == [str(path) for path in paths]:
            let_run_go_on(run=run, now=now)
            return run
    what = paths[0].name if len(paths) == 1 else f"{len(paths)} files and folders"
    chosen = [str(path) for path in paths]
    return begin_run(owner=owner, what=what, now=now, paths=paths, chosen=chosen)


def claim_run(*, pk: int, now: datetime) -> ImportRun | None:
    """Take a run that waits, or that was left in the middle; None where it is not to go on.

    Whoever had it before loses it: what they have not kept by then, they keep no more.
    """
    token = secrets.token_hex(16)
    waiting = ImportRun.objects.filter(pk=pk, state__in=GOING_ON)
    if not waiting.update(state=ImportState.RUNNING, token=token, seen_at=now, trouble=""):
        return None
    return ImportRun.objects.select_related("owner").get(pk=pk)


@transaction.atomic
def hold_run(*, run: ImportRun, now: datetime) -> None:
    """Make sure that the run is still ours, until the transaction around ends.

    Raises NotOursError.
    """
    mine = ImportRun.objects.filter(pk=run.pk, token=run.token, state=ImportState.RUNNING)
    if not mine.update(seen_at=now):
        raise NotOursError


def count(*, run: ImportRun, tally: Tally) -> None:
    """Add what came of a batch to a run that is held, together with where to go on."""
    _keep_left(tally.left)
    run.letters += tally.letters
    run.new += tally.new
    run.known += tally.known
    run.rejections += tally.rejections
    run.left_out += len(tally.left)
    run.unreadable += tally.unreadable
    told = [{key: in_unicode(said) for key, said in one.items()} for one in tally.problems]
    run.problems = [*run.problems, *told][:MOST_PROBLEMS]
    run.place = [tally.place.file, tally.place.offset, tally.place.number]
    run.done_bytes = max(run.done_bytes, tally.done)
    run.worked_seconds += tally.seconds
    run.save(update_fields=[*COUNTED])


def _keep_left(rows: Sequence[Left]) -> None:
    """One statement for thousands of rows: as objects they would take longer than all the rest."""
    if not rows:
        return
    quoted = connection.ops.quote_name
    named = ", ".join(quoted(name) for name in Left._fields)
    marks = ", ".join(["%s"] * len(Left._fields))
    # Most databases take a moment as it is; for SQLite Django writes it down in UTC.
    adapt: Any = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quoted(LeftOut._meta.db_table)} ({named}) VALUES ({marks})",  # noqa: S608 - our own names
            [row._replace(sent_at=adapt(row.sent_at)) for row in rows],
        )


COUNTED = (
    "letters", "new", "known", "rejections", "left_out", "unreadable", "problems", "place",
    "done_bytes", "worked_seconds",
)  # fmt: skip


def end_run(*, run: ImportRun, now: datetime, trouble: str = "") -> None:
    """Say that a run of ours came to its end, or in a sentence why it did not."""
    state = ImportState.FAILED if trouble else ImportState.ENDED
    mine = ImportRun.objects.filter(pk=run.pk, token=run.token, state=ImportState.RUNNING)
    mine.update(state=state, trouble=trouble, ended_at=now, seen_at=now)
    run.state, run.trouble, run.ended_at = state, trouble, now


def stop_run(*, run: ImportRun, now: datetime) -> None:
    """Stop a run where it stands, because the person says so."""
    going = ImportRun.objects.filter(pk=run.pk, state__in=GOING_ON)
    going.update(state=ImportState.STOPPED, token="", seen_at=now)


def let_run_go_on(*, run: ImportRun, now: datetime) -> bool:
    """Put a run that stopped or failed in line again; gives whether there was anything to do."""
    halted = ImportRun.objects.filter(
        pk=run.pk, state__in=(ImportState.STOPPED, ImportState.FAILED)
    )
    return bool(halted.update(state=ImportState.WAITING, seen_at=now, trouble=""))


def let_wait_again(*, run: ImportRun, now: datetime) -> None:
    """Give back a run of ours, to be gone on with by whoever comes next."""
    mine = ImportRun.objects.filter(pk=run.pk, token=run.token, state=ImportState.RUNNING)
    mine.update(state=ImportState.WAITING, token="", seen_at=now)


def place_of(run: ImportRun) -> Place | None:
    """Where the run goes on; None at its beginning."""
    return Place(*run.place) if run.place else None


def left_out(*, run: ImportRun, glance: Glance, before: Place) -> Left:
    """The row of a message that was left out; `before` is the Place it begins at. Not kept yet."""
    return Left(
        run.owner_id,
        run.pk,
        (glance.address or glance.sender.lower())[:320],
        glance.sender,
        glance.subject,
        glance.sent_at,
        in_unicode(before.file),
        before.offset,
        before.number,
    )


def in_unicode(name: str) -> str:
    """The name of a file as databases take it; file systems know names that are no Unicode."""
    return name.encode("utf-8", "replace").decode().replace("\0", "?")


def forget_left_out(*, run: ImportRun) -> None:
    """Drop what is known of the messages that a run left out, and its uploaded files."""
    run.left.all().delete()
    if run.is_upload:
        for path in run.paths:
            Path(path).unlink(missing_ok=True)
        for folder in {Path(path).parent for path in run.paths}:
            with suppress(OSError):  # gone already
                folder.rmdir()


def forget_old_runs(*, now: datetime) -> None:
    """Drop what ended imports left out, once it has been there to be looked at long enough."""
    old = ImportRun.objects.filter(seen_at__lt=now - LEFT_OUT_IS_KEPT)
    for run in old.exclude(state__in=GOING_ON):
        forget_left_out(run=run)


LEFT_OUT_IS_KEPT = timedelta(days=30)


def replace_earlier(*, run: ImportRun) -> None:
    """Drop what earlier imports of the same files left out: this one tells it anew."""
    earlier: Iterable[ImportRun] = ImportRun.objects.filter(owner_id=run.owner_id).exclude(
        pk=run.pk
    )
    for one in earlier:
        if one.paths == run.paths and run.paths and not one.is_upload:
            one.left.all().delete()
