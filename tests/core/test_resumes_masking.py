"""Contact data out of sight, with every place where it was (R40)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.resumes.masking import mask

CONTACT = [
    ("mail", "ada@home.example"),
    ("mail", "ada.kestrel+jobs@mail.home.example"),
    ("phone", "+44 7700 900123"),
    ("phone", "(030) 1234 5678"),
    ("phone", "0171 2345678"),
    ("phone", "415-555-2671"),
    ("phone", "+49 (0)171 / 23 45 67 8"),
    ("link", "https://ada.example/work?x=1"),
    ("link", "linkedin.com/in/ada-k"),
    ("link", "www.ada.example"),
    ("link", "ada-kestrel.dev"),
    ("street", "12 Mill Lane"),
    ("street", "221b Old Baker Street"),
    ("street", "Lange Gasse 14a"),
    ("street", "Ulmenstraße 7 b"),
    ("street", "14, rue de la Paix"),
    ("street", "Calle de la Luna 12"),
]
BORN = ["Date of birth: 12 March 1991", "geboren am 12.03.1991", "Born on March 3rd, 1990"]
NO_CONTACT = [
    "2019 – 2023 Pattern cutter",
    "01/2019 - 03/2023 Brackwater",
    "12.03.2019 - 14.05.2020",
    "Sales of 1,200,000 in 2021",
    "Node.js, ASP.NET, Python 3.11",
    "Worked 24 hours on the way; 3 years in a row",
    "During 12 months, Engineering 101",
    "Managed 12 people in New Street",
    "Ada Kestrel, 50667 Köln",
]


@pytest.mark.parametrize(("what", "words"), CONTACT, ids=[words for _what, words in CONTACT])
def test_contact_data_is_hidden(what: str, words: str) -> None:
    masked = mask(f"Ada Kestrel · {words} · Pattern cutter")
    assert [one.what for one in masked.hidden] == [what]
    assert masked.text.startswith("Ada Kestrel · ")
    assert masked.text.endswith(" · Pattern cutter")
    assert words not in masked.text


@pytest.mark.parametrize("words", BORN)
def test_a_birthday_is_hidden(words: str) -> None:
    masked = mask(words)
    assert [one.what for one in masked.hidden] == ["birthday"]
    assert "199" not in masked.text


@pytest.mark.parametrize("words", NO_CONTACT)
def test_what_only_looks_a_little_like_it_stays(words: str) -> None:
    assert mask(words).text == words


def test_what_is_hidden_is_named_where_there_is_room() -> None:
    assert mask("ada@home.example").text == "[mail••••••••••]"
    assert len(mask("a@b.de").text) == len("a@b.de")


@given(st.text(max_size=300))
def test_a_masked_text_is_as_long_and_breaks_its_lines_where_it_did(text: str) -> None:
    masked = mask(text)
    assert len(masked.text) == len(text)
    assert [at for at, letter in enumerate(text) if letter == "\n"] == [
        at for at, letter in enumerate(masked.text) if letter == "\n"
    ]
    hidden = {at for one in masked.hidden for at in range(one.start, one.end)}
    assert all(a == b for at, (a, b) in enumerate(zip(text, masked.text, strict=True))
               if at not in hidden)  # fmt: skip
