"""What several readers say of the same words comes first (R37)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.resumes.agreement import groups
from kindregards.core.resumes.remarks import Kind, Remark


def _remark(key: int, reader: int, kind: Kind, start: int, end: int) -> Remark:
    return Remark(key, reader, kind, start, end)


def test_two_readers_on_overlapping_words_agree_and_come_first() -> None:
    alone = _remark(1, 1, Kind.WRONG, 0, 10)
    one = _remark(2, 1, Kind.UNCLEAR, 40, 60)
    other = _remark(3, 2, Kind.STRONGER, 45, 58)
    first, second = groups([alone, one, other])
    assert (first.remarks, first.readers, first.agrees) == ((one, other), 2, True)
    assert (second.remarks, second.agrees) == ((alone,), False)
    assert (first.start, first.end) == (40, 60)


def test_three_who_agree_come_before_two() -> None:
    two = [_remark(n, n, Kind.WRONG, 0, 9) for n in (1, 2)]
    three = [_remark(n + 10, n, Kind.MISSING, 50, 59) for n in (1, 2, 3)]
    assert [group.readers for group in groups([*two, *three])] == [3, 2]


def test_one_reader_twice_is_no_agreement() -> None:
    told = groups([_remark(1, 1, Kind.WRONG, 0, 9), _remark(2, 1, Kind.WRONG, 0, 9)])
    assert [group.agrees for group in told] == [False]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (Kind.UNCLEAR, Kind.MISSING, True),
        (Kind.WRONG, Kind.STRONGER, True),
        (Kind.GOOD, Kind.GOOD, True),
        (Kind.MISSING, Kind.STRONGER, False),
        (Kind.GOOD, Kind.WRONG, False),
    ],
)
def test_kinds_fit_or_they_do_not(one: Kind, other: Kind, agree: bool) -> None:
    told = groups([_remark(1, 1, one, 0, 9), _remark(2, 2, other, 0, 9)])
    assert (len(told) == 1) is agree


def test_words_that_merely_touch_are_not_the_same_words() -> None:
    told = groups([_remark(1, 1, Kind.WRONG, 0, 10), _remark(2, 2, Kind.WRONG, 9, 30)])
    assert len(told) == 2


def test_praise_comes_last_and_who_likes_what_another_would_change_is_counted() -> None:
    praised = [_remark(n, n, Kind.GOOD, 0, 9) for n in (1, 2)]
    told = groups([*praised, _remark(3, 3, Kind.WRONG, 0, 9)])
    assert [(group.is_praise, group.others_like_it) for group in told] == [(False, 2), (True, 1)]


REMARKS = st.lists(
    st.builds(
        lambda reader, kind, start, size: (reader, kind, start, start + size),
        st.integers(1, 4), st.sampled_from(Kind), st.integers(0, 40), st.integers(1, 15),
    ),
    max_size=12,
)  # fmt: skip


@given(REMARKS, st.randoms())
def test_every_comment_stands_in_one_group_whatever_the_order(
    told: list[tuple[int, Kind, int, int]], random: st.DataObject
) -> None:
    remarks = [Remark(key, *one) for key, one in enumerate(told)]
    found = groups(remarks)
    assert sorted(one.key for group in found for one in group.remarks) == list(range(len(told)))
    shuffled = remarks[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert groups(shuffled) == found
