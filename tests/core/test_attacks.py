"""Letters that somebody made to hurt: read as far as they go, and soon."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kindregards.core.letters import NotALetter, parse_letter, read_letter
from kindregards.core.letters.reading import Kind

HEAD = b"From: Ines <ines@mill.example>\nSubject: Your application\nMIME-Version: 1.0\n"
WORDS = b"Unfortunately we have decided to move forward with other candidates. "
NEVER = 120  # seconds after which a letter counts as one that is never read


def headed(kind: str, body: bytes) -> bytes:
    return HEAD + f"Content-Type: {kind}; charset=utf-8\n\n".encode() + body


def plain(words: str, size: int = 100_000) -> bytes:
    return headed("text/plain", (words * (size // len(words))).encode())


def html(body: bytes) -> bytes:
    return headed("text/html", body)


def nested(depth: int, body: bytes) -> bytes:
    """Multiparts one inside the other, none of them closed."""
    parts = (
        b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (level, level + 1)
        for level in range(depth)
    )
    return HEAD + b"Content-Type: multipart/mixed; boundary=b0\n\n" + b"".join(parts) + body


@contextmanager
def not_for_ever() -> Iterator[None]:
    """Break off what would hang the program. How quick it is, the benchmarks say."""

    def break_off(*_signal: object) -> None:
        raise TimeoutError("this letter is never read")

    before = signal.signal(signal.SIGALRM, break_off)
    signal.alarm(NEVER)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def read_within(raw: bytes) -> str:
    """The kind that the letter is read as, "" for none; fails where that never ends."""
    with not_for_ever():
        try:
            return str(read_letter(parse_letter(raw)).kind)
        except NotALetter:
            return ""


READ_AS = {"", *map(str, Kind)}


@pytest.mark.parametrize("words", [".", "!", "?", "we regret ", "A of ", "the "])
def test_one_thing_said_over_and_over_is_read_soon(words: str) -> None:
    assert read_within(plain(words)) in READ_AS


@pytest.mark.parametrize(
    "mark",
    [
        "-----Original Message-----\n",
        "On Mon, Jan 1, 2024 at 1:00 PM A wrote:\n",
        "From: a\nSent: b\nTo: c\nSubject: d\n",
        "-----Original Message-----\n\nOn Mon, Jan 1, 2024 at 1:00 PM A wrote:\n",
    ],
)
def test_a_thousand_forwards_inside_one_another_end(mark: str) -> None:
    assert read_within(plain(mark)) in READ_AS


def test_accents_heaped_on_one_letter_are_thinned() -> None:
    raw = plain("\u0301\u0316", 600_000) + WORDS
    letter = parse_letter(headed("text/plain", b"a") + raw.split(b"\n\n", 1)[1])
    assert letter.text.count("\u0316") <= 30
    assert letter.text.endswith("other candidates.")


def test_letters_of_other_scripts_keep_their_accents() -> None:
    words = "שָׁלוֹם" * 20 + " " + "नमस्ते" * 20
    assert words in parse_letter(headed("text/plain", words.encode())).text


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<div>" * 200_000 + WORDS, id="deep"),
        pytest.param(b"<ul><li>" * 20_000 + WORDS, id="deep lists"),
        pytest.param(b"<!--" * 300_000 + WORDS, id="comments"),
        pytest.param(b"<script>" * 200_000 + WORDS, id="scripts"),
        pytest.param(b"<" * 1_000_000 + WORDS, id="nothing but brackets"),
    ],
)
def test_html_of_tags_without_end_is_read_soon(body: bytes) -> None:
    assert read_within(html(body)) in READ_AS


def test_html_that_is_nested_without_end_keeps_its_words() -> None:
    said = parse_letter(html(b"<div>" * 50_000 + b"<p>Dear Ada,</p><p>" + WORDS + b"</p>")).text
    assert said == "Dear Ada,\n\n" + WORDS.decode().strip()


def test_html_that_opens_tags_in_every_paragraph_takes_no_gigabytes() -> None:
    fonts = b"".join(b"<font color=%d>" % number for number in range(1_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read_within(html(b"<p>" + fonts + b"x</p><p>" * 4_000 + WORDS)) in READ_AS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


def test_long_honest_html_is_still_taken_apart() -> None:
    rows = b"<tr><td><b>One</b></td><td><a href=x>two</a></td></tr>" * 900
    hidden = b"<div style='display:none'>not shown</div>"
    said = parse_letter(html(b"<table>" + rows + b"</table>" + hidden + WORDS)).text
    assert said.count("One two") == 900
    assert "not shown" not in said


@pytest.mark.parametrize("name", ["Content-Type: text/plain", "Content-Disposition: inline"])
@pytest.mark.parametrize("more", [b";", b'a=";', b"a*0=x;"])
def test_a_header_of_a_hundred_thousand_parameters_is_cut(name: str, more: bytes) -> None:
    raw = HEAD + name.encode() + b";" + more * (300_000 // len(more)) + b"\n\n" + WORDS
    assert read_within(raw) == "rejection"


@pytest.mark.parametrize("depth", [30, 100, 400, 900, 3_000])
def test_parts_nested_without_end_are_read_soon(depth: int) -> None:
    assert read_within(nested(depth, WORDS + b"\n" + b"a\n" * 100_000)) in READ_AS
    assert read_within(nested(min(depth, 100), WORDS)) == "rejection"


def test_a_million_flowed_lines_are_joined_soon() -> None:
    flowed = HEAD + b"Content-Type: text/plain; format=flowed; delsp=yes\n\n"
    assert read_within(flowed + b"ab \n" * 500_000 + WORDS) in READ_AS


def test_flowed_lines_are_joined_as_they_were_meant() -> None:
    flowed = HEAD + b"Content-Type: text/plain; format=flowed; delsp=yes\n\n"
    said = parse_letter(flowed + b"Thank you for com \ning to the inter \nview.\n\nInes\n").text
    assert said == "Thank you for coming to the interview.\n\nInes"
