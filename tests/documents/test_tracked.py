"""Tracked changes, as LibreOffice understands them."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from tests.documents.made import like_word
from tests.documents.office import Office

from kindregards.core.resumes.comparing import Replacement, replacements
from kindregards.core.resumes.document import document_of
from kindregards.sources.documents.reading import take
from kindregards.sources.documents.tracked import tracked

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHANGES = {
    "a word": ("Led a", "Ran a"),
    "words over several runs": ("Cutter, ada@home.example", "Cutter in Leeds, ada@mills.example"),
    "words taken out": (" through the move to a new floor", ""),
    "words put in": ("every delivery", "each and every delivery"),
    "words in a cell": ("2015–2019", "2015–2018"),
    "a heading": ("Education", "Training"),
    "the header": ("Lindqvist, resume", "Lindqvist, CV"),
    "a whole line": ("Beside the box", "Next to it"),
}


def _text(docx: bytes) -> str:
    return document_of(take(docx).markdown).text


def _changed(text: str) -> str:
    for old, new in CHANGES.values():
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def test_libreoffice_accepts_all_to_the_new_text_and_rejects_all_to_the_old(office: Office) -> None:
    raw = like_word()
    before, after = _text(raw), _changed(_text(raw))
    made = tracked(raw, replacements(before, after), author="Ines Halloran", at=AT)
    assert _text(office.settled(made, "AcceptAllTrackedChanges")) == after.replace(
        "In a text box\n\n", ""
    )
    # The words of another's change that was not settled before come back with ours.
    rejected = _text(office.settled(made, "RejectAllTrackedChanges"))
    expected = before.replace("Words that came", "Words that went").replace("In a text box\n\n", "")
    assert rejected == expected


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_each_change_reads_as_the_new_words(change: tuple[str, str]) -> None:
    raw = like_word()
    start = _text(raw).index(change[0])
    one = Replacement(start, start + len(change[0]), change[1])
    assert _text(tracked(raw, [one], at=AT)) == _text(raw).replace(*change)


def test_a_change_says_who_made_it_and_when() -> None:
    raw = like_word()
    start = _text(raw).index("Led a")
    made = tracked(raw, [Replacement(start, start + 3, "Ran")], author="Ines Halloran", at=AT)
    with ZipFile(BytesIO(made)) as packed:
        words = packed.read("word/document.xml").decode()
    assert words.count('w:author="Ines Halloran" w:date="2026-11-23T09:00:00Z"') == 2
    assert "<w:delText" in words


def test_words_keep_the_look_of_those_they_stand_for() -> None:
    raw = like_word()
    start = _text(raw).index("ada@home.example")
    made = tracked(raw, [Replacement(start, start + 3, "eva")], at=AT)
    with ZipFile(BytesIO(made)) as packed:
        words = packed.read("word/document.xml").decode()
    inserted = words[words.index("<w:ins ", words.index("Kind Regards")) :]
    assert "<w:b/>" in inserted[: inserted.index("</w:ins>")]


def test_a_document_without_changes_says_the_same() -> None:
    assert _text(tracked(like_word(), [], at=AT)) == _text(like_word())
