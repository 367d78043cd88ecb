"""The worker that the program on a person's own machine starts beside itself."""

from __future__ import annotations

import os
import sys
import threading

from kindregards.web.start import set_up

STANDARD_INPUT = 0


def be_the_child() -> None:
    """Run what is due; stop when the parent, who holds standard input open, is gone."""
    if set_up(say=lambda sentence: print(sentence, file=sys.stderr)):  # noqa: T201 - its one voice
        raise SystemExit(1)
    from kindregards.web.background import ask_to_stop
    from kindregards.web.worker import work

    def _watch() -> None:
        # Not through sys.stdin: its lock, held by a thread, would break the end of the process.
        while os.read(STANDARD_INPUT, 1):
            pass
        ask_to_stop()

    threading.Thread(target=_watch, daemon=True).start()
    work(for_ever=False)
