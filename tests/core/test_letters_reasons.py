"""Reasons told as a story, which no wording of the phrase files names."""

from __future__ import annotations

import pytest

from kindregards.core.letters import parse_letter, read_letter
from kindregards.core.letters.page import Page
from kindregards.core.letters.reading import Kind, Reason
from kindregards.core.letters.reasons import fitted_reasons, names_in, reason_in, senses_of

STORY = """From: Marta Quill <marta@quillpress.example>
Subject: The Tuesday proofs

Dear Jonas,

Thank you for the proofs. We have decided to go with another candidate for the post.

You read every page twice and still half of the captions were wrong when you sent them back, and
you never asked about the ones you were unsure of.

All the best,
Marta Quill
"""

FORM = """From: Hiring <no-reply@quillpress.example>
Subject: Your application

Dear applicant,

Thank you for your interest in Quill Press. We received many applications of a high standard and
have decided to move forward with candidates whose experience more closely matches our needs.

We wish you every success in your search.
"""


def test_a_reason_told_as_a_story_is_quoted_as_the_letter_has_it() -> None:
    letter = parse_letter(STORY.encode())
    read = read_letter(letter)

    assert read.kind is Kind.REJECTION
    assert read.feedback
    assert all(said.quote in letter.text for said in read.feedback)
    assert "captions" in read.feedback[0].quote


def test_a_form_that_prefers_others_states_no_reason() -> None:
    read = read_letter(parse_letter(FORM.encode()))

    assert read.kind is Kind.REJECTION
    assert not read.feedback


def test_what_stands_in_the_subject_is_no_reason() -> None:
    told = "You never asked about the captions and half of them were wrong when you sent them back"
    letter = parse_letter(f"From: a@b.example\nSubject: {told}\n\nSee you.\n".encode())

    assert reason_in(Page(letter), "en") is None


def test_a_language_without_senses_tells_no_story() -> None:
    page = Page(parse_letter(STORY.encode()))

    assert not senses_of("xx")
    assert reason_in(page, "xx") is None


def test_senses_are_named_in_the_order_in_which_they_stand() -> None:
    senses = {"you": ("you",), "never": ("denied",)}

    names = names_in(["you", "never", "7"], senses)

    assert "s:you denied" in names
    assert "s:denied you" not in names
    assert "s:denied number" in names
    assert "w:you never" in names


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("Your salary figure is further from our budget than we could close.", Reason.SALARY),
        (
            "You told us that you live three hours away and the commute worried the panel.",
            Reason.PLACE_OR_VISA,
        ),
    ],
)
def test_what_a_reason_is_about_is_told_by_its_words(said: str, about: Reason) -> None:
    text = f"Dear Jonas,\n\nWe have decided to go with another candidate. {said}\n\nMarta Quill\n"
    read = read_letter(parse_letter(f"From: m@quill.example\nSubject: Post\n\n{text}".encode()))

    assert [one.reason for one in read.feedback] == [about]


def test_what_is_fitted_holds_words_and_senses() -> None:
    sorts = {name.split(":")[0] for name in fitted_reasons()}

    assert sorts == {"always", "s", "w"}
