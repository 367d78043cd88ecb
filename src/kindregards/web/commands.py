"""The commands that need the database: `import`, `today`, `worker` and `tick`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kindregards.web.start import ready

if TYPE_CHECKING:
    from kindregards.web.models import ImportRun, User

Say = Callable[[str], None]
BAR_WIDTH = 30


def import_letters(paths: Sequence[Path], *, as_json: bool, say: Say, answer: Say) -> int:
    """Take the letters at the paths into the database, each whole or not at all.

    A file that the person named is kept whatever it is; of folders and mailboxes only what is
    about applications. What was interrupted goes on where it stood.
    """
    if ready(say=say):
        return 1
    from django.utils import timezone

    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.plan.returning import take_at_paths

    owner, whole = owner_of_this_machine(), [path.absolute() for path in paths]
    letters, reviews, refused = take_at_paths(owner=owner, paths=whole, now=timezone.now())
    for sentence in refused:
        say(sentence)
    for one in () if as_json else reviews:
        answer(f"The review by {one.name} is here.")
    if letters:
        status = _import_letters(
            owner, letters, len(reviews), as_json=as_json, say=say, answer=answer
        )
        return status or bool(refused)
    if as_json:
        answer(json.dumps({"reviews": len(reviews)}))
    return int(bool(refused))


def _import_letters(
    owner: User, paths: list[Path], reviews: int, *, as_json: bool, say: Say, answer: Say
) -> int:
    from django.utils import timezone

    from kindregards.web.imports.services import begin_or_go_on, claim_run, stop_run
    from kindregards.web.models import ImportState
    from kindregards.web.plan.taking_in import take_in_files

    waiting = begin_or_go_on(owner=owner, paths=paths, now=timezone.now())
    run = claim_run(pk=waiting.pk, now=timezone.now())
    if run is None:
        say(TAKEN_OVER)
        return 1
    with _Bar() as bar:
        try:
            take_in_files(run=run, clock=timezone.now, watch=bar.show)
        except KeyboardInterrupt:
            stop_run(run=run, now=timezone.now())
            say("\nStopped. Give the same command again, and it goes on from here.")
            raise
    if run.trouble:
        say(run.trouble)
        return 1
    if run.state == ImportState.RUNNING:  # whoever has it now says how it ends
        say(TAKEN_OVER)
        return 1
    if as_json:
        counts = _counts(run) | {"reviews": reviews}
        answer(json.dumps(counts, ensure_ascii=False))
    else:
        for problem in run.problems:
            say(f"{problem['source']}: {problem['error']}")
        answer(_summary(run))
    return 1 if run.unreadable else 0


TAKEN_OVER = (
    "Another import of the same files was begun meanwhile and goes on with it, or it was stopped "
    "on its page. What was taken in by then is kept."
)


def today(*, as_json: bool, say: Say, answer: Say) -> int:
    """Say what is worth doing now, the same as the page does."""
    if ready(say=say):
        return 1
    from django.utils import timezone

    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.plan.worth_doing import worth_doing_now

    things = worth_doing_now(owner_of_this_machine(), timezone.now())
    if as_json:
        told = [asdict(one) | {"on": one.on.isoformat()} for one in things]
        answer(json.dumps({"worth_doing": told}, ensure_ascii=False))
        return 0
    if not things:
        answer("Nothing needs doing today.")
    for one in things:
        about = ", ".join(filter(None, (one.application, f"{one.minutes} min")))
        answer(f"{one.title} ({about})")
        answer(f"  {one.why}")
        if one.idea:
            answer(f"  What to say: {one.idea}")
    return 0


def work(*, for_ever: bool, say: Say) -> int:
    """Run the jobs that are due, and with `for_ever` those that come, until told to stop."""
    if ready(say=say):
        return 1
    from kindregards.web import worker

    worker.work(for_ever=for_ever)
    return 0


class _Bar:
    """A bar on a terminal that is being watched: how far, how fast, how much longer."""

    def __init__(self) -> None:
        self.is_watched = sys.stderr is not None and sys.stderr.isatty()
        self.is_shown = False

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_rest: object) -> None:
        if self.is_shown:
            sys.stderr.write("\n")

    def show(self, run: ImportRun) -> None:
        """Draw it anew."""
        from kindregards.web.imports.words import progress_of

        if self.is_watched and run.total_bytes:
            progress = progress_of(run)
            full = round(BAR_WIDTH * progress.share)
            bar = "█" * full + "░" * (BAR_WIDTH - full)
            sys.stderr.write(f"\r{bar} {progress.share:4.0%}, {progress.told}\x1b[K")
            sys.stderr.flush()
            self.is_shown = True


def _counts(run: ImportRun) -> dict[str, object]:
    return {
        "letters": run.letters,
        "new": run.new,
        "known": run.known,
        "rejections": run.rejections,
        "left_out": run.left_out,
        "unreadable": run.unreadable,
        "problems": run.problems,
    }


def _summary(run: ImportRun) -> str:
    from kindregards.web.imports.words import what_came_of

    return " ".join(what_came_of(run))
