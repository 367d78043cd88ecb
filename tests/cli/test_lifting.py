"""`kindregards lift`: one thing to hear, printed or told as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.conftest import Person

DESCRIBED = Path(__file__).parents[2] / "docs" / "using" / "command-line.md"


def test_it_offers_one_thing_and_tells_it_as_json_without_opening_it(person: Person) -> None:
    done = person.run("lift", "--json")
    assert done.returncode == 0
    record = json.loads(done.stdout)
    _, _, rest = DESCRIBED.read_text("utf-8").partition("## kindregards lift")
    described = set(re.findall(r"`(\w+)`", rest.partition("\n## ")[0]))
    assert set(record) <= described
    assert record["kind"] in described
    assert record["title"]
    again = json.loads(person.run("lift", "--json").stdout)
    assert again["key"] == record["key"]


def test_what_it_opened_is_not_offered_the_next_time(person: Person) -> None:
    offered = json.loads(person.run("lift", "--json").stdout)
    done = person.run("lift")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == offered["title"]
    assert offered["why"] in done.stdout
    if offered["kind"] == "talk":
        assert offered["address"] in done.stdout
    else:
        assert len(done.stdout.split()) > 40
    assert json.loads(person.run("lift", "--json").stdout)["key"] != offered["key"]
