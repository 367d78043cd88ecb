"""A comment finds its words again, or says that they are gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.resumes.anchors import Anchor, How, anchor_at, anchor_of, find
from kindregards.core.resumes.nearly import nearest

TEXT = """\
Ada Kestrel
Pattern cutter

Brackwater Mills, 2019 – 2023
Led a team of six cutters and halved the waste of cloth.
Taught two apprentices.

Thornfield Coats, 2016 – 2019
Taught two apprentices.
Drew patterns for the winter range."""


def _anchor(words: str, nth: int = 1) -> Anchor:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return anchor_at(TEXT, start, start + len(words))


def _found(words: str, text: str, nth: int = 1) -> tuple[str, How] | None:
    place = find(_anchor(words, nth), text)
    return (text[place.start : place.end], place.how) if place else None


def test_words_are_found_where_they_were() -> None:
    assert find(_anchor("halved the waste"), TEXT) is not None
    assert _found("halved the waste", TEXT) == ("halved the waste", How.EXACT)


@pytest.mark.parametrize("nth", [1, 2])
def test_of_two_equal_sentences_the_one_in_its_context_is_found(nth: int) -> None:
    moved = "A new line on top.\n" + TEXT
    anchor = _anchor("Taught two apprentices.", nth)
    place = find(anchor, moved)
    assert place is not None
    assert place.start == anchor.start + len("A new line on top.\n")


def test_words_are_found_across_other_line_breaks() -> None:
    broken = TEXT.replace("team of six cutters", "team of\nsix  cutters")
    assert _found("a team of six cutters", broken) == ("a team of\nsix  cutters", How.EXACT)


def test_words_with_a_letter_changed_are_found_nearly() -> None:
    changed = TEXT.replace("winter range", "winter ranges").replace("patterns", "pattern")
    assert _found("Drew patterns for the winter range", changed) == (
        "Drew pattern for the winter ranges",
        How.NEARLY,
    )


def test_what_stands_between_the_same_neighbours_is_told_as_changed() -> None:
    changed = TEXT.replace("halved the waste of cloth", "used 48% less wool")
    assert _found("halved the waste of cloth", changed) == ("used 48% less wool", How.CHANGED)


def test_words_that_were_taken_out_are_gone() -> None:
    assert _found("Thornfield Coats", TEXT.split("Thornfield")[0]) is None
    assert _found("Taught two apprentices.", "Nothing of it is left.") is None


def test_short_words_that_changed_are_not_taken_for_others() -> None:
    assert find(anchor_at("I led it", 2, 5), "I fed it to a dog") is None


def test_words_that_somebody_typed_are_found_whatever_their_blanks_and_capitals() -> None:
    anchor = anchor_of(TEXT, "  led a TEAM of\nsix ")
    assert anchor is not None
    assert anchor.exact == "Led a team of six"
    assert anchor_of(TEXT, "no such words") is None
    assert anchor_of(TEXT, "   ") is None


@given(st.text(max_size=200), st.data())
def test_every_stretch_with_words_is_found_in_its_own_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    anchor = anchor_at(text, start, end)
    place = find(anchor, text)
    if not anchor.exact.strip():
        assert place is None
    else:
        assert place is not None
        assert text[place.start : place.end].split() == anchor.exact.split()


@given(st.text(alphabet="ab c", max_size=60), st.text(alphabet="ab c", max_size=60))
def test_a_place_always_lies_in_the_text(text: str, other: str) -> None:
    place = find(anchor_at(text, 0, len(text)), other)
    assert place is None or 0 <= place.start < place.end <= len(other)


def _changed(one: str, other: str) -> int:
    """The edit distance, by the textbook."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
    return row[-1]


@given(st.text(alphabet="abc", min_size=1, max_size=7), st.text(alphabet="abc ", max_size=16))
def test_no_part_of_a_text_is_nearer_to_the_words_than_the_one_found(words: str, text: str) -> None:
    parts = [text[a:b] for b in range(1, len(text) + 1) for a in range(b + 1)]
    fewest = min((_changed(words, part) for part in parts), default=99)
    found = nearest(words, text, most=3, around=0)
    if fewest > 3:
        assert found is None
    else:
        assert found is not None
        assert _changed(words, text[found[0] : found[1]]) == fewest
