from __future__ import annotations

import pytest

from kindregards.core.outreach.address import addresses_formally

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
