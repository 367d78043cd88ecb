from __future__ import annotations

import pytest

from kindregards.core.outreach.address import addresses_formally, readdressed

FORMAL = """Guten Tag Frau Lind,

vielen Dank, dass Sie bei uns waren. Leider können wir Ihnen nicht zusagen.
"""
FAMILIAR = """Hallo Mara,

danke, dass du bei uns warst. Sie war knapp, die Entscheidung. Wir wünschen dir Glück.
"""


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param(FORMAL, "de", True, id="Sie"),
        pytest.param(FAMILIAR, "de", False, id="du, with a Sie that is somebody else"),
        pytest.param("Hallo, leider hat es nicht geklappt.", "de", True, id="neither"),
        pytest.param("Dear Ms Lind, thank you for coming.", "en", False, id="English"),
    ],
)
def test_an_answer_takes_the_form_of_the_letter(text: str, language: str, expected: bool) -> None:
    assert addresses_formally(text, language) is expected


@pytest.mark.parametrize(
    ("first", "before", "after", "expected"),
    [
        ("Dear Ines,", "Ines Halloran", "Tomas Reed", "Dear Tomas,"),
        ("Guten Tag Ines Halloran,", "Ines Halloran", "Tomas Reed", "Guten Tag Tomas Reed,"),
        ("Dear Inessa,", "Ines", "Tomas", "Dear Inessa,"),
        ("Hello,", "", "Tomas Reed", "Hello,"),
        ("Dear (Ines),", "Ines", r"To\1mas", r"Dear (To\1mas),"),
    ],
)
def test_only_the_greeting_names_somebody_else(
    first: str, before: str, after: str, expected: str
) -> None:
    rest = "\n\nInes told me so.\n"
    assert readdressed(first + rest, before, after) == expected + rest


def test_a_letter_of_one_line_or_none_is_readdressed_too() -> None:
    assert readdressed("Dear Ines", "Ines", "Tom") == "Dear Tom"
    assert readdressed("", "Ines", "Tom") == ""
