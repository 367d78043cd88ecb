"""Lines that speak of hurting oneself, and the many that only sound like it (R17)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.self_harm import speaks_of_self_harm

HEAVY = [
    "I want to die.",
    "Sometimes I think I could just kill myself",
    "i don’t want to live any more",
    "I DO NOT WANT TO WAKE UP tomorrow",
    "They would be better off without me.",
    "I have been thinking about suicide again",
    "there is no reason to live",
    "I cut myself again last night",
    "I wish I was dead",
    "I just want to\nend it all",
    "Ich will nicht mehr leben.",
    "Manchmal denke ich, ich bringe mich um.",
    "Ich könnte mir das Leben nehmen",
    "J'ai envie de mourir.",
    "Je ne veux plus vivre comme ça",
    "No quiero vivir así, quiero morirme",
    "Não quero mais viver",
    "Ik wil niet meer leven",
    "Ik denk aan zelfmoord",
    "Non voglio più vivere, voglio farla finita",
    "Chcę umrzeć",
    "Myślę o samobójstwie",
    "Haluan kuolla",
    "En jaksa enää elää",
]
ORDINARY = [
    "",
    "I killed the second question and then went blank on the third.",
    "I was dying to know what they thought.",
    "The commute would kill me.",
    "I cut myself short when he looked at the clock.",
    "I nearly died of embarrassment.",
    "I could have died laughing.",
    "They asked about suicide prevention, which is what the charity does.",
    "The role is at a suicide helpline; I said why I want it.",
    "Leaving without an offer would be career suicide.",
    "I want to live nearer to the office.",
    "No point in asking again.",
    "It is not worth it. I do not want to work there any more.",
    "This deadline is killing everybody.",
    "I ended the call, then my laptop died.",
    "Die Prüfung bringt mich um den Schlaf.",
    "Ich will nicht mehr dort arbeiten.",
    "Sie fragten nach Suizidprävention in der Beratung.",
    "Je me tue à le répéter : la mission me plaît.",
    "Quiero vivir en Sevilla.",
    "Ik wil niet meer solliciteren.",
    "Non voglio più lavorare la domenica.",
    "Nie chcę już tam pracować.",
    "En halua enää hakea.",
]


@pytest.mark.parametrize("text", HEAVY)
def test_heavy_lines_are_known(text: str) -> None:
    assert speaks_of_self_harm(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_lines_are_left_alone(text: str) -> None:
    assert not speaks_of_self_harm(text)


@given(st.text(), st.text(), st.sampled_from(HEAVY))
def test_nothing_around_a_heavy_line_hides_it(before: str, after: str, heavy: str) -> None:
    assert speaks_of_self_harm(f"{before}\n\n. {heavy} .\n\n{after}")


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    assert speaks_of_self_harm(text) in (True, False)
