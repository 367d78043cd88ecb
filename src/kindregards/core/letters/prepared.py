"""Phrase files made ready: parsed, and with what their wordings need worked out.

`python -m kindregards.core.letters.prepared` writes one beside each phrase file, and so does the
building of a wheel. Where one is missing, or is not of this phrase file, all is worked out anew,
which takes ten times as long.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zlib import crc32

from kindregards.core.letters.sieve import Needs

PHRASES = Path(__file__).parent / "phrases"
_LAYING_OUT = ("pattern.py", "phrasebook.py", "sieve.py", "spelling.py")
"""What the needs are worked out by; when it changes, what was made ready is out of date."""


def prepared(file: Path) -> tuple[dict[str, Any], Needs] | None:
    """What was made ready of a phrase file: its tables, and the needs of its wordings."""
    try:
        made = json.loads(_beside(file).read_bytes())
        if made["stamp"] == _stamp(file):
            return made["tables"], made["needs"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None


def prepare(file: Path, tables: dict[str, Any], needs: Needs) -> None:
    """Keep the tables of a phrase file and the needs of its wordings beside it."""
    made = {"stamp": _stamp(file), "tables": tables, "needs": needs}
    _beside(file).parent.mkdir(exist_ok=True)
    _beside(file).write_text(json.dumps(made, separators=(",", ":")), "utf-8")


def _beside(file: Path) -> Path:
    return file.parent / "prepared" / f"{file.stem}.json"


def _stamp(file: Path) -> int:
    """A number that changes with the wordings and with how they are laid out."""
    code = b"".join((Path(__file__).parent / name).read_bytes() for name in _LAYING_OUT)
    return crc32(file.read_bytes() + code)


def main() -> None:
    """Make all phrase files ready."""
    from kindregards.core.letters.phrasebook import parsed

    for file in sorted(PHRASES.glob("*.toml")):
        book = parsed(file)
        prepare(file, book.tables, book.needs)


if __name__ == "__main__":
    main()
