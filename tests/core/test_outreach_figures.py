"""The guard measured: on our own letters and on each rule's own sentences. Floors are held."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kindregards.core.outreach import Draft, DraftKind, Verdict, guard
from kindregards.core.outreach.cues import LANGUAGES, lexicon
from kindregards.core.outreach.prose import Prose
from kindregards.core.outreach.wording import hits

NOW = datetime(2026, 10, 15, 9, tzinfo=UTC)
FOLDER = Path(__file__).parents[1] / "outreach"


def rows(name: str, table: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = tomllib.loads((FOLDER / name).read_text("utf-8"))[table]
    return told


SETS = ("", "_5", "_6", "_7")
"""The files of letters: the first four sets in one, the later ones apart."""


def verdicts(name: str) -> Counter[Verdict]:
    return Counter(
        guard(
            Draft(
                letter["text"],
                subject="Re: Your application",
                to=tuple(letter.get("to", ())),
                kind=DraftKind(letter.get("kind", "advice_request")),
                language=letter["language"],
            ),
            now=NOW,
        ).verdict
        for suffix in SETS
        for letter in rows(f"{name}{suffix}.toml", "letter")
    )


def shown(told: Counter[Verdict]) -> str:
    return ", ".join(f"{told[verdict]} {verdict}" for verdict in Verdict)


def test_good_letters_pass() -> None:
    told = verdicts("good")
    print(f"\ngood letters: {shown(told)}")  # noqa: T201 - the figure is to be seen
    assert told.total() >= 170
    assert told[Verdict.HOLD] / told.total() <= 1 / 20
    assert told[Verdict.SEND] / told.total() >= 0.9


def test_begging_and_pressing_letters_are_caught() -> None:
    told = verdicts("bad")
    print(f"\nbad letters: {shown(told)}")  # noqa: T201 - the figure is to be seen
    assert told.total() >= 200
    assert told[Verdict.SEND] / told.total() <= 1 / 20
    assert told[Verdict.HOLD] / told.total() >= 0.5


CUES = rows("cues.toml", "rule")


@pytest.mark.parametrize("entry", CUES, ids=lambda entry: f"{entry['rule']}-{entry['language']}")
def test_a_rule_catches_its_own_and_spares_the_near_ones(entry: dict[str, Any]) -> None:
    known = lexicon(entry["language"])

    def found(sentence: str) -> bool:
        return entry["rule"] in {hit.cue.rule for hit in hits(Prose(sentence), known)}

    assert len(entry["catch"]) >= 3
    assert len(entry["near"]) >= 3
    assert [one for one in entry["catch"] if not found(one)] == []
    assert [one for one in entry["near"] if found(one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_the_lexicon_has_its_sentences(language: str) -> None:
    plain = {"intensifier", "factuality"}  # single words, seen in test_outreach_rules
    told = {entry["rule"] for entry in CUES}
    assert {cue.rule for cue in lexicon(language).cues} - plain <= told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_says_why(language: str) -> None:
    for cue in lexicon(language).cues:
        assert cue.title
        assert cue.why.endswith(".")
        assert "!" not in cue.title + cue.why + (cue.instead or "")
        assert cue.figure.startswith("R")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_told_in_the_docs(language: str) -> None:
    docs = (Path(__file__).parents[2] / "docs" / "guard.md").read_text("utf-8")
    untold = {cue.rule for cue in lexicon(language).cues if f"`{cue.rule}`" not in docs}
    assert untold == set()
