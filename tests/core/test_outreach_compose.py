"""Drafts: they follow the skeleton, differ from one another, and pass the guard."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindregards.core.letters.reading import Feedback, Person, Reason, Stage, Style
from kindregards.core.outreach import (
    Draft,
    DraftKind,
    Known,
    Severity,
    Verdict,
    compose,
    guard,
)

NOW = datetime(2026, 10, 15, 9, tzinfo=UTC)
INES = Person("Ines Okafor", "ines.okafor@tidewell.example")
LEARNT = {
    "en": "how early you bring the drivers in",
    "de": "wie früh die Fahrerinnen und Fahrer gefragt werden",
}
stages = st.sampled_from([None, *Stage])
languages = st.sampled_from(["en", "de"])
reasons = st.lists(st.sampled_from(Reason).map(lambda reason: Feedback("x", reason)), max_size=2)


def written(kind: DraftKind, *, learnt: str = "", **known: Any) -> Draft:
    return compose(kind, Known(**known, own_words={"learnt": learnt}))


def advice_request(**known: Any) -> Draft:
    return written(DraftKind.ADVICE_REQUEST, **known)


def thanks(**known: Any) -> Draft:
    return written(DraftKind.THANKS, **known)


def follow_up(**known: Any) -> Draft:
    return written(DraftKind.FOLLOW_UP, **known)


def objections(draft: Draft) -> list[str]:
    findings = guard(draft, now=NOW).findings
    return [
        finding.rule
        for finding in findings
        if finding.severity is not Severity.PRAISE and not finding.minor
    ]


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from([kind for kind in DraftKind if kind is not DraftKind.OTHER]),
    seed=st.integers(0, 10_000),
    stage=stages,
    style=st.sampled_from([None, *Style]),
    language=languages,
    formal=st.booleans(),
    conversations=st.integers(0, 9),
)
def test_the_guard_has_nothing_against_a_draft_but_what_is_still_blank(
    kind: DraftKind,
    seed: int,
    stage: Stage | None,
    style: Style | None,
    language: str,
    formal: bool,
    conversations: int,
) -> None:
    draft = written(
        kind,
        sender_name="Mara Lindqvist",
        recipient=INES,
        employer="Tidewell Transit",
        role="Operations Analyst",
        stage=stage,
        style=style,
        learnt=LEARNT[language],
        conversations=conversations,
        language=language,
        formal=formal,
        seed=seed,
    )
    found = [one for one in guard(draft, now=NOW).findings if one.severity is not Severity.PRAISE]
    assert {one.rule for one in found} <= {"blank"}, draft.text


@settings(max_examples=200, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    stage=stages,
    style=st.sampled_from([None, *Style]),
    feedback=reasons,
    language=languages,
    formal=st.booleans(),
    role=st.sampled_from(["", "Operations Analyst", "Pflegefachperson (m/w/d)"]),
    employer=st.sampled_from(["", "Tidewell Transit"]),
    recipient=st.sampled_from([None, INES]),
    conversations=st.integers(0, 9),
)
def test_a_filled_in_request_may_be_sent_as_it_is(
    seed: int,
    stage: Stage | None,
    style: Style | None,
    feedback: list[Feedback],
    language: str,
    formal: bool,
    role: str,
    employer: str,
    recipient: Person | None,
    conversations: int,
) -> None:
    draft = advice_request(
        sender_name="Mara Lindqvist",
        recipient=recipient,
        employer=employer,
        role=role,
        stage=stage,
        style=style,
        feedback=feedback,
        learnt=LEARNT[language],
        conversations=conversations,
        language=language,
        formal=formal,
        seed=seed,
    )
    guarded = guard(draft, now=NOW)
    assert (guarded.verdict, guarded.neediness) == (Verdict.SEND, 0), draft.text
    assert draft.text.count("?") == 1
    assert "{" not in draft.text
    assert "  " not in draft.text
    low = 50 if stage is Stage.APPLICATION else 60
    assert low <= guarded.words <= 105, draft.text


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("stage", [Stage.SCREEN, Stage.INTERVIEW, Stage.FINAL])
def test_most_requests_have_the_target_length(language: str, stage: Stage) -> None:
    lengths = [
        guard(
            advice_request(
                sender_name="Mara",
                recipient=INES,
                stage=stage,
                learnt=LEARNT[language],
                language=language,
                formal=True,
                seed=seed,
            ),
            now=NOW,
        ).words
        for seed in range(40)
    ]
    assert sum(75 <= words <= 100 for words in lengths) >= 30


def test_the_same_seed_writes_the_same_letter() -> None:
    one, other = (advice_request(sender_name="Mara", seed="letter-7") for _ in range(2))
    assert one == other


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("stage", Stage)
def test_a_request_with_its_blank_open_is_held(stage: Stage, language: str) -> None:
    draft = advice_request(sender_name="Mara", recipient=INES, stage=stage, language=language)
    assert guard(draft, now=NOW).verdict is Verdict.HOLD
    assert objections(draft) == ["blank"]


def test_a_final_round_is_thanked_for_by_its_number() -> None:
    letters = [
        advice_request(sender_name="Mara", stage=Stage.FINAL, conversations=2, seed=seed).text
        for seed in range(20)
    ]
    assert any("the two conversations" in letter for letter in letters)


def test_a_stated_reason_is_what_the_question_is_about() -> None:
    told = [Feedback("We needed more SQL.", Reason.SKILL)]
    draft = advice_request(sender_name="Mara", feedback=told, learnt="the queue")
    assert "the skill you were looking for" in draft.text


@pytest.mark.parametrize(
    ("language", "formal", "name", "greeting"),
    [
        ("en", False, "Ines Okafor", ("Hi Ines,", "Hello Ines,")),
        ("en", True, "Ines Okafor", ("Dear Ines Okafor,",)),
        ("de", True, "Ines Okafor", ("Guten Tag Ines Okafor,",)),
        ("de", True, "Dr. Ines Okafor", ("Guten Tag Dr. Ines Okafor,",)),
        ("de", False, "Ines Okafor", ("Hallo Ines,", "Hi Ines,")),
        ("en", False, "", ("Hello,",)),
        ("de", True, "", ("Guten Tag,",)),
    ],
)
def test_a_greeting_guesses_no_gender(
    language: str, formal: bool, name: str, greeting: tuple[str, ...]
) -> None:
    draft = advice_request(
        sender_name="Mara", recipient=Person(name), language=language, formal=formal
    )
    assert draft.text.splitlines()[0] in greeting


@pytest.mark.parametrize("formal", [True, False])
def test_german_forms_of_address_are_not_mixed(formal: bool) -> None:
    other = ("du ", "dir ", "deine ", "euch ") if formal else ("Sie ", "Ihnen", "Ihre ")
    for seed in range(60):
        for write in (advice_request, thanks):
            draft = write(
                sender_name="Mara",
                recipient=INES,
                learnt="das",
                language="de",
                formal=formal,
                style=Style.PERSONAL,
                seed=seed,
            )
            assert not [word for word in other if word in draft.text], draft.text


@pytest.mark.parametrize(
    ("thread", "subject"),
    [
        ("Your application", "Re: Your application"),
        ("Re: Your application", "Re: Your application"),
        ("AW: Ihre Bewerbung", "AW: Ihre Bewerbung"),
        ("Your\r\n application", "Re: Your application"),
    ],
)
def test_the_subject_keeps_the_thread(thread: str, subject: str) -> None:
    assert advice_request(sender_name="Mara", thread_subject=thread).subject == subject


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_subject_of_its_own_has_three_or_four_words(language: str) -> None:
    for seed in range(12):
        for write in (advice_request, thanks, follow_up):
            subject = write(sender_name="Mara", language=language, seed=seed).subject
            assert len(subject.split()) in (2, 3, 4)


@settings(max_examples=200, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    stage=stages,
    language=languages,
    formal=st.booleans(),
    learnt=st.booleans(),
)
def test_thanks_ask_nothing_and_stay_short(
    seed: int, stage: Stage | None, language: str, formal: bool, learnt: bool
) -> None:
    draft = thanks(
        sender_name="Mara",
        recipient=INES,
        stage=stage,
        learnt=LEARNT[language] if learnt else "",
        language=language,
        formal=formal,
        seed=seed,
    )
    guarded = guard(draft, now=NOW)
    assert draft.kind is DraftKind.THANKS
    assert guarded.verdict is Verdict.SEND, draft.text
    assert "?" not in draft.text
    assert 25 <= guarded.words <= 60, draft.text


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 10_000), language=languages, formal=st.booleans())
def test_a_reminder_asks_once_and_says_it_is_the_last(
    seed: int, language: str, formal: bool
) -> None:
    draft = follow_up(
        sender_name="Mara", recipient=INES, language=language, formal=formal, seed=seed
    )
    guarded = guard(draft, now=NOW)
    assert draft.kind is DraftKind.FOLLOW_UP
    assert guarded.verdict is Verdict.SEND, draft.text
    assert draft.text.count("?") == 1
    assert 40 <= guarded.words <= 75
