"""`kindregards diagnose`: the words, and everything as JSON."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

from tests.cli.conftest import Person
from tests.factories import INTERVIEWED, a_letter

DESCRIBED = Path(__file__).parents[2] / "docs" / "using" / "command-line.md"


def twelve_interviews(folder: Path) -> Path:
    """Twelve rejections after an interview, each of another employer."""
    now = datetime.now().astimezone()
    for number in range(12):
        name = f"Mill{number}"
        raw = a_letter(
            INTERVIEWED,
            employer=name,
            sent_at=now - timedelta(days=40 + number),
            message_id=name,
            sender=f"Jobs <jobs@{name.lower()}.example>",
        )
        (folder / f"{number}.eml").write_bytes(raw)
    return folder


def test_before_anything_is_put_in_it_says_so_and_is_fine(person: Person) -> None:
    done = person.run("diagnose")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Nothing to tell yet.")


def test_twelve_interviews_are_told_to_leave_the_resume_alone(
    person: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    person.run("import", twelve_interviews(folder))
    told = person.run("diagnose").stdout
    assert told.splitlines()[0] == "Your resume gets you conversations. Leave it alone."
    for part in ("Work on", "Leave alone", "How sure", "What would tell more", "How to begin"):
        assert f"\n{part}\n" in told
    record = json.loads(person.run("diagnose", "--json").stdout)
    assert record["verdict"] == "ends_in_talks"
    assert [(one["passed"], one["tried"]) for one in record["passages"]] == [
        (12, 12),
        (12, 12),
        (0, 12),
    ]
    assert record["answers"] == {"asked": 0, "answered": 0}
    _, _, rest = DESCRIBED.read_text("utf-8").partition("## kindregards diagnose")
    described = set(re.findall(r"`(\w+)`", rest.partition("\n## ")[0]))
    assert {*record, *record["passages"][0], *record["stages"][0], *record["days"][0]} <= described
