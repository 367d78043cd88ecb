"""The commands that need the database. Each imports the app only when it runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kindregards.cli.voice import FINE, NO, USED_WRONGLY, answer, say

if TYPE_CHECKING:
    import argparse

PORT = 8642


def start_with_browser(options: argparse.Namespace) -> int:
    """Start the program and open the browser."""
    return _start(options.port, browser=True)


def serve(options: argparse.Namespace) -> int:
    """Start the program."""
    return _start(options.port, browser=False)


def as_port(given: str) -> int | None:
    """The number of the port, from 0 (any free one) to 65535; None where it is no such number."""
    is_port = given.isascii() and given.isdigit() and len(given) < 6 and int(given) < 65536
    return int(given) if is_port else None


def no_port(given: str) -> str:
    """What to say to who gave it as a port."""
    return f"{given!r} is no port; give a number up to 65535"


def _start(port: int | None, *, browser: bool) -> int:
    if port is None:
        given = os.environ.get("KINDREGARDS_PORT") or str(PORT)
        port = as_port(given)
        if port is None:
            say(f"KINDREGARDS_PORT: {no_port(given)}")
            return USED_WRONGLY
    from kindregards.web import start

    return start.serve(port=port, browser=browser, say=say, answer=answer)


def import_letters(options: argparse.Namespace) -> int:
    """Take letters into the database."""
    from kindregards.web import commands

    return _or_say_why(
        lambda: commands.import_letters(options.paths, as_json=options.json, say=say, answer=answer)
    )


def sync(options: argparse.Namespace) -> int:
    """Fetch the mail accounts once."""
    from kindregards.web import mail_command

    return _or_say_why(lambda: mail_command.sync(as_json=options.json, say=say, answer=answer))


def diagnose(options: argparse.Namespace) -> int:
    """Print where applications end."""
    from kindregards.web.diagnosis_command import diagnosis

    return _or_say_why(lambda: diagnosis(as_json=options.json, say=say, answer=answer))


def lift(options: argparse.Namespace) -> int:
    """Offer one thing to hear and open it."""
    from kindregards.web.lift_command import lift as offer

    return _or_say_why(lambda: offer(as_json=options.json, say=say, answer=answer))


def today(options: argparse.Namespace) -> int:
    """Print what is worth doing now."""
    from kindregards.web import commands

    return _or_say_why(lambda: commands.today(as_json=options.json, say=say, answer=answer))


def work(*, for_ever: bool) -> int:
    """Run background jobs: until stopped, or once what is due."""
    from kindregards.web import commands

    return _or_say_why(lambda: commands.work(for_ever=for_ever, say=say))


def _or_say_why(run: Callable[[], int]) -> int:
    """Run a command; where the database or the disk gives up, say so in a sentence."""
    from kindregards.web.database import TROUBLES, what_is_wrong

    try:
        return run()
    except BrokenPipeError:
        raise
    except TROUBLES as problem:
        say(what_is_wrong(problem))
        return NO


def backup(options: argparse.Namespace) -> int:
    """Copy everything into one file."""
    from kindregards.web import backup as copying

    return copying.backup(options.file, say=say)


def restore(options: argparse.Namespace) -> int:
    """Put a backup back in place of what is there."""
    from kindregards.web import backup as copying

    return copying.restore(options.file, say=say)


def export(options: argparse.Namespace) -> int:
    """Write everything into a folder, as files that other programs open."""
    from kindregards.web import leaving_command

    return _or_say_why(lambda: leaving_command.export(options.folder, say=say))


def erase(options: argparse.Namespace) -> int:
    """Remove everything from this computer."""
    from kindregards.web import leaving_command

    return _or_say_why(lambda: leaving_command.erase(is_sure=options.yes, say=say))


def manage(arguments: Sequence[str]) -> int:
    """Run one of Django's own commands."""
    from kindregards.web.start import set_up

    status = set_up(say=say)
    if status == FINE:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["kindregards manage", *arguments])
    return status
