"""The commands that need the database: `import`, `today`, `worker` and `tick`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kindregards.web.start import ready

if TYPE_CHECKING:
    from kindregards.sources.files import Source

Say = Callable[[str], None]
BAR_WIDTH = 30


def import_letters(paths: Sequence[Path], *, as_json: bool, say: Say, answer: Say) -> int:
    """Take the letters at the paths into the database, each whole or not at all.

    A file that the person named is kept whatever it is; of folders and mailboxes only what is
    about applications.
    """
    if ready(say=say):
        return 1
    from django.utils import timezone

    from kindregards.sources.files import files_in, size_in, sources_in
    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.plan.services import receive_source

    owner = owner_of_this_machine()
    counts = dict.fromkeys(("letters", "new", "known", "rejections", "left_out", "unreadable"), 0)
    problems = []
    named = {str(path) for path in paths}
    files = list(files_in(paths))
    for source in _with_progress(sources_in(files), of=size_in(files)):
        received = receive_source(
            owner=owner, source=source, is_chosen=source.name in named, now=timezone.now()
        )
        if received.error:
            problems.append({"source": source.name, "error": received.error})
        elif received.letter is None:
            counts["left_out"] += 1
        else:
            counts["letters"] += 1
            counts["new" if received.is_new else "known"] += 1
            counts["rejections"] += received.letter.kind == "rejection"
    counts["unreadable"] = len(problems)
    if as_json:
        answer(json.dumps({**counts, "problems": problems}, ensure_ascii=False))
    else:
        for problem in problems:
            say(f"{problem['source']}: {problem['error']}")
        answer(_summary(counts))
    return 1 if problems else 0


def today(*, as_json: bool, say: Say, answer: Say) -> int:
    """Say what is worth doing now, the same as the page does."""
    if ready(say=say):
        return 1
    from django.utils import timezone

    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.plan.queries import due_now

    due = due_now(owner_of_this_machine(), timezone.now())
    if as_json:
        things = [
            {
                "title": one.words.title,
                "why": one.words.why,
                "minutes": one.words.minutes,
                "step": one.step.kind,
                "on": one.step.on.isoformat(),
                "application": one.plan.application.name,
                "page": f"/plans/{one.plan.pk}/{one.step.kind}/",
            }
            for one in due
        ]
        answer(json.dumps({"worth_doing": things}, ensure_ascii=False))
        return 0
    if not due:
        answer("Nothing needs doing today.")
    for one in due:
        answer(f"{one.words.title} ({one.plan.application.name}, {one.words.minutes} min)")
        answer(f"  {one.words.why}")
    return 0


def work(*, for_ever: bool, say: Say) -> int:
    """Run the jobs that are due, and with `for_ever` those that come, until told to stop."""
    if ready(say=say):
        return 1
    from kindregards.web import worker

    worker.work(for_ever=for_ever)
    return 0


def _with_progress(sources: Iterator[Source], *, of: int) -> Iterator[Source]:
    """The sources as they are, with a bar on a terminal that is being watched."""
    watched = sys.stderr is not None and sys.stderr.isatty() and of > 0
    for number, source in enumerate(sources, 1):
        yield source
        if watched:
            share = min(1.0, source.done / of)
            bar = "█" * round(BAR_WIDTH * share) + "░" * (BAR_WIDTH - round(BAR_WIDTH * share))
            sys.stderr.write(f"\r{bar} {share:4.0%}, {number} looked at")
            sys.stderr.flush()
    if watched:
        sys.stderr.write("\n")


def _summary(counts: dict[str, int]) -> str:
    said = (
        f"{counts['letters']} letters, {counts['rejections']} of them rejections: "
        f"{counts['new']} new, {counts['known']} here already."
    )
    if counts["left_out"]:
        said += f" {counts['left_out']} were not about applications and were left out."
    return f"{said} {counts['unreadable']} could not be read." if counts["unreadable"] else said
