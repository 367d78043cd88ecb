"""Answers to a kindness: short, filled in by the person, and free of asking."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindregards.core.letters.reading import Person
from kindregards.core.outreach import Draft, DraftKind, Known, Verdict, compose, guard

NOW = datetime(2026, 10, 15, 9, tzinfo=UTC)
INES = Person("Ines Okafor", "ines.okafor@tidewell.example")
FILLED: dict[str, dict[DraftKind, dict[str, str]]] = {
    "en": {
        DraftKind.ADVICE_THANKS: {"first_step": "telling one story instead of three"},
        DraftKind.PROGRESS: {
            "used": "one story instead of three",
            "came_of_it": "a second interview",
        },
        DraftKind.ON_FILE: {"hope": "timetable planning"},
        DraftKind.CALL: {"times": "Tuesday after four, Thursday before noon"},
    },
    "de": {
        DraftKind.ADVICE_THANKS: {"first_step": "eine Geschichte statt drei"},
        DraftKind.PROGRESS: {
            "used": "eine Geschichte statt drei",
            "came_of_it": "ein zweites Gespräch",
        },
        DraftKind.ON_FILE: {"hope": "Fahrplanung"},
        DraftKind.CALL: {"times": "Dienstag ab sechzehn Uhr oder Donnerstag vormittags"},
    },
}
REPLIES = tuple(FILLED["en"])


def written(kind: DraftKind, language: str, **known: Any) -> Draft:
    own = FILLED[language][kind]
    return compose(
        kind, Known("Mara Lindqvist", **{"own_words": own, "language": language} | known)
    )


@settings(max_examples=400, deadline=None)
@given(
    kind=st.sampled_from(REPLIES),
    seed=st.integers(0, 10_000),
    language=st.sampled_from(["en", "de"]),
    formal=st.booleans(),
    recipient=st.sampled_from([None, INES]),
    employer=st.sampled_from(["", "Tidewell Transit"]),
    thread=st.sampled_from(["", "Your application"]),
)
def test_a_filled_in_reply_may_be_sent_as_it_is(
    kind: DraftKind,
    seed: int,
    language: str,
    formal: bool,
    recipient: Person | None,
    employer: str,
    thread: str,
) -> None:
    draft = written(
        kind,
        language,
        recipient=recipient,
        employer=employer,
        formal=formal,
        seed=seed,
        thread_subject=thread,
    )
    guarded = guard(draft, now=NOW)
    assert (guarded.verdict, guarded.neediness) == (Verdict.SEND, 0), (
        draft.text,
        guarded.findings,
    )
    assert "?" not in draft.text
    assert "{" not in draft.text
    assert "[" not in draft.text
    assert "|" not in draft.text
    assert 30 <= guarded.words <= 80, draft.text
    assert draft.subject == ("Re: Your application" if thread else draft.subject)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", [DraftKind.ADVICE_THANKS, DraftKind.PROGRESS, DraftKind.CALL])
def test_what_only_the_person_knows_is_left_open_and_held(kind: DraftKind, language: str) -> None:
    guarded = guard(written(kind, language, recipient=INES, own_words={}), now=NOW)
    assert guarded.verdict is Verdict.HOLD
    assert {finding.rule for finding in guarded.findings} >= {"blank"}


def test_a_place_on_file_is_accepted_without_a_wish_too() -> None:
    draft = written(
        DraftKind.ON_FILE, "en", recipient=INES, employer="Tidewell Transit", own_words={}
    )
    assert guard(draft, now=NOW).verdict is Verdict.SEND
    assert "[" not in draft.text


def test_a_letter_without_a_form_is_refused() -> None:
    with pytest.raises(KeyError):
        compose(DraftKind.OTHER, Known("Mara"))
