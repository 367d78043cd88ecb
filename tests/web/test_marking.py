"""The marks on a letter's page: what is marked, and that the text stays whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.letters.reading import Evidence
from kindregards.web.letters.marking import marks_for, paragraphs

TEXT = "Thank you for the interview.\n\nWe chose somebody else.\nYou were clear and kind."


def shown(field: str, value: str, quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence(field, value, quote, start, start + len(quote), "why")


def test_marks_are_numbered_in_the_order_of_the_text() -> None:
    marks = marks_for(
        TEXT,
        [
            shown("kind", "rejection", "We chose somebody else"),
            shown("stage", "interview", "the interview"),
        ],
    )
    assert [(mark.number, mark.quote) for mark in marks] == [
        (1, "the interview"),
        (2, "We chose somebody else"),
    ]


def test_evidence_that_overlaps_shares_one_mark_with_a_note_each() -> None:
    marks = marks_for(
        TEXT,
        [
            shown("stage", "interview", "the interview"),
            shown("style", "personal", "Thank you for the interview"),
        ],
    )
    assert [mark.quote for mark in marks] == ["Thank you for the interview"]
    assert [note.title for note in marks[0].notes] == ["Written to you", "After an interview"]


def test_a_second_sign_of_the_same_thing_is_not_marked_but_every_kind_word_is() -> None:
    marks = marks_for(
        TEXT,
        [
            shown("door", "open", "Thank you"),
            shown("door", "open", "We chose"),
            shown("kind_words", "", "You were clear"),
            shown("kind_words", "", "kind"),
        ],
    )
    assert [mark.quote for mark in marks] == ["Thank you", "You were clear", "kind"]


def test_employer_and_role_stand_in_the_table_and_not_in_the_text() -> None:
    assert marks_for(TEXT, [shown("employer", "We", "We")]) == ()


@given(st.text("ab \n", max_size=60), st.data())
def test_the_pieces_put_together_are_the_text_without_its_blank_edges(
    text: str, data: st.DataObject
) -> None:
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    evidence = [
        Evidence("kind_words", "", text[min(span) : max(span)], min(span), max(span), "why")
        for span in data.draw(st.lists(spans, max_size=4))
    ]
    pieces = [piece for block in paragraphs(text, marks_for(text, evidence)) for piece in block]
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())


def test_a_note_does_not_say_the_reason_a_second_time() -> None:
    why = "A reason: experience. It names what they looked for, nothing you did."
    piece = Evidence("feedback", "experience", "Thank you", 0, 9, why)
    (note,) = marks_for(TEXT, [piece])[0].notes
    assert note.title == "A reason: experience"
    assert note.why == "It names what they looked for, nothing you did."
