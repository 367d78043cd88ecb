"""How every command speaks: its answer, its talk, and the status it ends with."""

from __future__ import annotations

import io
import os
import sys

FINE, NO, USED_WRONGLY = 0, 1, 2


class AnswerLostError(Exception):
    """Standard output takes no more; the message is the system's word for why."""


def take_any_character() -> None:
    """Let no terminal stop the program with a character that it does not know."""
    # It is None where whoever started us closed it, and no file of its own where a test did.
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")


def nobody_listens() -> int:
    """Let what is still to be written go nowhere, so that the end of the program is quiet."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return NO


def say(sentence: str) -> None:
    """Talk and progress, to standard error."""
    print(sentence, file=sys.stderr)  # noqa: T201 - the command's own voice


def answer(line: str) -> None:
    """The answer, to standard output. Raises AnswerLostError where that takes no more."""
    try:
        print(line, flush=True)  # noqa: T201 - the command's answer
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise AnswerLostError(problem.strerror or "it is closed") from problem
