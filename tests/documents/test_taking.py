"""What is taken from resumes that other programs made."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from PIL import Image
from tests.documents.made import LED, like_word, two_columns
from tests.documents.office import Office
from tests.factories import RESUME

from kindregards.core.resumes.document import document_of
from kindregards.core.resumes.version import Format
from kindregards.sources.documents.pdf import picture_of
from kindregards.sources.documents.reading import take


def _texts(raw: bytes, name: str = "") -> list[str]:
    return [block.text for block in document_of(take(raw, name).markdown).blocks]


def test_a_pdf_in_two_columns_is_read_column_by_column() -> None:
    taken = take(two_columns())
    assert taken.page_count == 2
    assert taken.lost == []
    assert (
        taken.markdown
        == f"""\
# Ada Lindqvist

Pattern Cutter · ada@home.example · +44 113 496 0018 · Leeds

## Skills

- Draping
- Grading, finishing & efficient fitting
- Gerber, Lectra

## Education

BA Fashion, Fähringen College

2012 – 2015

## Experience

Senior Pattern Cutter, Brackwater Mills 2019 – 2023

- {LED}
- Cut waste of wool by a fifth.

Pattern Cutter, Oriel & Daughters 2015 – 2019

- Made the first patterns of forty coats.

Year Coats Returned

2017 40 2

2018 52 1

## Öffentliches

Größe, Fuß, naïve café
"""
    )


def test_a_docx_is_read_with_its_header_tables_boxes_and_footer() -> None:
    assert _texts(like_word()) == [
        "Ada Lindqvist, resume",
        "Ada Lindqvist",
        "Pattern Cutter, ada@home.example +44 113 496 0018",
        "Experience",
        "2019–2023",
        "Senior Pattern Cutter, Brackwater Mills",
        LED,
        "2015–2019 | Pattern Cutter, Oriel & Daughters",
        "Education",
        "BA Fashion, Fähringen",
        "In a content control",
        "Beside the box",
        "In a text box",
        "Words that came",
        "References on request",
    ]


def test_headings_and_items_of_a_docx_are_told_by_its_styles() -> None:
    markdown = take(like_word()).markdown
    assert "# Ada Lindqvist\n" in markdown
    assert "\n## Experience\n" in markdown
    assert f"\n- {LED}\n" in markdown


@pytest.mark.parametrize("to", ["odt", "docx"])
def test_what_libreoffice_saves_says_the_same_as_what_it_was_given(office: Office, to: str) -> None:
    given = [text for text in _texts(like_word()) if "box" not in text]
    saved = [
        text for text in _texts(office.converted(like_word(), "docx", to)) if "box" not in text
    ]
    assert saved == given


def test_a_pdf_by_libreoffice_has_all_lines_whole(office: Office) -> None:
    texts = _texts(office.converted(like_word(), "docx", "pdf"))
    assert LED in texts
    assert "BA Fashion, Fähringen" in texts
    assert "2015–2019 Pattern Cutter, Oriel & Daughters" in texts


def test_a_page_of_a_pdf_is_drawn_as_a_picture() -> None:
    picture = Image.open(BytesIO(picture_of(two_columns(), 1, scale=1.0)))
    assert picture.format == "PNG"
    assert picture.size == (596, 842)
    assert picture.convert("L").getextrema()[0] < 100


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Größe".encode("latin-1"), "Größe"),
        ("Größe".encode("utf-16"), "Größe"),
        ("\ufeffGröße".encode(), "Größe"),
        ("Größe – naïve".encode("cp1252"), "Größe – naïve"),
    ],
)
def test_plain_text_is_read_in_the_charset_it_was_saved_in(raw: bytes, expected: str) -> None:
    assert _texts(raw, "resume.txt") == [expected]


def test_bullets_and_headings_of_plain_text_are_understood() -> None:
    raw = (
        b"ADA LINDQVIST\nada@home.example\n\nEXPERIENCE\n----------\n"
        b"* Led a cutting room\n  of eleven people\n* Cut waste\nAnd so on\n"
    )
    assert take(raw, "ada.txt").markdown == (
        "## ADA LINDQVIST\n\nada@home.example\n\n## EXPERIENCE\n\n"
        "- Led a cutting room of eleven people\n- Cut waste\n\nAnd so on\n"
    )


def test_markdown_stays_as_it_was_written() -> None:
    taken = take(RESUME.encode(), "ada.md")
    assert (taken.format, taken.markdown) == (Format.MARKDOWN, RESUME.rstrip("\n"))


def test_json_resume_is_written_out_in_its_usual_order() -> None:
    given = {
        "basics": {
            "name": "Ada Lindqvist",
            "email": "ada@home.example",
            "location": {"city": "Leeds"},
        },
        "work": [
            {
                "name": "Brackwater Mills",
                "position": "Senior Pattern Cutter",
                "startDate": "2019-03",
                "highlights": ["Cut waste of wool by a fifth."],
            }
        ],
        "skills": [{"name": "Draping", "keywords": ["Wool"]}],
    }
    assert take(json.dumps(given).encode()).markdown == (
        "# Ada Lindqvist\n\nada@home.example\nLeeds\n\n## Experience\n\n"
        "Senior Pattern Cutter, Brackwater Mills (2019-03 – today)\n\n"
        "- Cut waste of wool by a fifth.\n\n## Skills\n\nDraping\n\n- Wool\n"
    )
