"""What a reader remembers, beside the six things that a first look finds."""

from __future__ import annotations

import pytest

from kindregards.core.resumes.document import document_of
from kindregards.core.resumes.first_look import first_look
from kindregards.core.resumes.recall import recalled

RESUME = """\
# Ada Fairlie

Leeds, ada@home.example

## Work

### Pattern Cutter, Brackwater Mills (2021 - present)

- Cut the winter coats.

### Seamstress, Quillstone Tailors (2016 - 2020)

- Mended what came in.

## Education

BA Fashion, Fernhill College, 2015
"""
LOOK = first_look(document_of(RESUME))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Her name is Ada Fairlie.", ("Your name",)),
        ("Somebody who cuts patterns", ("What you do now, and where",)),
        ("brackwater, since 2021", ("What you do now, and where", "Since when")),
        ("the tailors before that", ("What you did before, and where",)),
        ("studied fashion", ("Education",)),
        ("It looked tidy, and there was a team.", ()),
    ],
)
def test_a_thing_is_named_by_one_telling_word(words: str, named: tuple[str, ...]) -> None:
    found = recalled(LOOK, words)
    assert found is not None
    assert found.named == named
    assert len(found.named) + len(found.not_named) == 6


def test_what_the_resume_does_not_show_is_asked_of_nobody() -> None:
    bare = first_look(document_of("# Ada Fairlie\n\nI like coats.\n"))
    found = recalled(bare, "Ada")
    assert found is None or "Education" not in found.named + found.not_named


@pytest.mark.parametrize("words", ["", "  \n", "…"])
def test_nothing_is_said_of_a_reader_who_says_nothing(words: str) -> None:
    assert recalled(LOOK, words) is None
