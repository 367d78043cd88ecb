"""What can be given to the command, and which function runs then."""

from __future__ import annotations

from argparse import (
    SUPPRESS,
    Action,
    ArgumentParser,
    ArgumentTypeError,
    RawDescriptionHelpFormatter,
)
from pathlib import Path
from typing import Any

from kindregards.cli import app, checking, reading
from kindregards.cli.voice import FINE, answer

DESCRIPTION = """\
For the person who has just been turned down for a job: reads the letter, plans what
comes next, and helps to ask for advice well, once. Everything stays on this computer,
and nothing is ever sent for you.

Without a command it starts the program and opens your browser."""


def parser() -> ArgumentParser:
    """The parser of every command; `run` of what it gives back is the function to call."""
    all_of_it = ArgumentParser(
        prog="kindregards",
        description=DESCRIPTION,
        formatter_class=RawDescriptionHelpFormatter,
        epilog="kindregards COMMAND --help tells more about one of them.",
    )
    all_of_it.add_argument("--version", action=_version_action(), nargs=0, help="print the version")
    _port_option(all_of_it)
    all_of_it.set_defaults(run=app.start_with_browser, port=None)
    commands = all_of_it.add_subparsers(title="commands", metavar="COMMAND")
    for add in (
        _add_read,
        _add_check,
        _add_import,
        _add_sync,
        _add_today,
        _add_diagnose,
        _add_lift,
        _add_serve,
        _add_work,
        _add_keeping,
    ):
        add(commands)
    commands.add_parser("manage", help="Django's own commands", add_help=False)
    return all_of_it


def _port_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        type=_port,
        default=SUPPRESS,  # so that `--port N serve` is heard as well
        help=f"the port to listen on, {app.PORT} if none is given; a busy one is passed over for "
        "the next free one",
    )


def _port(given: str) -> int:
    port = app.as_port(given)
    if port is None:
        raise ArgumentTypeError(app.no_port(given))
    return port


def _file(given: str) -> str:
    if given:
        return given
    # As a path it would stand for the folder one is in.
    raise ArgumentTypeError("a file has no empty name")


def _path(given: str) -> Path:
    return Path(_file(given))


def _add_read(commands: Any) -> None:
    parser = commands.add_parser(
        "read",
        help="say what letters say; works offline and keeps nothing",
        description="Say what letters say. Nothing is kept, and no data folder is needed.",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line, one a letter")
    parser.add_argument("files", nargs="+", type=_file, metavar="FILE", help="letters; - is stdin")
    parser.set_defaults(run=reading.read)


def _add_check(commands: Any) -> None:
    parser = commands.add_parser(
        "check",
        help="look over a letter you want to send; exit status 1 when it should wait",
        description="Look over a letter before you send it: wording, time, and how often.",
    )
    parser.add_argument("--json", action="store_true", help="the findings as one JSON object")
    parser.add_argument(
        "--history",
        metavar="H",
        type=_path,
        help="a JSON file of touches so far; see docs/guard.md",
    )
    parser.add_argument(
        "file", type=_file, metavar="FILE", help="a text or .eml file; - is standard input"
    )
    parser.set_defaults(run=checking.check)


def _add_import(commands: Any) -> None:
    parser = commands.add_parser(
        "import",
        help="take letters into the database; the same letter twice is one letter",
        description="Take letters into the database. Giving the same letter again changes nothing.",
    )
    parser.add_argument("--json", action="store_true", help="the summary as one JSON object")
    parser.add_argument(
        "paths",
        nargs="+",
        type=_path,
        metavar="PATH",
        help="letters, mail folders and zips, or folders of them",
    )
    parser.set_defaults(run=app.import_letters)


def _add_sync(commands: Any) -> None:
    parser = commands.add_parser(
        "sync",
        help="fetch the mail accounts once; they are only read",
        description="Fetch what is new from the mail accounts. Nothing there is marked or moved.",
    )
    parser.add_argument("--json", action="store_true", help="the summary as one JSON object")
    parser.set_defaults(run=app.sync)


def _add_today(commands: Any) -> None:
    parser = commands.add_parser("today", help="what is worth doing now, at most five things")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=app.today)


def _add_diagnose(commands: Any) -> None:
    parser = commands.add_parser("diagnose", help="where applications end, and how sure that is")
    parser.add_argument("--json", action="store_true", help="everything as one JSON object")
    parser.set_defaults(run=app.diagnose)


def _add_lift(commands: Any) -> None:
    parser = commands.add_parser(
        "lift",
        help="one encouraging thing to hear, printed or opened in the browser",
        description="Offer one encouraging thing: words are printed, a talk opens in the browser.",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object; nothing is opened")
    parser.set_defaults(run=app.lift)


def _add_serve(commands: Any) -> None:
    parser = commands.add_parser("serve", help="start the program without opening a browser")
    _port_option(parser)
    parser.set_defaults(run=app.serve)


def _add_work(commands: Any) -> None:
    worker = commands.add_parser(
        "worker",
        help="run background jobs until stopped; a server needs one, your own machine does not",
    )
    worker.set_defaults(run=lambda _options: app.work(for_ever=True))
    tick = commands.add_parser("tick", help="run once what is due, and end; for cron")
    tick.set_defaults(run=lambda _options: app.work(for_ever=False))


def _add_keeping(commands: Any) -> None:
    backup = commands.add_parser("backup", help="copy everything into one file")
    backup.add_argument("file", metavar="FILE", type=_path)
    backup.set_defaults(run=app.backup)
    restore = commands.add_parser("restore", help="put a backup back in place of what is there")
    restore.add_argument("file", metavar="FILE", type=_path)
    restore.set_defaults(run=app.restore)
    export = commands.add_parser(
        "export", help="write everything into a new folder, as files that other programs open"
    )
    export.add_argument("folder", metavar="FOLDER", type=_path)
    export.set_defaults(run=app.export)
    erase = commands.add_parser("erase", help="remove everything from this computer; asks first")
    erase.add_argument("--yes", action="store_true", help="do not ask")
    erase.set_defaults(run=app.erase)


def _version_action() -> type[Action]:
    class Version(Action):
        """Looks the version up only when it is asked for: the look-up is slow."""

        def __call__(self, parser: ArgumentParser, *_rest: Any) -> None:
            from importlib.metadata import version

            answer(f"kindregards {version('kindregards')}")
            parser.exit(FINE)

    return Version
