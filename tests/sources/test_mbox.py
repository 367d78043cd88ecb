"""An mbox gives every message once and whole, and loses none to its neighbours."""

from __future__ import annotations

import io
import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.made import ENVELOPE, LETTER, letter, mbox

from kindregards.sources.mbox import is_mbox, messages_in
from kindregards.sources.source import CUT_AT


class Dripping(io.BytesIO):
    """A stream that gives a few bytes at a time, as a pipe may."""

    def __init__(self, raw: bytes, drop: int) -> None:
        super().__init__(raw)
        self.drop = drop

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(self.drop, self.drop if size is None or size < 0 else size))


def split(raw: bytes, **options: int) -> list[bytes]:
    return [piece.raw for piece in messages_in(io.BytesIO(raw), **options)]


def test_every_message_comes_back_as_it_was() -> None:
    letters = [letter(number) for number in range(50)]
    assert split(mbox(letters)) == letters


def test_a_line_that_begins_with_from_is_not_an_envelope() -> None:
    words = "it is not easy.\n\nFrom all of us at Hazelwick, good luck.\n\nFrom Monday on we close."
    letters = [letter(1, words), letter(2)]
    raw = ENVELOPE + letters[0] + b"\n" + ENVELOPE + letters[1] + b"\n"
    assert split(raw) == letters


def test_marks_before_from_are_taken_off_once() -> None:
    letters = [letter(1, "a\n\nFrom me\n>From you\n>>From them")]
    assert split(mbox(letters)) == letters


def test_an_envelope_without_the_empty_line_before_it_still_begins_a_message() -> None:
    cut_short = letter(1).rstrip(b"\n") + b"\n"
    assert split(ENVELOPE + cut_short + ENVELOPE + letter(2)) == [cut_short, letter(2)]


def test_the_envelopes_of_takeout_thunderbird_and_bare_ones_are_known() -> None:
    for envelope in (
        b"From 1790441327722332100@xxx Tue Mar 04 09:12:00 +0000 2025\n",
        b"From - Tue Mar  4 09:12:00 2025\r\n",
        b"From MAILER-DAEMON Tue Mar  4 09:12:00 2025\n",
        b"From robin@hazelwick.example\n",
    ):
        assert split(mbox([letter(1), letter(2)], envelope)) == [letter(1), letter(2)]


def test_windows_line_ends_are_kept_in_the_messages() -> None:
    letters = [letter(number).replace(b"\n", b"\r\n") for number in range(3)]
    raw = b"".join(ENVELOPE.replace(b"\n", b"\r\n") + one + b"\r\n" for one in letters)
    assert split(raw) == letters


def test_a_broken_message_leaves_its_neighbours_whole() -> None:
    broken = b"Content-Type: multipart/mixed; boundary=\xff\n\n--\xff\n\x00\x01\xfe"
    assert split(mbox([letter(1), broken + b"\n", letter(2)])) == [
        letter(1),
        broken + b"\n",
        letter(2),
    ]


def test_a_very_long_message_is_cut_and_the_next_one_is_whole() -> None:
    long = letter(1, "y" * 76 + ("\n" + "y" * 76) * 100_000)
    pieces = split(mbox([letter(0), long, letter(2)]), largest=4_000_000)
    assert pieces == [letter(0), long[:CUT_AT], letter(2)]


def test_reading_goes_on_where_an_earlier_one_ended() -> None:
    letters = [letter(number) for number in range(20)]
    raw = mbox(letters)
    for piece in list(messages_in(io.BytesIO(raw)))[:-1]:
        rest = io.BytesIO(raw[piece.end :])
        again = list(messages_in(rest, at=piece.end))
        assert again[-1].end == len(raw)
        assert [one.raw for one in again] == letters[len(letters) - len(again) :]


def test_what_thunderbird_holds_as_deleted_is_left_out() -> None:
    gone = b"X-Mozilla-Status: 0009\nX-Mozilla-Status2: 00000000\n" + letter(1)
    kept = b"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n" + letter(2)
    assert split(mbox([gone, kept])) == [kept]


def test_a_letter_that_begins_with_the_word_from_is_no_mbox() -> None:
    assert not is_mbox(b"From everyone at Hazelwick: thank you for coming in.\n\nWe chose another.")
    assert is_mbox(ENVELOPE + LETTER)
    assert is_mbox(b"From robin@hazelwick.example\n" + LETTER)


def test_memory_does_not_grow_with_the_file() -> None:
    raw = mbox([letter(1, "word " * 2000)] * 3000)
    stream = io.BytesIO(raw)
    tracemalloc.start()
    count = sum(1 for _ in messages_in(stream))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3000
    assert len(raw) > 25_000_000
    assert peak < 6_000_000


LINES = st.lists(
    st.one_of(
        st.sampled_from(["", "From me", ">From you", "From a Tue Mar  4 09:12:00 2025", "To: x"]),
        st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=30),
    ),
    max_size=8,
)


@given(bodies=st.lists(LINES, min_size=1, max_size=6), drop=st.integers(1, 4000))
@settings(max_examples=150, deadline=None)
def test_every_generated_message_comes_back_once_and_whole(
    bodies: list[list[str]], drop: int
) -> None:
    letters = [letter(number, "\n".join(body)) for number, body in enumerate(bodies)]
    pieces = messages_in(Dripping(mbox(letters), drop))
    assert [piece.raw for piece in pieces] == letters


@given(st.binary(max_size=3000))
@settings(max_examples=200, deadline=None)
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    whole = ENVELOPE + raw
    pieces = list(messages_in(io.BytesIO(whole)))
    assert all(piece.end <= len(whole) for piece in pieces)
