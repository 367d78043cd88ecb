"""`kindregards check --history` with files that are odd: a sentence each, and exit status 2."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.conftest import Person

LETTER = """\
To: Ines Okafor <ines.okafor@tidewell.example>
Subject: Re: Operations Analyst

Hi Ines,

Thank you for the time you and Tomas gave me. I understand the decision.

What I took home is how early you bring the drivers in.

What is the one thing you would work on before my next interview? One line is plenty, and no
worries if policy does not allow it.

Thanks in advance,
Mara
"""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "letter.txt"
    file.write_text(LETTER, "utf-8")
    return file


@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        pytest.param("", "The history is empty.", id="empty"),
        pytest.param("Dear Ines,", "The history is not JSON: line 1, column 1", id="no json"),
        pytest.param("[[]]", "touch 1 is not an object.", id="a list of lists"),
        pytest.param('"one"', "neither a list of touches nor an object", id="a text"),
        pytest.param('{"letters": 3}', "has none of letter, now, touches.", id="other names"),
        pytest.param('[{"at": "2199-01-01"}]', "touch 1 lies in the future", id="the future"),
        pytest.param(
            '[{"at": "2026-10-01", "kind": "serenade"}]',
            "the kind of touch 1 is 'serenade'; known are advice_request",
            id="a kind that nobody knows",
        ),
        pytest.param(
            '[{"at": "2026-10-01T09:00 Mars/Phobos"}]',
            "the time of touch 1 cannot be read",
            id="a zone that nobody knows",
        ),
    ],
)
def test_an_odd_history_gets_a_sentence(
    person: Person, letter: Path, tmp_path: Path, history: str, sentence: str
) -> None:
    file = tmp_path / "history.json"
    file.write_text(history, "utf-8")
    done = person.run("check", letter, "--history", file)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_history_that_is_not_there_gets_a_sentence(person: Person, letter: Path) -> None:
    done = person.run("check", letter, "--history", "nowhere.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "kindregards check: nowhere.json cannot be read: No such file or directory.\n"
    )


def test_ten_thousand_touches_are_counted(person: Person, letter: Path, tmp_path: Path) -> None:
    first = datetime(2004, 1, 1, tzinfo=UTC)
    touches = [{"at": (first + timedelta(hours=20 * n)).isoformat()} for n in range(10_000)]
    file = tmp_path / "history.json"
    file.write_text(json.dumps({"now": "2026-11-20T10:00:00Z", "touches": touches}), "utf-8")
    done = person.run("check", "--json", letter, "--history", file)
    assert (done.returncode, done.stderr) == (1, "")
    told = json.loads(done.stdout)
    assert told["verdict"] == "hold"
    why = next(one["why"] for one in told["findings"] if one["rule"] == "cadence")
    assert why.startswith("10000 words from you have had no answer.")


def test_no_touches_leave_the_letter_as_it_is(person: Person, letter: Path, tmp_path: Path) -> None:
    file = tmp_path / "history.json"
    file.write_text('{"now": "2026-10-15T09:00:00Z", "touches": []}', "utf-8")
    done = person.run("check", "--json", letter, "--history", file)
    assert (done.returncode, done.stderr) == (0, "")
