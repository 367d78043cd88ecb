"""Words on an occasion, of progress, and notes of invitation: short, with room for one's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindregards.core.letters.reading import Person
from kindregards.core.network.occasions import OccasionKind
from kindregards.core.outreach import (
    Circumstances,
    Draft,
    DraftKind,
    Guarded,
    Known,
    Severity,
    Verdict,
    compose,
    guard,
)
from kindregards.core.outreach.compose import HAPPENED
from kindregards.core.outreach.invitation import notes_left

NOW = datetime(2026, 10, 15, 9, tzinfo=UTC)
INES = Person("Ines Okafor", "ines.okafor@tidewell.example")
OWN = {"en": "the harbour in the morning", "de": "der Hafen am Morgen"}
voices = st.sampled_from([("en", False), ("en", True), ("de", False), ("de", True)])
seeds = st.integers(0, 10_000)


def objections(guarded: Guarded) -> set[str]:
    """The rules that object, praise and what is minor left out."""
    found = [one for one in guarded.findings if not one.minor]
    return {one.rule for one in found if one.severity is not Severity.PRAISE}


def written(kind: DraftKind, voice: tuple[str, bool], **known: Any) -> Draft:
    language, formal = voice
    return compose(kind, Known("Mara Lindqvist", INES, language=language, formal=formal, **known))


@settings(max_examples=300, deadline=None)
@given(
    occasion=st.sampled_from([*OccasionKind, None]),
    seed=seeds,
    voice=voices,
    years=st.sampled_from([None, 1, 12]),
    there=st.sampled_from(["", "Tidewell Transit"]),
    post=st.sampled_from(["", "On folding maps"]),
)
def test_a_word_on_any_occasion_goes_once_its_blank_is_filled(
    occasion: OccasionKind | None,
    seed: int,
    voice: tuple[str, bool],
    years: int | None,
    there: str,
    post: str,
) -> None:
    known = {"occasion": occasion, "years": years, "there": there, "post": post, "seed": seed}
    blank = written(DraftKind.OCCASION, voice, **known)
    held = guard(blank, now=NOW)
    assert objections(held) == {"blank"}, blank.text
    filled = written(DraftKind.OCCASION, voice, own_words={"own": OWN[voice[0]]}, **known)
    guarded = guard(filled, now=NOW)
    assert (guarded.verdict, objections(guarded)) == (Verdict.SEND, set()), filled.text
    assert OWN[voice[0]] in filled.text
    assert guarded.words <= 60
    assert not set("{[|") & set(filled.text)


@settings(max_examples=200, deadline=None)
@given(
    happened=st.lists(
        st.tuples(
            st.sampled_from(HAPPENED), st.sampled_from(["Quayside", "Slow down at the end."])
        ),
        max_size=3,
        unique=True,
    ),
    seed=seeds,
    voice=voices,
    is_long_ago=st.booleans(),
)
def test_a_word_of_progress_tells_what_was_picked_and_asks_for_nothing(
    happened: list[tuple[str, str]], seed: int, voice: tuple[str, bool], is_long_ago: bool
) -> None:
    draft = written(
        DraftKind.PROGRESS, voice, happened=happened, seed=seed, is_long_ago=is_long_ago
    )
    guarded = guard(draft, now=NOW)
    assert objections(guarded) == (set() if happened else {"blank"}), draft.text
    assert all(words.rstrip(".") in draft.text for _what, words in happened)
    assert guarded.words <= 90


@settings(max_examples=200, deadline=None)
@given(seed=seeds, voice=voices)
def test_a_note_of_invitation_is_one_paragraph_with_room_to_spare(
    seed: int, voice: tuple[str, bool]
) -> None:
    note = written(DraftKind.INVITATION, voice, seed=seed)
    assert "\n" not in note.text.strip()
    assert len(note.text) <= 165
    assert note.subject == ""
    filled = written(DraftKind.INVITATION, voice, seed=seed, own_words={"own": OWN[voice[0]]})
    assert guard(filled, now=NOW).verdict is Verdict.SEND, filled.text


def a_note(text: str = "Hi Ines, it was good to talk.", **around: Any) -> set[str]:
    draft = Draft(text, to=("Ines",), kind=DraftKind.INVITATION)
    found = guard(draft, now=NOW, circumstances=Circumstances(**around))
    assert (found.verdict is Verdict.HOLD) == bool(objections(found))
    return objections(found)


def test_a_note_has_200_characters_and_not_one_more() -> None:
    text = "Hi Ines, " + "it was good to talk. " * 8 + "We spoke of map"
    assert a_note(text.ljust(200, "s")) == set()
    assert a_note(text.ljust(201, "s")) == {"note-length"}


def test_five_notes_go_out_in_a_month_and_the_sixth_has_a_day() -> None:
    four = tuple(NOW - timedelta(days=day) for day in (1, 8, 12, 29))
    assert notes_left(Circumstances(notes_at=four), NOW) == 1
    assert a_note(notes_at=four) == set()
    assert a_note(notes_at=(*four, NOW - timedelta(days=31))) == set()
    assert a_note(notes_at=(*four, NOW - timedelta(days=3))) == {"note-count"}


def test_a_note_waits_a_day_after_a_rejection_and_for_an_exchange() -> None:
    assert a_note(letter_at=NOW - timedelta(hours=23)) == {"too-early"}
    assert a_note(letter_at=NOW - timedelta(hours=24)) == set()
    assert a_note(has_met=False) == {"note-stranger"}


@pytest.mark.parametrize("kind", [DraftKind.OCCASION, DraftKind.PROGRESS])
def test_what_is_said_of_notes_is_said_of_no_other_letter(kind: DraftKind) -> None:
    draft = Draft("Hi Ines,\n\n" + "It was good to hear. " * 12, to=("Ines",), kind=kind)
    found = guard(draft, now=NOW, circumstances=Circumstances(has_met=False))
    assert not any(one.rule.startswith("note-") for one in found.findings)
