"""Background work on a person's own machine: a child process, there only while there is work.

A thread of the program looks every second whether a job waits and then starts a worker, so that
pages stay quick while a mailbox is read, and memory is given back afterwards.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from kindregards.web.database import TROUBLES
from kindregards.web.worker import something_is_due

LOOK_EVERY = 1.0
WAIT_AFTER_FAILURE = 20.0
SECONDS_TO_STOP = 8.0
CHILD = "from kindregards.web.child import be_the_child; be_the_child()"


@contextmanager
def work_beside() -> Iterator[None]:
    """Let jobs be run beside the block; at its end a running one is asked to stop."""
    attendant = _Attendant()
    attendant.start()
    try:
        yield
    finally:
        attendant.stop()


class _Attendant(threading.Thread):
    """Looks for work and has a child do it."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="attendant")
        self.ended = threading.Event()
        self.child: subprocess.Popen[bytes] | None = None
        self.pause = LOOK_EVERY

    def run(self) -> None:
        while not self.ended.wait(self.pause):
            self.pause = LOOK_EVERY
            try:
                if something_is_due(now=timezone.now()):
                    self._have_it_done()
            except TROUBLES:  # the page that is opened next says what is wrong
                self.pause = WAIT_AFTER_FAILURE
                connection.close()
        connection.close()

    def stop(self) -> None:
        """Ask the child to stop and wait for both."""
        self.ended.set()
        child = self.child
        if child is not None and child.stdin is not None:
            child.terminate()
        self.join(SECONDS_TO_STOP)
        if child is not None and child.poll() is None:
            child.kill()  # what it had not kept is done again next time

    def _have_it_done(self) -> None:
        # -P: what lies in the current folder must not be taken for our own modules.
        self.child = subprocess.Popen(  # noqa: S603 - our own words, no shell
            [sys.executable, "-P", "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        if self.ended.is_set():
            self.child.terminate()
        if self.child.wait() != 0:
            self.pause = WAIT_AFTER_FAILURE
        if self.child.stdin is not None:
            self.child.stdin.close()
