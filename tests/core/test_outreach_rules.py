"""Each rule of the guard on letters that it must catch, and on near ones that it must not."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kindregards.core.outreach import (
    Circumstances,
    Direction,
    Draft,
    DraftKind,
    Finding,
    Severity,
    Touch,
    guard,
    spelling_findings,
)

LETTER_AT = datetime(2026, 10, 12, 9, tzinfo=UTC)  # a Monday
NOW = LETTER_AT + timedelta(days=2)
TESTS = Path(__file__).parents[1]
INES = "ines.okafor@tidewell.example"
AT_LEAST = 3
BASE = {
    "en": """Hi Ines,

Thank you for the time you and Tomas gave me. I understand the decision.

{put}

What is the one thing you would work on before my next interview? One line is plenty, and no
worries if policy does not allow it.

Thanks in advance,
Mara
""",
    "de": """Guten Tag Ines Okafor,

vielen Dank für das Gespräch mit Ihnen und Tomas. Die Entscheidung verstehe ich.

{put}

Was würden Sie an meiner Stelle als Erstes üben? Ein Satz genügt mir, und wenn es nicht passt, ist
das auch in Ordnung.

Herzlichen Dank
Mara
""",
}
ORDINARY = {
    "en": "What I took home is how early you bring the drivers in.",
    "de": "Mitgenommen habe ich, wie früh Sie die Fahrer einbeziehen.",
}
LONG = " ".join(
    f"You showed us room {name} and told us how the work is shared out there."
    for name in ("one", "two", "three", "four", "five", "six", "seven")
)


def entries(name: str) -> list[dict[str, Any]]:
    found = tomllib.loads((TESTS / "outreach" / name).read_text("utf-8"))
    rules: list[dict[str, Any]] = found["rule"]
    return rules


RULES, CUES = entries("rules.toml"), entries("cues.toml")


def base(language: str, put: str = "") -> str:
    return BASE[language].format(put=LONG if put == "LONG" else put or ORDINARY[language])


def touch(told: dict[str, Any], language: str, now: datetime) -> Touch:
    return Touch(
        now - timedelta(days=told["days"]),
        Direction(told.get("direction", "out")),
        told.get("person", INES),
        told.get("employer", "Tidewell"),
        text=base(language) if told.get("text") == "BASE" else told.get("text", ""),
    )


def found(case: str | dict[str, Any], language: str = "en") -> tuple[Finding, ...]:
    """What the guard says of one letter of the table."""
    told = {"put": case} if isinstance(case, str) else case
    language = told.get("language", language)
    now = datetime.fromisoformat(told["now"]) if "now" in told else NOW
    draft = Draft(
        told.get("text") or base(language, told.get("put", "")),
        subject=told.get("subject", "Re: Operations Analyst"),
        to=tuple(told.get("to", (INES,))),
        cc=tuple(told.get("cc", ())),
        attachments=tuple(told.get("attachments", ())),
        kind=DraftKind(told.get("kind", "advice_request")),
        language=language,
    )
    letter_at = now - timedelta(days=told["letter_days"]) if "letter_days" in told else LETTER_AT
    return guard(
        draft,
        now=now,
        history=[touch(one, language, now) for one in told.get("history", [])],
        circumstances=Circumstances(
            letter_at=letter_at,
            employer="Tidewell",
            has_met=told.get("has_met", True),
            notes_at=tuple(now - timedelta(days=days) for days in told.get("notes_days", [])),
            given=told.get("given", ""),
        ),
        noticed=spelling_findings(draft, ["Ines Okafor"]),
    ).findings


def catches(rule: str, case: str | dict[str, Any]) -> bool:
    return rule in {one.rule for one in found(case) if one.severity is not Severity.PRAISE}


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: str(entry["rule"]))
def test_a_rule_catches_its_letters_and_spares_the_near_ones(entry: dict[str, Any]) -> None:
    assert [one for one in entry["catch"] if not catches(entry["rule"], one)] == []
    assert [one for one in entry["near"] if catches(entry["rule"], one)] == []


def test_the_ordinary_letters_of_the_table_show_nothing_to_object_to() -> None:
    for language in BASE:
        objections = [one for one in found({"language": language}) if not one.minor]
        assert {one.severity for one in objections} == {Severity.PRAISE}


def documented() -> set[str]:
    """Every rule of the table in docs/guard.md."""
    docs = (TESTS.parent / "docs" / "guard.md").read_text("utf-8")
    table = docs.partition("| rule | what it minds")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.count("|") > 3]
    return {rule for cell in cells for rule in re.findall(r"`([a-z-]+)`", cell)}


def test_every_rule_has_three_letters_to_catch_and_three_to_spare() -> None:
    catch = dict.fromkeys(documented(), 0)
    near = dict(catch)
    for entry in [*RULES, *CUES]:
        catch[entry["rule"]] += len(entry["catch"])
        near[entry["rule"]] += len(entry["near"])
    assert {rule: many for rule, many in catch.items() if many < AT_LEAST} == {}
    assert {rule: many for rule, many in near.items() if many < AT_LEAST} == {}


def test_what_the_guard_says_anywhere_is_in_the_table() -> None:
    cases = [one for entry in RULES for one in (*entry["catch"], *entry["near"])]
    assert {one.rule for case in cases for one in found(case)} <= documented()


@pytest.mark.parametrize("entry", CUES, ids=lambda entry: f"{entry['rule']}-{entry['language']}")
def test_a_wording_is_caught_in_a_whole_letter_too(entry: dict[str, Any]) -> None:
    """Where two rules see the same words only the stronger is shown; one of them must be there."""
    missed = []
    for sentence in entry["catch"]:
        before = f"{entry['catch'][-1]} " if entry["rule"] == "life-story" else ""  # one may pass
        case = {"put": before + sentence, "language": entry["language"]}
        letter = base(entry["language"], before + sentence)
        at = letter.rindex(sentence)
        here = [one for one in found(case) if one.start >= at and one.end <= at + len(sentence)]
        if not any(one.quote for one in here):
            missed.append(sentence)
    assert missed == []
