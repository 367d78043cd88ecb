from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import ACKNOWLEDGED, FORM, INTERVIEWED, INVITED, OFFERED

from kindregards.core.letters.likeness import likeness, same_form

KINDS = [ACKNOWLEDGED, FORM, INTERVIEWED, INVITED, OFFERED]


def filled(form: str, employer: str = "Harrow", role: str = "Planner") -> str:
    return form.format(employer=employer, role=role)


@pytest.mark.parametrize("form", KINDS)
def test_a_form_with_other_names_is_the_same_form(form: str) -> None:
    other = filled(form, employer="Brackwater Mills Limited", role="Senior Data Analyst")
    assert same_form(filled(form), other)


@pytest.mark.parametrize("one", KINDS)
@pytest.mark.parametrize("other", KINDS)
def test_two_forms_of_one_sender_are_two(one: str, other: str) -> None:
    assert same_form(filled(one), filled(other)) == (one is other)


def test_other_days_and_numbers_make_no_other_form() -> None:
    one = "Your interview is on 12 March at 10:30 in room 4, building 12."
    assert likeness(one, one.replace("12", "3").replace("4", "17")) == 1.0


@given(st.text(), st.text())
def test_likeness_is_a_share_and_goes_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
