"""Proposals that were taken make the new text; clashing ones are told and never put in."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.resumes.anchors import anchor_at
from kindregards.core.resumes.merging import Suggestion, merge

TEXT = "Led a team of six cutters.\nWas responsible for the winter range.\nTaught two apprentices."


def _say(key: int, words: str, replacement: str) -> Suggestion:
    start = TEXT.index(words)
    return Suggestion(key, anchor_at(TEXT, start, start + len(words)), replacement)


def test_taken_words_stand_in_the_place_of_the_old_ones() -> None:
    merged = merge(
        TEXT,
        [_say(1, "Was responsible for", "Planned"), _say(2, "two apprentices", "three people")],
    )
    assert merged.text == (
        "Led a team of six cutters.\nPlanned the winter range.\nTaught three people."
    )
    assert [one.keys for one in merged.put] == [(1,), (2,)]
    assert (merged.clashing, merged.gone) == ((), ())


def test_the_same_proposal_of_two_readers_is_put_in_once() -> None:
    merged = merge(TEXT, [_say(1, "six", "eight"), _say(2, "six", "eight")])
    assert merged.text.startswith("Led a team of eight cutters.")
    assert [one.keys for one in merged.put] == [(1, 2)]


def test_clashing_proposals_are_told_and_neither_is_put_in() -> None:
    taught = _say(3, "Taught", "Trained")
    merged = merge(TEXT, [_say(1, "six", "eight"), _say(2, "six", "6"), taught])
    assert merged.clashing == (frozenset({1, 2}),)
    assert merged.text == TEXT.replace("Taught", "Trained")


def test_overlapping_proposals_clash() -> None:
    merged = merge(TEXT, [_say(1, "team of six", "crew"), _say(2, "of six cutters", "of cutters")])
    assert merged.clashing == (frozenset({1, 2}),)
    assert merged.text == TEXT


def test_who_takes_a_whole_sentence_to_change_a_word_clashes_with_no_other_word() -> None:
    whole = _say(1, "Led a team of six cutters.", "Led a team of eight cutters.")
    assert merge(TEXT, [whole, _say(2, "six", "8")]).clashing == (frozenset({1, 2}),)
    merged = merge(TEXT, [whole, _say(2, "Led", "Built")])
    assert merged.clashing == ()
    assert merged.text.startswith("Built a team of eight cutters.")


def test_two_sentences_for_one_clash_though_they_change_different_words() -> None:
    merged = merge(TEXT, [_say(1, "six cutters", "six hands"), _say(2, "six cutters", "8 cutters")])
    assert merged.clashing == (frozenset({1, 2}),)
    assert merged.text == TEXT


def test_neighbours_do_not_clash() -> None:
    merged = merge(TEXT, [_say(1, "six ", "eight "), _say(2, "cutters", "people")])
    assert merged.text.startswith("Led a team of eight people.")


def test_a_proposal_for_words_that_are_gone_is_told() -> None:
    merged = merge("Nothing of it is left.", [_say(1, "winter range", "range")])
    assert (merged.text, merged.gone) == ("Nothing of it is left.", (1,))


@given(
    st.lists(
        st.tuples(st.integers(0, 80), st.integers(1, 12), st.text("xyz ", min_size=1, max_size=6)),
        max_size=6,
    )
)
def test_every_proposal_is_put_in_or_clashes_or_is_gone_and_none_twice(
    told: list[tuple[int, int, str]],
) -> None:
    given_ones = [
        Suggestion(key, anchor_at(TEXT, start, min(start + size, len(TEXT))), words)
        for key, (start, size, words) in enumerate(told)
    ]
    merged = merge(TEXT, given_ones)
    put = [key for one in merged.put for key in one.keys]
    lost = frozenset().union(*merged.clashing)
    assert sorted([*put, *lost, *merged.gone]) == list(range(len(told)))
    ends = [(one.start, one.end) for one in merged.put]
    assert all(before[1] <= after[0] for before, after in pairwise(ends))
