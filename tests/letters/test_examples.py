"""The example letters read as it stands beside them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kindregards.core.letters import parse_letter, read_letter
from tests.letters.expected import as_expected

HERE = Path(__file__).parent
LETTERS = sorted((HERE.parents[1] / "examples" / "letters").glob("*.eml"))


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_an_example_reads_as_it_stands_beside_it(path: Path) -> None:
    expected = tomllib.loads((HERE / "examples" / f"{path.stem}.toml").read_text("utf-8"))
    assert as_expected(read_letter(parse_letter(path.read_bytes()))) == expected


def test_there_are_examples_of_every_sort() -> None:
    assert len(LETTERS) >= 14
    assert {path.stem for path in (HERE / "examples").glob("*.toml")} == {p.stem for p in LETTERS}
