"""Two hundred people, one kind of letter: how much their letters have in common."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from kindregards.core.letters.reading import Person, Stage
from kindregards.core.outreach import Draft, DraftKind, Known, compose
from kindregards.core.outreach.compose import FORMS
from kindregards.core.outreach.prose import Prose

PEOPLE = 200
OWN: dict[str, Any] = {
    "learnt": "the queue",
    "first_step": "one story",
    "used": "one story",
    "came_of_it": "a second talk",
    "hope": "planning",
    "times": "Tuesday",
}
FORMS_OF_ADDRESS = [("en", False), ("de", False), ("de", True)]


def letters(kind: DraftKind, language: str, formal: bool) -> list[Draft]:
    """What 200 people with the same experience get: only their seeds differ."""
    return [
        compose(
            kind,
            Known(
                "Mara",
                Person("Ines Okafor", "ines@tidewell.example"),
                employer="Tidewell",
                role="Planner",
                stage=Stage.INTERVIEW,
                language=language,
                formal=formal,
                seed=seed,
                own_words=OWN,
            ),
        )
        for seed in range(PEOPLE)
    ]


def said(draft: Draft) -> frozenset[str]:
    return frozenset(told.text for told in Prose(draft.text).sentences)


@pytest.mark.parametrize(("language", "formal"), FORMS_OF_ADDRESS)
@pytest.mark.parametrize("kind", FORMS)
def test_no_two_peoples_letters_are_alike(kind: DraftKind, language: str, formal: bool) -> None:
    drafts = letters(kind, language, formal)
    told = list(map(said, drafts))
    pairs = list(combinations(told, 2))
    same = sum(one == other for one, other in pairs) / len(pairs)
    mostly = sum(2 * len(one & other) > min(len(one), len(other)) for one, other in pairs)
    print(  # noqa: T201 - the figures are to be seen
        f"\n{kind.value:15} {language} {'formal' if formal else 'first name':10}"
        f" {len({draft.text for draft in drafts}):3} of {PEOPLE} letters differ;"
        f" same sentences throughout {same:.2%} of pairs, more than half {mostly / len(pairs):.1%}"
    )
    assert len({draft.text for draft in drafts}) >= 0.95 * PEOPLE
    assert same <= 0.005
    assert mostly / len(pairs) <= 0.2
