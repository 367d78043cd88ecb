"""Resumes: Markdown and its text, versions compared, words put in the place of others."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kindregards.core.resumes.comparing import Change, Piece, Replacement, compare, replacements
from kindregards.core.resumes.document import Block, BlockKind, document_of
from kindregards.core.resumes.replacing import replaced
from kindregards.core.resumes.writing import Line, markdown_of

MARKDOWN = """\
# Ada *Lindqvist*

- **Led** the room of [Brackwater](https://brackwater.example "Mills") & men
- Cut waste \\*fast\\*

| Year | Coats |
|------|-------|
| 2017 | 4\\|0 |

Made by hand
and eye
"""
_LINES = st.builds(
    Line,
    st.sampled_from([BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM]),
    st.text(alphabet="ab 1.-*_#>`[]()<&;|\\\n~=+:é!", max_size=14),
    st.integers(1, 3),
)
_WORDS = st.lists(st.sampled_from(["a", "b", "cat", "dog", "\n", ".", " "]), max_size=25)


# The data is small; on a busy machine it comes slowly all the same.
slowly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _plain(words: str, kind: BlockKind) -> str:
    lines = [" ".join(line.split()) for line in words.split("\n") if line.strip()]
    return (" " if kind is BlockKind.HEADING else "\n").join(lines)


def _change(before: str, after: str, markdown: str = MARKDOWN) -> Replacement:
    start = document_of(markdown).text.index(before)
    return Replacement(start, start + len(before), after)


def test_the_text_of_markdown_is_its_words_block_by_block() -> None:
    document = document_of(MARKDOWN)
    assert document.text == (
        "Ada Lindqvist\n\nLed the room of Brackwater & men\nCut waste *fast*\n\n"
        "Year | Coats\n2017 | 4|0\n\nMade by hand\nand eye"
    )
    kinds = [(block.kind, block.level) for block in document.blocks]
    item, row = (BlockKind.ITEM, 1), (BlockKind.ROW, 0)
    assert kinds == [(BlockKind.HEADING, 1), item, item, row, row, (BlockKind.PARAGRAPH, 0)]


def test_each_block_knows_its_place_in_the_text_and_in_the_markdown() -> None:
    document = document_of(MARKDOWN)
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text
    item = document.blocks[1]
    at = item.text.index("Brackwater")
    first, last = item.spots[at], item.spots[at + len("Brackwater") - 1]
    assert MARKDOWN[first.start : last.end] == "Brackwater"


@slowly
@given(st.lists(_LINES, max_size=5))
def test_any_words_come_out_of_markdown_as_they_went_in(lines: list[Line]) -> None:
    expected = [_plain(line.text, line.kind) for line in lines]
    blocks = document_of(markdown_of(lines)).blocks
    assert [block.text for block in blocks] == [text for text in expected if text]
    assert all(map(_stand_where_they_say, blocks))


def _stand_where_they_say(block: Block) -> bool:
    return "".join(spot.char for spot in block.spots) == block.text


@slowly
@given(st.text(alphabet="ab *_`#->[](){}!&<\n\\|.:1\t~", max_size=60))
def test_no_text_is_too_strange_to_be_markdown(text: str) -> None:
    document = document_of(text)
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text
        assert all(0 <= spot.start <= spot.end <= len(document.markdown) for spot in block.spots)


@slowly
@given(_WORDS.map(" ".join), _WORDS.map(" ".join))
def test_what_is_to_be_replaced_turns_one_text_into_the_other(before: str, after: str) -> None:
    text = before
    for change in reversed(replacements(before, after)):
        text = text[: change.start] + change.words + text[change.end :]
    assert text == after


@slowly
@given(_WORDS.map(" ".join), _WORDS.map(" ".join))
def test_rows_hold_every_line_of_both_versions_in_order(before: str, after: str) -> None:
    rows = compare(before, after)
    old = ["".join(piece.text for piece in row.before) for row in rows]
    new = ["".join(piece.text for piece in row.after) for row in rows]
    assert [line for line in old if line] == [line for line in before.split("\n") if line.strip()]
    assert [line for line in new if line] == [line for line in after.split("\n") if line.strip()]


def test_a_line_that_changed_stands_beside_what_it_became() -> None:
    rows = compare(
        "Led a team of 11 people.\nWas there\nMade coats", "Led a room of 11 people.\nMade coats"
    )
    assert rows[0].pieces == (
        Piece(Change.SAME, "Led a "),
        Piece(Change.GONE, "team"),
        Piece(Change.NEW, "room"),
        Piece(Change.SAME, " of 11 people."),
    )
    assert rows[1].pieces == (Piece(Change.GONE, "Was there"),)
    assert rows[2].is_same


def test_words_in_a_row_that_changed_are_one_change() -> None:
    assert replacements("one two three four", "one 2 3 four") == [Replacement(4, 13, "2 3")]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (
            "Led",
            "Ran",
            '- **Ran** the room of [Brackwater](https://brackwater.example "Mills") & men',
        ),
        (
            "Led the",
            "Ran our",
            '- **Ran our** room of [Brackwater](https://brackwater.example "Mills") & men',
        ),
        ("*fast*", "_quickly_", "- Cut waste \\_quickly\\_"),
        ("4|0", "52", "| 2017 | 52 |"),
        ("and eye", "and by eye", "and by eye"),
        ("Lindqvist", "Lane", "# Ada *Lane*"),
    ],
)
def test_words_are_put_in_the_place_of_others_and_marks_stay(
    before: str, after: str, line: str
) -> None:
    changed = replaced(MARKDOWN, [_change(before, after)])
    assert line in changed.split("\n")
    assert document_of(changed).text == document_of(MARKDOWN).text.replace(before, after)


def test_words_that_go_take_their_marks_and_a_space_along() -> None:
    assert "- the room of" in replaced(MARKDOWN, [_change("Led", "")])
    assert "Made by\nand eye" in replaced(MARKDOWN, [_change(" hand", "")])


def test_a_line_that_goes_takes_its_bullet_along() -> None:
    changed = replaced(MARKDOWN, [_change("Cut waste *fast*", "")])
    assert changed.count("\n- ") == 1


def test_several_changes_are_made_at_once_and_those_over_blocks_go_into_the_first() -> None:
    whole = "Cut waste *fast*\n\nYear"
    changed = replaced(MARKDOWN, [_change("Ada", "Eva"), _change(whole, "Saved wool in the")])
    assert changed.startswith("# Eva *Lindqvist*")
    assert "- Saved wool in the\n" in changed


def test_words_are_put_in_behind_what_stands_before_them() -> None:
    end = document_of(MARKDOWN).text.index(" the room")
    assert "- **Led quietly** the room" in replaced(MARKDOWN, [Replacement(end, end, " quietly")])
