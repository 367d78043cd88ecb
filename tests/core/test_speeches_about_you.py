"""A speech about somebody: every sentence from a fact, none from nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindregards.core.letters.reading import Stage
from kindregards.core.speeches import about_you
from kindregards.core.speeches.about_you import Line, compose, number
from kindregards.core.speeches.record import (
    Answered,
    Better,
    KindWord,
    Reached,
    Record,
    Used,
)

TODAY = date(2026, 11, 23)
NAMES = st.sampled_from(["", "Ines Halloran", "Tomasz Wren", "Brackwater Mills", "Oriel"])
WORDS = st.text(alphabet="abcdefgh .,’", min_size=1, max_size=400).filter(lambda one: one.strip())
DAYS = st.integers(0, 900).map(lambda days: TODAY - timedelta(days=days))
MARKS = st.tuples(st.integers(1, 4), st.integers(1, 4)).map(
    lambda pair: (min(pair), min(pair) + pair[1])
)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Any record that could be."""
    reached = draw(
        st.lists(
            st.builds(
                Reached,
                st.sampled_from([Stage.SCREEN, Stage.INTERVIEW, Stage.FINAL, Stage.OFFER]),
                NAMES,
                NAMES,
            ),
            max_size=8,
        )
    )
    rejected = draw(st.lists(DAYS, max_size=20))
    better = draw(st.lists(st.tuples(WORDS, MARKS), max_size=4))
    return Record(
        name=draw(st.sampled_from(["", "Ada"])),
        applications=len(reached) + draw(st.integers(0, 40)),
        letters_out=draw(st.integers(0, 9)),
        kind_words=tuple(
            draw(st.lists(st.builds(KindWord, WORDS, NAMES, st.none() | DAYS), max_size=8))
        ),
        reached=tuple(reached),
        answered=tuple(draw(st.lists(st.builds(Answered, NAMES, DAYS), max_size=6))),
        used=tuple(draw(st.lists(st.builds(Used, WORDS, NAMES), max_size=5))),
        better=tuple(Better(words, *marks) for words, marks in better),
        rejected_on=tuple(rejected),
        went_on=draw(st.integers(0, 20)) if rejected else 0,
    )


CLAIMS_NOTHING = {
    *about_you.OPENINGS,
    *about_you.ENDINGS,
    *about_you.SHORT_ENDINGS,
    about_you.EMPTY,
    about_you.EMPTY_END,
    *about_you._NO_CLAIM_OF_STAGE,
    *about_you._BEFORE_KIND,
    *about_you._BEFORE_ONE_KIND,
}


def _numbers_known(record: Record) -> set[str]:
    """Every number that the record holds, as it is said."""
    days = sorted(record.rejected_on)
    counts = {
        record.applications, record.letters_out, len(record.reached), len(record.answered),
        len(days), record.went_on, (TODAY - days[0]).days if days else 0, 1, 5,
        *(one.before for one in record.better), *(one.after for one in record.better),
    }  # fmt: skip
    return {number(count) for count in counts}


def _is_in(quote: str, record: Record) -> bool:
    """Whether words in quotes stand in the record, whole or as the start of what stands there."""
    told = quote.removesuffix(" …")
    every = [
        *(one.quote for one in record.kind_words),
        *(one.quote for one in record.used),
        *(one.question for one in record.better),
    ]
    return any(" ".join(words.split()).startswith(told) for words in every)


def _holds(line: Line, record: Record) -> bool:
    """Whether each fact that a line names is there, and each of its numbers, names and quotes."""
    for fact in line.facts:
        field, _colon, place = fact.partition(":")
        told = getattr(record, field)
        if not told or (place and int(place) >= len(told)):
            return False
    quotes = re.findall(r"“([^”]*)”", line.text)
    if not all(_is_in(quote, record) for quote in quotes):
        return False
    plain = re.sub(r"“[^”]*”", "", line.text)
    said = {
        word.lower()
        for word in re.findall(r"\b(?:no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
                               r"twelve)\b", plain, re.I)
    } - {"no", "one"}  # fmt: skip
    return said <= _numbers_known(record)


@settings(max_examples=300, deadline=None)
@given(record=records(), seed=st.integers(0, 10**6))
def test_every_sentence_traces_to_a_fact_or_claims_nothing(record: Record, seed: int) -> None:
    told = compose(record, seed=seed, today=TODAY)
    for line in (line for paragraph in told.paragraphs for line in paragraph):
        plain = line.text.removeprefix(f"{record.name}. ") if record.name else line.text
        if line.facts:
            assert _holds(line, record), line
        else:
            assert plain in CLAIMS_NOTHING


@settings(max_examples=100, deadline=None)
@given(record=records(), seed=st.integers(0, 10**6))
def test_it_never_takes_much_longer_than_three_minutes(record: Record, seed: int) -> None:
    assert len(compose(record, seed=seed, today=TODAY).text.split()) <= 3.5 * 140 + 200


RICH = Record(
    name="Ada",
    applications=14,
    letters_out=4,
    kind_words=(
        KindWord("It was a pleasure to hear how you planned the winter stock.", "Ines Halloran of "
                 "Brackwater Mills", date(2026, 11, 20)),
        KindWord("Your questions about the looms were the best we had this year, and we talked "
                 "about them long after you had gone.", "Tomasz Wren", date(2026, 9, 2)),
        KindWord("You explain hard things so that one wants to do them.", "Orla", None),
        KindWord("We would gladly talk to you again in spring.", "Hale & Moor", date(2025, 12, 3)),
        KindWord("A clear and honest portfolio.", "", date(2026, 3, 3)),
    ),
    reached=(
        Reached(Stage.INTERVIEW, "Brackwater Mills", "Planner"),
        Reached(Stage.FINAL, "Tallow House", "Cartographer"),
        Reached(Stage.SCREEN, "Hale & Moor", ""),
        Reached(Stage.INTERVIEW, "Fernside", "Data Analyst"),
    ),
    answered=(
        Answered("Ines Halloran", date(2026, 11, 22)),
        Answered("Tomasz Wren", date(2026, 9, 9)),
    ),
    used=(
        Used("Bring two examples of the plans themselves next time.", "Ines Halloran"),
        Used("Say first what came of it, then how it was done.", "Tomasz Wren"),
    ),
    better=(Better("Tell us about a plan that went wrong.", 2, 4),),
    rejected_on=(date(2026, 2, 3), date(2026, 5, 1), date(2026, 9, 1), date(2026, 11, 20)),
    went_on=9,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_a_full_record_gives_two_to_three_minutes(seed: int) -> None:
    words = len(compose(RICH, seed=seed, today=TODAY).text.split())
    assert 250 <= words <= 420


def test_it_is_another_speech_another_time_and_the_same_for_the_same_seed() -> None:
    told = {compose(RICH, seed=seed, today=TODAY).text for seed in range(30)}
    assert len(told) > 25
    assert compose(RICH, seed=3, today=TODAY) == compose(RICH, seed=3, today=TODAY)


def test_an_empty_record_says_so_kindly_and_shortly() -> None:
    told = compose(Record(), seed=1, today=TODAY)
    assert told.is_thin
    assert told.text.startswith("There is not enough written down here yet")
    assert len(told.text.split()) < 70


def test_a_thin_record_gives_a_short_speech() -> None:
    thin = Record(applications=1, reached=(Reached(Stage.SCREEN, "Fernside"),))
    told = compose(thin, seed=1, today=TODAY)
    assert not told.is_thin
    assert len(told.text.split()) < 80


def test_kind_words_are_quoted_word_for_word_with_who_said_them() -> None:
    record = Record(kind_words=(KindWord("You were calm  and\nclear.", "Ines", None),))
    text = compose(record, seed=1, today=TODAY).text
    assert "“You were calm and clear.”" in text
    assert "Ines" in text


def test_a_quote_without_a_full_stop_does_not_run_into_the_next_sentence() -> None:
    record = Record(kind_words=(KindWord("You were a strong candidate", "Ines", None),))
    assert "“You were a strong candidate”." in compose(record, seed=1, today=TODAY).text


def test_no_exclamation_marks_of_our_own() -> None:
    assert all("!" not in compose(RICH, seed=seed, today=TODAY).text for seed in range(50))
