"""What a reader gives back is checked before a word of it is believed."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.resumes import packet
from kindregards.core.resumes.packet import Returned, digest_of, opened, returned, written
from kindregards.core.resumes.remarks import Kind
from kindregards.core.resumes.review import (
    BROKEN,
    MARKUP,
    MOST_BYTES,
    MOST_COMMENTS,
    NOT_ITS_WORDS,
    QUOTE_TOO_LONG,
    SAYS_NOTHING,
    TOO_LARGE,
    TOO_LONG,
    TOO_MANY,
    ReviewError,
    record_of,
    review_of,
    words_of,
)

SHOWN = "Led a team of six cutters. 📎 Taught two apprentices."
KEY = "3f" * 32
WHO = UUID(int=7)


def _comment(**changed: Any) -> dict[str, Any]:
    told = {
        "key": "abcd1234",
        "kind": "stronger",
        "exact": "six cutters",
        "start": 14,
        "end": 25,
        "text": "How many were there before?",
        "replacement": "",
    }
    return told | changed


def _why(record: object) -> str:
    with pytest.raises(ReviewError) as refused:
        review_of(record, SHOWN)
    return str(refused.value)


def test_a_review_is_read_as_it_was_made() -> None:
    review = review_of(
        {
            "comments": [_comment()],
            "remembered": "That she leads people.\r\nCloth.",
            "answers": ["At the dates.", ""],
            "remarks": "Good to read.",
            "done": True,
        },
        SHOWN,
    )
    (said,) = review.said
    assert (said.kind, said.anchor.exact, said.anchor.prefix) == (
        Kind.STRONGER,
        "six cutters",
        "Led a team of ",
    )
    assert review.remembered == "That she leads people.\nCloth."
    assert review.answers == ("At the dates.", "")
    assert review.is_done
    assert review_of(record_of(review), SHOWN) == review


def test_places_count_characters_and_not_their_halves() -> None:
    start = SHOWN.index("Taught")
    review = review_of({"comments": [_comment(exact="Taught", start=start, end=start + 6)]}, SHOWN)
    assert review.said[0].anchor.start == start


def test_words_without_a_place_are_looked_for() -> None:
    review = review_of(
        {"comments": [_comment(exact="Taught two", start=None, end=None, prefix="", suffix="")]},
        SHOWN,
    )
    assert review.said[0].anchor.start == SHOWN.index("Taught two")


def test_a_comment_that_came_twice_counts_once() -> None:
    review = review_of({"comments": [_comment(), _comment(text="Other words.")]}, SHOWN)
    assert [one.text for one in review.said] == ["Other words."]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"exact": "seven cutters"}, NOT_ITS_WORDS),
        ({"exact": " "}, NOT_ITS_WORDS),
        ({"exact": "x" * 3_000}, QUOTE_TOO_LONG),
        ({"text": "x" * 10_000_000}, TOO_LONG),
        ({"replacement": "x" * 5_000}, TOO_LONG),
        ({"text": "<script>alert(1)</script>"}, MARKUP),
        ({"text": "see <img src=x onerror=y>"}, MARKUP),
        ({"replacement": "</div>"}, MARKUP),
        ({"text": ""}, SAYS_NOTHING),
        ({"kind": "terrible"}, BROKEN),
        ({"key": "../../etc"}, BROKEN),
        ({"key": 7}, BROKEN),
        ({"text": ["no"]}, BROKEN),
    ],
    ids=range(13),
)
def test_a_comment_that_is_none_is_refused_with_a_sentence(
    changed: dict[str, Any], why: str
) -> None:
    assert _why({"comments": [_comment(**changed)]}) == why


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ([], BROKEN),
        ({"comments": {}}, BROKEN),
        ({"comments": ["x"]}, BROKEN),
        ({"comments": [_comment(key=f"key-{n:05}") for n in range(10_000)]}, TOO_MANY),
        ({"answers": ["a", "b", "c"]}, BROKEN),
        ({"remarks": "<iframe src=x>"}, MARKUP),
    ],
    ids=range(6),
)
def test_a_review_that_is_none_is_refused_with_a_sentence(record: object, why: str) -> None:
    assert _why(record) == why


@pytest.mark.parametrize("words", ["a < b and b > c", "I <3 this", "5 <6> 7", "<ada@home.example>"])
def test_angles_that_are_no_markup_are_words(words: str) -> None:
    assert review_of({"remarks": words}, SHOWN).remarks == words


def test_what_cannot_be_seen_is_left_out() -> None:
    assert review_of({"remarks": "a\x00b\ud800c\u202ed\ne"}, SHOWN).remarks == "abcd\ne"


def test_as_many_comments_as_are_allowed_are_taken() -> None:
    many = [_comment(key=f"key-{n:05}") for n in range(MOST_COMMENTS)]
    assert len(review_of({"comments": many}, SHOWN).said) == MOST_COMMENTS


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["comments", "answers", "remarks", "key", "kind", "exact", "start"]
                ),
                inner,
            )
        ),
        max_leaves=12,
    )
)
def test_anything_is_read_or_refused_and_nothing_else(record: object) -> None:
    refusal = ""
    try:
        review_of(record, SHOWN)
    except ReviewError as refused:
        refusal = str(refused)
    assert refusal == "" or refusal.endswith(".")


# Review files -----------------------------------------------------------------------------------


def _back(payload: str = '{"remarks": "Good."}', key: str = KEY) -> Returned:
    back = Returned(WHO, digest_of(SHOWN), payload, "")
    return Returned(WHO, back.version, payload, packet.signature_of(back, key))


def _refusal(raw: bytes, *, key: str = KEY, version: str = digest_of(SHOWN)) -> str:
    with pytest.raises(ReviewError) as refused:
        opened(returned(raw), key=key, version=version)
    return str(refused.value)


def test_a_review_file_is_opened_by_its_packets_key() -> None:
    raw = written(_back()).encode()
    assert packet.looks_returned(raw)
    assert returned(raw).reviewer == WHO
    assert opened(returned(raw), key=KEY, version=digest_of(SHOWN)) == {"remarks": "Good."}


def test_a_mail_program_may_change_the_ends_of_its_lines() -> None:
    raw = b"\xef\xbb\xbf" + written(_back()).replace("\n", "\r\n").encode()
    assert opened(returned(raw), key=KEY, version=digest_of(SHOWN)) == {"remarks": "Good."}


def test_a_file_that_was_changed_or_is_of_another_packet_is_refused() -> None:
    told = json.loads(written(_back()))
    told["review"] = '{"remarks": "Bad."}'
    assert _refusal(json.dumps(told).encode()) == packet.NOT_SIGNED
    assert _refusal(written(_back()).encode(), key="00" * 32) == packet.NOT_SIGNED
    told = json.loads(written(_back())) | {"reviewer": str(UUID(int=8))}
    assert _refusal(json.dumps(told).encode()) == packet.NOT_SIGNED


def test_a_file_about_another_version_is_refused() -> None:
    assert _refusal(written(_back()).encode(), version=digest_of("x")) == packet.OTHER_VERSION


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", BROKEN),
        (b"\xff\xfe\x00", BROKEN),
        (b"[" * 100_000, BROKEN),
        (b'{"format": "kind-regards-review", "number": 2}', packet.NEWER),
        (b'{"format": "kind-regards-review", "number": 1}', BROKEN),
        (b" " * (MOST_BYTES + 1), TOO_LARGE),
        (written(_back()).replace(str(WHO), "nobody").encode(), BROKEN),
    ],
    ids=range(7),
)
def test_a_file_that_is_no_review_is_refused_with_a_sentence(raw: bytes, why: str) -> None:
    assert _refusal(raw) == why


def test_what_becomes_markup_without_unseen_characters_is_refused() -> None:
    with pytest.raises(ReviewError):
        words_of("<\u202ascript>")


def test_a_signature_of_half_a_character_is_refused_like_any_other() -> None:
    with pytest.raises(ReviewError):
        opened(Returned(WHO, "v", "{}", "\ud800"), key=KEY, version="v")
