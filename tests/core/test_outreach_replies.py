"""Answers to a kindness: short, filled in by the person, and free of asking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindregards.core.letters.reading import Person
from kindregards.core.outreach import (
    Draft,
    Verdict,
    advice_thanks,
    call,
    guard,
    kept_on_file,
    progress,
)

NOW = datetime(2026, 10, 15, 9, tzinfo=UTC)
INES = Person("Ines Okafor", "ines.okafor@tidewell.example")
FILLED: dict[str, dict[Callable[..., Draft], dict[str, str]]] = {
    "en": {
        advice_thanks: {"first_step": "telling one story instead of three"},
        progress: {"used": "one story instead of three", "came_of_it": "a second interview"},
        kept_on_file: {"hope": "timetable planning"},
        call: {"times": "Tuesday after four, Thursday before noon"},
    },
    "de": {
        advice_thanks: {"first_step": "eine Geschichte statt drei"},
        progress: {"used": "eine Geschichte statt drei", "came_of_it": "ein zweites Gespräch"},
        kept_on_file: {"hope": "Fahrplanung"},
        call: {"times": "Dienstag ab sechzehn Uhr oder Donnerstag vormittags"},
    },
}
kinds = st.sampled_from([advice_thanks, progress, kept_on_file, call])


@settings(max_examples=200, deadline=None)
@given(
    write=kinds,
    seed=st.integers(0, 10_000),
    language=st.sampled_from(["en", "de"]),
    formal=st.booleans(),
    recipient=st.sampled_from([None, INES]),
    thread=st.sampled_from(["", "Your application"]),
)
def test_a_filled_in_reply_may_be_sent_as_it_is(
    write: Callable[..., Draft],
    seed: int,
    language: str,
    formal: bool,
    recipient: Person | None,
    thread: str,
) -> None:
    draft = write(
        sender_name="Mara Lindqvist",
        recipient=recipient,
        language=language,
        formal=formal,
        seed=seed,
        thread_subject=thread,
        **FILLED[language][write],
    )
    guarded = guard(draft, now=NOW)
    assert (guarded.verdict, guarded.neediness) == (Verdict.SEND, 0), (
        draft.text,
        guarded.findings,
    )
    assert "?" not in draft.text
    assert "{" not in draft.text
    assert "[" not in draft.text
    assert 30 <= guarded.words <= 80, draft.text
    assert draft.subject == ("Re: Your application" if thread else draft.subject)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("write", [advice_thanks, progress, call])
def test_what_only_the_person_knows_is_left_open_and_held(
    write: Callable[..., Draft], language: str
) -> None:
    draft = write(sender_name="Mara", recipient=INES, language=language)
    guarded = guard(draft, now=NOW)
    assert guarded.verdict is Verdict.HOLD
    assert {finding.rule for finding in guarded.findings} >= {"blank"}


def test_a_place_on_file_is_accepted_without_a_wish_too() -> None:
    draft = kept_on_file(sender_name="Mara", recipient=INES, employer="Tidewell Transit")
    assert guard(draft, now=NOW).verdict is Verdict.SEND
    assert "[" not in draft.text


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("write", [advice_thanks, progress, kept_on_file, call])
def test_no_two_peoples_replies_are_alike(write: Callable[..., Draft], language: str) -> None:
    letters = {
        write(
            sender_name="Mara",
            recipient=INES,
            language=language,
            formal=True,
            seed=seed,
            **FILLED[language][write],
        ).text
        for seed in range(100)
    }
    assert len(letters) >= 12
