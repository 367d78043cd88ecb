"""`kindregards read`: letters to readings, offline, with nothing kept."""

from __future__ import annotations

import gc
import io
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kindregards.cli.voice import FINE, NO, answer

if TYPE_CHECKING:
    import argparse

    from kindregards.sources.files import Source


def read(options: argparse.Namespace) -> int:
    """Print what each file says."""
    return read_files(options.files, options.json)


def read_files(files: Sequence[str], as_json: bool) -> int:
    """Print what each file says, as soon as it is read; 1 where one of them is no letter."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    status = FINE
    gc.disable()  # what the first letter brings in stays: looking for waste in it is lost time
    try:
        for source in sources_of(files):
            record = _record(source)
            gc.enable()
            if "error" in record:
                status = NO
            answer(json.dumps(record, ensure_ascii=False) if as_json else _reading_text(record))
    finally:
        gc.enable()
    return status


def sources_of(files: Sequence[str]) -> Iterator[Source]:
    """What the files hold, one after another; `-` is standard input."""
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
