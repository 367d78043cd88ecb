"""Who may be here twice."""

from __future__ import annotations

import pytest

from kindregards.core.network.doubles import Known, Likeness, likely_doubles, nearly_one_name


def people(*told: tuple[str, str, str]) -> list[Known[int]]:
    return [Known(key, *one) for key, one in enumerate(told)]


@pytest.mark.parametrize(
    ("one", "other", "so"),
    [
        ("i okafor", "ines okafor", True),
        ("alex berg", "alexander berg", True),
        ("karen berg", "karin berg", True),
        ("ada berg lund", "ada berg", True),
        ("ines okafor", "ines okafro", True),
        ("jon berg", "jan berg", False),
        ("al berg", "alexander berg", False),
        ("ada berg", "ada lund", False),
        ("ada berg", "ada berg", False),
        ("karen berg", "karin lund", False),
        ("ada", "ada berg", False),
    ],
)
def test_names_that_are_nearly_one(one: str, other: str, so: bool) -> None:
    assert nearly_one_name(one, other) is so
    assert nearly_one_name(other, one) is so


def test_one_name_and_employer_comes_first_and_a_near_name_last() -> None:
    pairs = likely_doubles(
        people(
            ("ines okafor", "tidewell", ""),
            ("i okafor", "tidewell", ""),
            ("ada berg", "", "p"),
            ("ada berg", "quayside", ""),
            ("ines okafor", "tidewell", "q"),
        )
    )
    assert [pair.why for pair in pairs[:2]] == [Likeness.NAME_AND_EMPLOYER, Likeness.NAME]
    assert {pair.why for pair in pairs[2:]} == {Likeness.NEARLY}


def test_two_profiles_at_two_employers_are_two_people() -> None:
    assert not likely_doubles(people(("ada berg", "x", "p"), ("ada berg", "y", "q")))
    assert likely_doubles(people(("ada berg", "x", "p"), ("ada berg", "x", "q")))
    assert not likely_doubles(people(("ada", "x", ""), ("ada", "x", "")))


def test_fifty_of_one_name_give_at_most_forty_nine_questions() -> None:
    assert len(likely_doubles(people(*[("sam lee", "", "")] * 50))) == 49


def test_who_is_kept_apart_is_asked_of_no_more_but_others_of_the_name_are() -> None:
    three = people(*[("sam lee", "", "")] * 3)
    apart = {frozenset((0, 1)), frozenset((0, 2))}
    assert [(pair.one, pair.other) for pair in likely_doubles(three, apart)] == [(1, 2)]
