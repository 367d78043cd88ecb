"""The `kindregards` command. Django is imported only inside the commands that need it.

The answer goes to standard output, talk and progress to standard error. Exit status: 0 fine,
1 the answer is no, 2 used wrongly.
"""

from __future__ import annotations

import gc
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from kindregards.sources.files import Source

FINE, NO, USED_WRONGLY = 0, 1, 2
PORT = 8642

DESCRIPTION = """\
For the person who has just been turned down for a job: reads the letter, plans what
comes next, and helps to ask for advice well, once. Everything stays on this computer,
and nothing is ever sent for you.

Without a command it starts the program and opens your browser."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is the return value."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _take_any_character()
    if given[:1] == ["manage"]:
        return _manage(given[1:])
    try:
        if _only_reads(given):
            return _read_files([file for file in given[1:] if file != "--json"], "--json" in given)
        options = _parser().parse_args(given)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except BrokenPipeError:
        return _nobody_listens()
    except AnswerLostError as problem:
        _say(f"The answer could not be written: {problem}.")
        return _nobody_listens()
    except KeyboardInterrupt:
        return 130


def _only_reads(given: Sequence[str]) -> bool:
    """Whether it is `read` with files: the commonest call does not wait for the other commands."""
    files = [one for one in given[1:] if one != "--json"]
    are_names = bool(files) and all(one and not _is_option(one) for one in files)
    return given[:1] == ["read"] and are_names


def _is_option(given: str) -> bool:
    return given.startswith("-") and given != "-"


class AnswerLostError(Exception):
    """Standard output takes no more; the message is the system's word for why."""


def _take_any_character() -> None:
    """Let no terminal stop the program with a character that it does not know."""
    # It is None where whoever started us closed it, and no file of its own where a test did.
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")


def _nobody_listens() -> int:
    """Let what is still to be written go nowhere, so that the end of the program is quiet."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return NO


def _parser() -> argparse.ArgumentParser:
    import argparse  # slow to load

    parser = argparse.ArgumentParser(
        prog="kindregards",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="kindregards COMMAND --help tells more about one of them.",
    )
    parser.add_argument("--version", action=_version_action(), nargs=0, help="print the version")
    _port_option(parser)
    parser.set_defaults(run=_open, port=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for add in (
        _add_read,
        _add_check,
        _add_import,
        _add_sync,
        _add_today,
        _add_diagnose,
        _add_serve,
        _add_work,
        _add_keeping,
    ):
        add(commands)
    commands.add_parser("manage", help="Django's own commands", add_help=False)
    return parser


def _port_option(parser: argparse.ArgumentParser) -> None:
    from argparse import SUPPRESS

    parser.add_argument(
        "--port",
        type=_port,
        default=SUPPRESS,  # so that `--port N serve` is heard as well
        help=f"the port to listen on, {PORT} if none is given; a busy one is passed over for the "
        "next free one",
    )


def _port(given: str) -> int:
    if given.isascii() and given.isdigit() and len(given) < 6 and int(given) < 65536:
        return int(given)
    from argparse import ArgumentTypeError

    raise ArgumentTypeError(f"{given!r} is no port; give a number up to 65535")


def _file(given: str) -> str:
    if given:
        return given
    from argparse import ArgumentTypeError

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
    parser.set_defaults(run=_read)


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
    parser.set_defaults(run=_check)


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
    parser.set_defaults(run=_import)


def _add_sync(commands: Any) -> None:
    parser = commands.add_parser(
        "sync",
        help="fetch the mail accounts once; they are only read",
        description="Fetch what is new from the mail accounts. Nothing there is marked or moved.",
    )
    parser.add_argument("--json", action="store_true", help="the summary as one JSON object")
    parser.set_defaults(run=_sync)


def _add_today(commands: Any) -> None:
    parser = commands.add_parser("today", help="what is worth doing now, at most five things")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=_today)


def _add_diagnose(commands: Any) -> None:
    parser = commands.add_parser("diagnose", help="where applications end, and how sure that is")
    parser.add_argument("--json", action="store_true", help="everything as one JSON object")
    parser.set_defaults(run=_diagnose)


def _add_serve(commands: Any) -> None:
    parser = commands.add_parser("serve", help="start the program without opening a browser")
    _port_option(parser)
    parser.set_defaults(run=_serve)


def _add_work(commands: Any) -> None:
    worker = commands.add_parser(
        "worker",
        help="run background jobs until stopped; a server needs one, your own machine does not",
    )
    worker.set_defaults(run=lambda _options: _work(for_ever=True))
    tick = commands.add_parser("tick", help="run once what is due, and end; for cron")
    tick.set_defaults(run=lambda _options: _work(for_ever=False))


def _add_keeping(commands: Any) -> None:
    backup = commands.add_parser("backup", help="copy everything into one file")
    backup.add_argument("file", metavar="FILE", type=_path)
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="put a backup back in place of what is there")
    restore.add_argument("file", metavar="FILE", type=_path)
    restore.set_defaults(run=_restore)


def _version_action() -> type[argparse.Action]:
    from argparse import Action

    class Version(Action):
        """Looks the version up only when it is asked for: the look-up is slow."""

        def __call__(self, parser: argparse.ArgumentParser, *_rest: Any) -> None:
            from importlib.metadata import version

            _answer(f"kindregards {version('kindregards')}")
            parser.exit(FINE)

    return Version


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)  # noqa: T201 - the command's own voice


def _answer(line: str) -> None:
    try:
        print(line, flush=True)  # noqa: T201 - the command's answer
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise AnswerLostError(problem.strerror or "it is closed") from problem


# Commands without Django -------------------------------------------------------------------


def _read(options: argparse.Namespace) -> int:
    return _read_files(options.files, options.json)


def _read_files(files: Sequence[str], as_json: bool) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    status = FINE
    gc.disable()  # what the first letter brings in stays: looking for waste in it is lost time
    try:
        for source in _sources(files):
            record = _record(source)
            gc.enable()
            if "error" in record:
                status = NO
            _answer(json.dumps(record, ensure_ascii=False) if as_json else _reading_text(record))
    finally:
        gc.enable()
    return status


def _sources(files: Sequence[str]) -> Iterator[Source]:
    from kindregards.sources.files import source_from, sources_in

    for file in files:
        if file == "-":
            stdin = sys.stdin.buffer if sys.stdin is not None else io.BytesIO()
            yield source_from(stdin, name="-")
        else:
            yield from sources_in([Path(file)])


def _record(source: Source) -> dict[str, Any]:
    from kindregards.core.letters import NotALetter, parse_letter, read_letter, told
    from kindregards.core.letters.reading import as_record
    from kindregards.core.letters.sender_check import check_sender

    if source.error:
        return {"source": source.name, "error": source.error}
    try:
        letter = parse_letter(source.raw)
    except NotALetter as problem:
        return {"source": source.name, "error": str(problem)}
    reading = read_letter(letter)
    doubt = check_sender(letter, employer=reading.employer)
    return {
        "source": source.name,
        "message_id": letter.message_id,
        "sent_at": letter.sent_at.isoformat() if letter.sent_at else None,
        "sender": {"name": letter.sender.name, "email": letter.sender.email},
        "subject": letter.subject,
        **as_record(reading),
        "told": told(reading),
        "sender_doubt": {"doubt": doubt.doubt, "told": doubt.told} if doubt else None,
        "losses": list(letter.losses),
        "text": letter.text,
    }


def _reading_text(record: dict[str, Any]) -> str:
    if "error" in record:
        return f"{record['source']}\n  {record['error']}\n"
    lines = [str(record["source"]), f"  {record['told']}"]
    named = ", ".join(record[name] for name in ("employer", "role") if record[name])
    lines += [f"  {named}"] if named else []
    lines += [f"  {record['sender_doubt']['told']}"] if record["sender_doubt"] else []
    lines += [f"  {loss}" for loss in record["losses"]]
    lines += [f"    “{shown['quote']}”  {shown['why']}" for shown in record["evidence"]]
    return "\n".join(lines) + "\n"


def _check(options: argparse.Namespace) -> int:
    from datetime import datetime

    from kindregards.core.outreach import (
        Verdict,
        check_times,
        draft_from_text,
        guard,
        guarded_record,
        spelling_findings,
        touches_from_json,
    )

    source = next(iter(_sources([options.file])))
    if source.error:
        _say(f"{source.name}: {source.error}")
        return USED_WRONGLY
    now = datetime.now().astimezone()  # noqa: TID251 - a command asks the clock
    known: dict[str, Any] = {}
    try:
        draft = draft_from_text(source.raw)
        if options.history:
            text = _history_in(options.history)
            known["history"], known["circumstances"], told_now = touches_from_json(text)
            now = told_now or now
            check_times(known["history"], known["circumstances"], now=now)
    except ValueError as problem:
        _say(f"kindregards check: {problem}")
        return USED_WRONGLY
    guarded = guard(draft, now=now, noticed=spelling_findings(draft), **known)
    record = guarded_record(guarded)
    _answer(json.dumps(record, ensure_ascii=False) if options.json else _findings_text(record))
    return FINE if guarded.verdict is Verdict.SEND else NO


LONGEST_HISTORY = 20_000_000  # bytes


def _history_in(file: Path) -> str:
    """The text of the file. Raises ValueError with a sentence where there is none."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(LONGEST_HISTORY + 1)
    except OSError as problem:
        raise ValueError(f"{file} cannot be read: {problem.strerror}.") from problem
    if len(raw) > LONGEST_HISTORY:
        raise ValueError(f"{file} is too large for a history of touches.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ValueError(f"{file} is not JSON in UTF-8.") from problem


VERDICTS = {
    "send": "It can go as it is.",
    "revise": "Better changed first.",
    "hold": "Better held for now.",
}


def _findings_text(record: dict[str, Any]) -> str:
    lines = [f"{VERDICTS[record['verdict']]} {record['words']} words."]
    for finding in record["findings"]:
        quote = f"  “{finding['quote']}”" if finding["quote"] else ""
        lines += ["", f"{finding['title']}.{quote}", f"  {finding['why']}"]
        if finding["instead"]:
            lines.append(f"  Instead: {finding['instead']}")
    return "\n".join(lines)


# Commands that need the database -----------------------------------------------------------


def _open(options: argparse.Namespace) -> int:
    return _start(options.port, browser=True)


def _serve(options: argparse.Namespace) -> int:
    return _start(options.port, browser=False)


def _start(port: int | None, *, browser: bool) -> int:
    if port is None:
        from argparse import ArgumentTypeError

        try:
            port = _port(os.environ.get("KINDREGARDS_PORT") or str(PORT))
        except ArgumentTypeError as problem:
            _say(f"KINDREGARDS_PORT: {problem}")
            return USED_WRONGLY
    from kindregards.web.start import serve

    return serve(port=port, browser=browser, say=_say, answer=_answer)


def _import(options: argparse.Namespace) -> int:
    from kindregards.web.commands import import_letters

    return _or_say_why(
        lambda: import_letters(options.paths, as_json=options.json, say=_say, answer=_answer)
    )


def _sync(options: argparse.Namespace) -> int:
    from kindregards.web.mail_command import sync

    return _or_say_why(lambda: sync(as_json=options.json, say=_say, answer=_answer))


def _diagnose(options: argparse.Namespace) -> int:
    from kindregards.web.diagnosis_command import diagnosis

    return _or_say_why(lambda: diagnosis(as_json=options.json, say=_say, answer=_answer))


def _today(options: argparse.Namespace) -> int:
    from kindregards.web.commands import today

    return _or_say_why(lambda: today(as_json=options.json, say=_say, answer=_answer))


def _work(*, for_ever: bool) -> int:
    from kindregards.web.commands import work

    return _or_say_why(lambda: work(for_ever=for_ever, say=_say))


def _or_say_why(run: Callable[[], int]) -> int:
    """Run a command; where the database or the disk gives up, say so in a sentence."""
    from kindregards.web.database import TROUBLES, what_is_wrong

    try:
        return run()
    except BrokenPipeError:
        raise
    except TROUBLES as problem:
        _say(what_is_wrong(problem))
        return NO


def _backup(options: argparse.Namespace) -> int:
    from kindregards.web.backup import backup

    return backup(options.file, say=_say)


def _restore(options: argparse.Namespace) -> int:
    from kindregards.web.backup import restore

    return restore(options.file, say=_say)


def _manage(arguments: Sequence[str]) -> int:
    from kindregards.web.start import set_up

    status = set_up(say=_say)
    if status == FINE:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["kindregards manage", *arguments])
    return status
