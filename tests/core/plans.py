"""Facts for the tests of the plan: one ordinary rejection, and any that Hypothesis thinks of."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from kindregards.core.letters.reading import Door, Stage, Style
from kindregards.core.plan import Choice, Decision, Facts, StepKind

# A Friday afternoon; the letter is read the same evening, and asking is best on Monday.
LETTER_AT = datetime(2026, 11, 20, 15, 10, tzinfo=UTC)
MONDAY = date(2026, 11, 23)


def facts_for(**changes: Any) -> Facts:
    """A plan after an interview, looked at on the evening of its letter."""
    known: dict[str, Any] = {
        "now": LETTER_AT + timedelta(hours=3),
        "letter_at": LETTER_AT,
        "opened_at": LETTER_AT + timedelta(hours=2),
        "stage": Stage.INTERVIEW,
        "ask_on": MONDAY,
        "people": ("Ines Halloran",),
    }
    return Facts(**(known | changes))


def days_later(days: int) -> datetime:
    """The evening of the letter, or as many days after it."""
    return LETTER_AT + timedelta(days=days, hours=3)


zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.builds(
    datetime.combine,
    st.dates(date(1971, 1, 1), date(2060, 1, 1)),
    st.times(time(0), time(23, 59)),
    zones,
)
days = st.dates(date(2026, 10, 1), date(2027, 6, 1))
decisions = st.dictionaries(
    st.sampled_from(StepKind),
    st.builds(
        lambda choice, until, day: Decision(choice, until, day if choice else None),
        st.none() | st.sampled_from(Choice),
        st.none() | days,
        days,
    ),
)


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    """Any plan that can come about: read after its letter, looked at after that."""
    letter_at = draw(moments)
    opened_at = letter_at + draw(st.timedeltas(timedelta(0), timedelta(days=400)))
    asked_after = draw(st.none() | st.timedeltas(timedelta(0), timedelta(days=60)))
    return Facts(
        now=opened_at + draw(st.timedeltas(timedelta(0), timedelta(days=400))),
        letter_at=letter_at,
        opened_at=opened_at,
        stage=draw(st.sampled_from([stage for stage in Stage if stage is not Stage.OFFER])),
        ask_on=(letter_at + draw(st.timedeltas(timedelta(days=1), timedelta(days=4)))).date(),
        style=draw(st.none() | st.sampled_from(Style)),
        door=draw(st.none() | st.sampled_from(Door)),
        gives_reason=draw(st.booleans()),
        people=tuple(draw(st.lists(st.sampled_from(["Ines", "Tomas", "Ada"]), unique=True))),
        asked_at=None if asked_after is None else opened_at + asked_after,
        decisions=draw(decisions),
    )
