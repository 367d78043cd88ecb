"""`kindregards check`: a letter looked over before it goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kindregards.cli.reading import sources_of
from kindregards.cli.voice import FINE, NO, USED_WRONGLY, answer, say

if TYPE_CHECKING:
    import argparse

LONGEST_HISTORY = 20_000_000  # bytes
VERDICTS = {
    "send": "It can go as it is.",
    "revise": "Better changed first.",
    "hold": "Better held for now.",
}


def check(options: argparse.Namespace) -> int:
    """Print what the guard finds in the letter."""
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

    source = next(iter(sources_of([options.file])))
    if source.error:
        say(f"{source.name}: {source.error}")
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
        say(f"kindregards check: {problem}")
        return USED_WRONGLY
    guarded = guard(draft, now=now, noticed=spelling_findings(draft), **known)
    record = guarded_record(guarded)
    answer(json.dumps(record, ensure_ascii=False) if options.json else _findings_text(record))
    return FINE if guarded.verdict is Verdict.SEND else NO


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


def _findings_text(record: dict[str, Any]) -> str:
    lines = [f"{VERDICTS[record['verdict']]} {record['words']} words."]
    for finding in record["findings"]:
        quote = f"  “{finding['quote']}”" if finding["quote"] else ""
        lines += ["", f"{finding['title']}.{quote}", f"  {finding['why']}"]
        if finding["instead"]:
            lines.append(f"  Instead: {finding['instead']}")
    return "\n".join(lines)
