"""What is noticed in a resume before anybody sees it."""

from __future__ import annotations

import pytest
from tests.factories import RESUME

from kindregards.core.resumes.document import document_of
from kindregards.core.resumes.findings import resume_findings
from kindregards.core.resumes.first_look import first_look

LINE = "- Made the first patterns of forty coats."


def _found(markdown: str, rule: str = "", pages: int = 0) -> list[tuple[str, str | None]]:
    document = document_of(markdown)
    found = resume_findings(document, page_count=pages, names=["Brackwater Mills"])
    for one in found:
        assert document.text[one.start : one.end] == one.quote
    return [(one.quote, one.instead) for one in found if rule in ("", one.rule)]


def test_a_good_resume_has_nothing_to_look_at() -> None:
    assert _found(RESUME) == []


def test_the_six_things_of_a_first_look_are_found() -> None:
    assert [one.words for one in first_look(document_of(RESUME)).seen] == [
        "Ada Lindqvist",
        "Senior Pattern Cutter, Brackwater Mills",
        "2019 – 2023",
        "Pattern Cutter, Oriel & Daughters",
        "2015 – 2019",
        "BA Fashion, Fähringen College, 2015",
    ]


def test_dates_on_a_line_of_their_own_belong_to_the_title_beside_them() -> None:
    markdown = (
        "# Ada Lindqvist\n\nada@home.example\n\n## Experience\n\n03/2019 – present\n\n"
        "Senior Cutter, Brackwater Mills\n\n- Led\n\n## Education\n\nBA\n"
    )
    look = first_look(document_of(markdown))
    assert [one.words for one in look.seen][1:3] == [
        "Senior Cutter, Brackwater Mills",
        "03/2019 – present",
    ]


@pytest.mark.parametrize(
    ("rule", "before", "after", "quote", "instead"),
    [
        ("first-person", LINE, "- I made coats.", "I made", "Made"),
        ("first-person", LINE, "- Made my coats.", "my", None),
        ("tense", LINE, "- Manage forty coats.", "Manage", "Managed"),
        ("responsible", LINE, "- Responsible for coats.", "Responsible for", None),
        (
            "link",
            "Leeds",
            "linkedin.com/in/ada",
            "linkedin.com/in/ada",
            "https://linkedin.com/in/ada",
        ),
        ("link", "Leeds", "Leeds | GitHub", "GitHub", None),
        ("spelling", LINE, "- Made teh coats.", "teh", "the"),
        ("again", LINE, "- Led a.\n- Led b.\n- Led c.", "Led", "Guided"),
        ("dates", ", 2015 – 2019", "", "Pattern Cutter, Oriel & Daughters", None),
    ],
)
def test_each_slip_is_found_at_its_words_with_what_to_write_instead(
    rule: str, before: str, after: str, quote: str, instead: str | None
) -> None:
    assert (quote, instead) in _found(RESUME.replace(before, after), rule)


def test_a_position_that_goes_on_may_be_told_as_it_is() -> None:
    now = RESUME.replace("2019 – 2023", "2019 – present").replace("- Led a", "- Lead a")
    assert _found(now, "tense") == []


def test_a_link_that_is_one_is_left_alone() -> None:
    linked = RESUME.replace("Leeds", "[linkedin.com/in/ada](https://linkedin.com/in/ada)")
    assert _found(linked, "link") == []


def test_who_cannot_be_reached_is_told() -> None:
    nowhere = RESUME.replace("ada@home.example, +44 113 496 0018", "")
    assert _found(nowhere, "contact") == [("", None)]


@pytest.mark.parametrize(
    ("pages", "words", "is_long"), [(2, 1, False), (3, 1, True), (0, 1200, True)]
)
def test_more_than_two_pages_are_told(pages: int, words: int, is_long: bool) -> None:
    markdown = RESUME + "\n" + "word " * words
    assert bool(_found(markdown, "length", pages)) == is_long


def test_names_addresses_and_letters_that_stand_for_words_are_no_slips() -> None:
    names = RESUME.replace("Leeds", "Zwolle, CI/CD, BA, github.com/adalind, kubernetes, Kubernetes")
    assert _found(names, "spelling") == []


def test_a_resume_in_another_language_is_not_spelled_in_english() -> None:
    german = (
        "# Ada Lindqvist\n\nIch habe in der Weberei die Schnitte für die Mäntel gemacht und "
        "mit den Kollegen nicht nur das Muster, sondern auch die Stoffe ausgesucht.\n"
    )
    assert _found(german, "spelling") == []


def test_a_long_item_is_told_and_a_short_one_is_not() -> None:
    long = RESUME.replace(LINE, "- Made " + "very " * 40 + "many coats.")
    assert len(_found(long, "long-item")) == 1
    assert _found(RESUME, "long-item") == []


def test_a_name_that_is_missing_is_not_seen() -> None:
    nameless = document_of(RESUME.replace("# Ada Lindqvist\n\nPattern Cutter, Leeds\n", ""))
    titles = [one.title for one in resume_findings(nameless)]
    assert "Not seen at a first look: your name" in titles
