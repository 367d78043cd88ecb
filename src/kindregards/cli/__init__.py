"""The `kindregards` command. Django is imported only inside the commands that need it.

The answer goes to standard output, talk and progress to standard error. Exit status: 0 fine,
1 the answer is no, 2 used wrongly.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kindregards.cli.voice import AnswerLostError, nobody_listens, say, take_any_character

if TYPE_CHECKING:
    import argparse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is the return value."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    take_any_character()
    if given[:1] == ["manage"]:
        from kindregards.cli.app import manage

        return manage(given[1:])
    try:
        if _only_reads(given):
            from kindregards.cli.reading import read_files

            return read_files([file for file in given[1:] if file != "--json"], "--json" in given)
        from kindregards.cli.options import parser

        options = parser().parse_args(given)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except BrokenPipeError:
        return nobody_listens()
    except AnswerLostError as problem:
        say(f"The answer could not be written: {problem}.")
        return nobody_listens()
    except KeyboardInterrupt:
        return 130


def _only_reads(given: Sequence[str]) -> bool:
    """Whether it is `read` with files: the commonest call does not wait for the other commands."""
    files = [one for one in given[1:] if one != "--json"]
    are_names = bool(files) and all(one and not _is_option(one) for one in files)
    return given[:1] == ["read"] and are_names


def _is_option(given: str) -> bool:
    return given.startswith("-") and given != "-"
