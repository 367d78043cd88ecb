"""The guard: what it says of a draft, and what its answer always keeps to."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindregards.core.outreach import (
    Channel,
    Circumstances,
    Direction,
    Draft,
    DraftKind,
    Finding,
    Guarded,
    Severity,
    Touch,
    Verdict,
    guard,
    guarded_record,
    taken,
    taken_over,
)

NOW = datetime(2026, 10, 15, 9, tzinfo=UTC)
INES = "ines.okafor@tidewell.example"
FOLDER = Path(__file__).parents[1] / "outreach"

GOOD = """Hi Ines,

Thank you for the time you and Tomas gave me, and for writing yourself. I understand the decision.

What I took home is how early you bring the drivers in, before there is a timetable to argue about.

What is the one thing you would work on before my next interview?

One line is plenty, and no worries if policy does not allow it.

Thanks in advance,
Mara
"""


def draft_of(text: str = GOOD, **changes: object) -> Draft:
    values: dict[str, object] = {"subject": "Re: Operations Analyst", "to": (INES,), **changes}
    return Draft(text, **values)  # type: ignore[arg-type]


def looked_at(text: str = GOOD, **changes: object) -> Guarded:
    return guard(draft_of(text, **changes), now=NOW)


def of_rule(guarded: Guarded, rule: str) -> list[Finding]:
    return [finding for finding in guarded.findings if finding.rule == rule]


def letters(name: str) -> list[dict[str, str]]:
    told: list[dict[str, str]] = tomllib.loads((FOLDER / name).read_text("utf-8"))["letter"]
    return told


def own_draft(letter: dict[str, str]) -> Draft:
    return Draft(
        letter["text"],
        subject="Re: Your application",
        to=tuple(letter.get("to", ())),
        kind=DraftKind(letter.get("kind", "advice_request")),
        language=letter["language"],
    )


ALL_LETTERS = [*letters("good.toml"), *letters("bad.toml")]


def test_a_good_letter_may_go_and_hears_what_is_good_in_it() -> None:
    guarded = looked_at()
    assert guarded.verdict is Verdict.SEND
    assert guarded.neediness == 0
    assert [(finding.rule, finding.severity) for finding in guarded.findings] == [
        ("acceptance", Severity.PRAISE),
        ("learnt", Severity.PRAISE),
        ("easy-way-out", Severity.PRAISE),
    ]


def test_need_and_a_comparison_are_quoted_with_something_to_put_there() -> None:
    needy = GOOD.replace(
        "What is the one",
        "I really need to land a role like this soon. What is the one",
    ).replace("interview?", "interview? And why did the other person seem stronger?")
    guarded = looked_at(needy)
    assert guarded.verdict is Verdict.REVISE
    (need,) = of_rule(guarded, "need")
    assert need.title == "It speaks of need"
    assert need.quote == "I really need to land a role like this soon."
    assert need.instead == ""
    (why,) = of_rule(guarded, "why")
    assert (why.quote, why.instead) == ("And why did the other person seem stronger?", "")


def test_a_bad_question_alone_is_replaced_by_a_good_one() -> None:
    guarded = looked_at(
        "Hi Ines,\n\nThank you for the call. Why was I not chosen?\n\nThanks,\nMara"
    )
    (why,) = of_rule(guarded, "why")
    assert why.instead == "What is the one thing you would work on before my next interview?"


def test_an_appeal_holds_the_letter_unless_the_job_is_posted_again() -> None:
    appeal = GOOD.replace("I understand the decision.", "Could I be considered again?") + (
        "\nPS: Please reconsider.\n"
    )
    assert looked_at(appeal).verdict is Verdict.HOLD
    reposted = guard(draft_of(appeal), now=NOW, circumstances=Circumstances(reposted=True))
    assert Severity.STOP not in {finding.severity for finding in reposted.findings}


def test_a_denied_appeal_is_none() -> None:
    guarded = looked_at(GOOD.replace("I understand", "I am not asking you to reconsider. I see"))
    assert guarded.verdict is Verdict.SEND
    assert of_rule(guarded, "second-chance") == []


def test_courtesy_and_neediness_are_two_meters() -> None:
    sorry = looked_at(
        "Hi Ines,\n\nI am so sorry. I apologise again. Please forgive me. I beg you.\n"
    )
    plain = looked_at("Hi Ines,\n\nYou have decided. Which skill is next?\n")
    assert sorry.courtesy > plain.courtesy
    assert sorry.neediness > plain.neediness == 0


@pytest.mark.parametrize(
    ("words", "expected"), [(60, []), (30, [True]), (132, [False])], ids=["fits", "short", "long"]
)
def test_length_is_minded_outside_fifty_to_a_hundred_and_twenty_five(
    words: int, expected: list[bool]
) -> None:
    filler = "The tour was good. " * ((words - 16) // 4)
    ask = "Which part would you practise first?"
    text = f"Hi Ines,\n\nThank you for it all. {filler}{ask}\n\nThanks,\nMara"
    assert [finding.minor for finding in of_rule(looked_at(text), "length")] == expected


def test_a_short_thanks_without_a_question_is_fine() -> None:
    text = "Hi Ines,\n\nThank you for letting me know.\n\nBest,\nMara"
    guarded = looked_at(text, kind=DraftKind.THANKS)
    assert (guarded.verdict, guarded.findings) == (Verdict.SEND, ())


def test_two_questions_pass_and_three_do_not() -> None:
    two = GOOD.replace("interview?", "interview? Is there a book on it?")
    three = two.replace("on it?", "on it? Or a course?")
    assert of_rule(looked_at(two), "question") == []
    assert looked_at(two).verdict is Verdict.SEND
    assert [finding.quote for finding in of_rule(looked_at(three), "question")] == ["Or a course?"]
    assert looked_at(three).verdict is Verdict.REVISE


@pytest.mark.parametrize(
    ("subject", "noted"),
    [
        ("", True),
        ("Re: Your application for the Operations Analyst position in Leith", False),
        ("One question, with thanks", False),
        ("Thank you for everything and a question about my interview", True),
    ],
)
def test_the_subject_is_theirs_or_three_or_four_words(subject: str, noted: bool) -> None:
    assert bool(of_rule(looked_at(subject=subject), "subject")) is noted


@pytest.mark.parametrize(
    ("blank", "verdict"),
    [
        ("[one thing you took from the conversation]", Verdict.HOLD),
        ("[…]", Verdict.HOLD),
        ("____", Verdict.HOLD),
        ("[Company Name]", Verdict.REVISE),
    ],
)
def test_a_blank_left_open_is_never_let_through(blank: str, verdict: Verdict) -> None:
    guarded = looked_at(GOOD.replace("how early you bring the drivers in", blank))
    assert guarded.verdict is verdict
    assert [finding.quote for finding in of_rule(guarded, "blank")] == [blank]


def test_signs_are_quoted_and_quietened() -> None:
    guarded = looked_at(GOOD.replace("decision.", "decision! THIS IS SO CLEAR! 🙏 Good!!"))
    assert [finding.instead for finding in of_rule(guarded, "exclamation")] == [".", ".", "."]
    assert [(f.quote, f.instead) for f in of_rule(guarded, "shouting")] == [
        ("THIS IS SO CLEAR", "This is so clear")
    ]
    assert [finding.quote for finding in of_rule(guarded, "emoji")] == ["🙏"]


@pytest.mark.parametrize("name", ["SQL", "CEO and HR", "SDET", "GmbH", "NASA"])
def test_short_names_in_capitals_are_not_shouted(name: str) -> None:
    assert of_rule(looked_at(GOOD.replace("the drivers", name)), "shouting") == []


@pytest.mark.parametrize(
    ("changes", "rule", "verdict"),
    [
        ({"to": ("no-reply@tidewell.example",)}, "no-reply", Verdict.HOLD),
        ({"to": (INES, "tomas@tidewell.example")}, "recipients", Verdict.REVISE),
        ({"cc": ("hr@tidewell.example",)}, "recipients", Verdict.REVISE),
        ({"attachments": ("Resume_new.pdf",)}, "attachment", Verdict.HOLD),
        ({"attachments": ("photo.png",)}, "attachment", Verdict.REVISE),
    ],
)
def test_readers_and_attachments(changes: dict[str, object], rule: str, verdict: Verdict) -> None:
    guarded = looked_at(**changes)
    assert guarded.verdict is verdict
    assert [finding.rule for finding in guarded.findings if finding.severity != "praise"] == [rule]


def test_a_name_with_a_slip_is_asked_about() -> None:
    (slip,) = of_rule(looked_at(GOOD.replace("Hi Ines", "Hi Inez")), "greeting")
    assert (slip.quote, slip.instead) == ("Inez", "Ines")
    assert of_rule(looked_at(GOOD.replace("Hi Ines", "Dear Ms Okafor")), "greeting") == []


@pytest.mark.parametrize(
    ("reader", "greeting", "instead"),
    [
        ("Sarah Lind <sarah@loom.example>", "Hello Tom", "Hello Sarah"),
        ("sarah.lind@loom.example", "Dear Tom Berg", "Dear Sarah Lind"),
        ("Lind, Sarah", "Good morning Tom", "Good morning Sarah"),
        ("Sarah Lind", "Dear Mr Berg", "Dear Sarah Lind"),
        ("S. Lind <s@loom.example>", "Hello Tom", "Hello"),
        ("Sarah Lind", "hi tom", "hi Sarah"),
    ],
)
def test_a_greeting_to_somebody_else_is_told_with_the_right_one(
    reader: str, greeting: str, instead: str
) -> None:
    guarded = looked_at(GOOD.replace("Hi Ines", greeting), to=(reader,))
    (found,) = of_rule(guarded, "greeting")
    assert (found.quote, found.instead) == (greeting, instead)
    assert guarded.verdict is Verdict.REVISE


@pytest.mark.parametrize(
    ("reader", "greeting"),
    [
        ("Sarah Lind", "Hello Sarah and Tom"),
        ("Sarah Lind", "Dear Ms Lind"),
        ("Sarah Lind", "Dear all"),
        ("Sarah Lind", "Dear Hiring Team"),
        ("Sarah Lind", "Hello Tidewell"),
        ("Sarah Lind", "Good Morning"),
        ("Katherine Lind", "Hi Kate"),
        ("Robert Lind", "Hi Bob"),
        ("Jürgen Müller", "Hello Juergen"),
        ("Alexandra Lind", "Hello Sandra"),
        ("Christina Lind", "Hello Tina"),
        ("slind@loom.example", "Hello Tom"),
        ("jobs@loom.example", "Hello Tom"),
        ("Tidewell Talent <talent@loom.example>", "Hello Tom"),
        ("Loom <hello@loom.example>", "Hello Tom"),
    ],
)
def test_a_greeting_that_may_be_the_readers_is_left_alone(reader: str, greeting: str) -> None:
    draft = draft_of(GOOD.replace("Hi Ines", greeting), to=(reader,))
    guarded = guard(draft, now=NOW, circumstances=Circumstances(employer="Tidewell"))
    assert of_rule(guarded, "greeting") == []


@pytest.mark.parametrize(
    ("language", "greeting", "instead"),
    [
        ("de", "Lieber Tom", "Hallo Sarah"),
        ("de", "Sehr geehrter Herr Berg", "Guten Tag Sarah Lind"),
        ("de", "Guten Tag Tom", "Guten Tag Sarah"),
    ],
)
def test_a_german_greeting_is_made_one_that_fits_anybody(
    language: str, greeting: str, instead: str
) -> None:
    text = f"{greeting},\n\nvielen Dank. Was würden Sie als Erstes üben?\n\nMara"
    (found,) = of_rule(looked_at(text, to=("Sarah Lind",), language=language), "greeting")
    assert found.instead == instead


NO_QUESTION = (
    "Hi Ines,\n\nThank you for your time. I wanted to reach out to circle back. I am looking for a"
    " role like this one.\n\nThanks,\nMara"
)


def test_a_request_that_asks_nothing_is_told_so_and_offered_a_question() -> None:
    guarded = looked_at(NO_QUESTION)
    assert guarded.verdict is Verdict.REVISE
    (found,) = of_rule(guarded, "question")
    assert (found.title, found.minor) == ("It asks nothing yet", False)
    assert found.instead == "What is the one thing you would work on before my next interview?"
    better = guard(taken_over(draft_of(NO_QUESTION), found), now=NOW)
    assert of_rule(better, "question") == []


@pytest.mark.parametrize(
    "changes",
    [{"kind": kind} for kind in DraftKind if kind is not DraftKind.ADVICE_REQUEST]
    + [{"language": "fr"}],
    ids=lambda changes: str(*changes.values()),
)
def test_what_asks_nothing_is_told_of_requests_alone(changes: dict[str, object]) -> None:
    assert of_rule(looked_at(NO_QUESTION, **changes), "question") == []


def test_a_request_that_asks_only_why_is_offered_one_question() -> None:
    text = "Hi Ines,\n\nThank you. I want to know the reason for the rejection.\n\nMara"
    offered = [one.instead for one in looked_at(text).findings if one.rule in {"why", "question"}]
    assert offered == ["What is the one thing you would work on before my next interview?"]


@pytest.mark.parametrize(
    ("sentence", "left", "language"),
    [
        (
            "Thank you for the call, and I know I messed up the test.",
            "Thank you for the call.",
            "en",
        ),
        ("I messed up the test, but thank you for the call.", "Thank you for the call.", "en"),
        ("I messed up the test, thank you for the call.", "Thank you for the call.", "en"),
        ("Thank you for the talk, but I really need this job.", "Thank you for the talk.", "en"),
        ("Ich habe es vermasselt, aber danke für die Zeit.", "Danke für die Zeit.", "de"),
        ("Danke für das Gespräch, in dem ich versagt habe.", "Danke für das Gespräch.", "de"),
    ],
)
def test_a_thanks_stays_when_the_clause_beside_it_is_taken_out(
    sentence: str, left: str, language: str
) -> None:
    draft = draft_of(f"Hallo Ines,\n\n{sentence}\n\nMara", language=language)
    (cut,) = [one for one in guard(draft, now=NOW).findings if one.instead == ""]
    assert taken(draft.text, cut) == f"Hallo Ines,\n\n{left}\n\nMara"


def test_a_thanks_that_cannot_be_parted_from_the_blame_becomes_a_plain_one() -> None:
    sentence = "Thank you for putting up with my terrible interview."
    (blame,) = of_rule(looked_at(GOOD.replace("I understand", f"{sentence} I see")), "self-blame")
    assert (blame.quote, blame.instead) == (sentence, "Thank you for your time.")


def hours_after(hours: float) -> Guarded:
    letter_at = NOW - timedelta(hours=hours)
    return guard(draft_of(), now=NOW, circumstances=Circumstances(letter_at=letter_at))


@pytest.mark.parametrize(
    ("hours", "verdict", "rules"),
    [
        (3, Verdict.HOLD, ["too-early"]),
        (23.9, Verdict.HOLD, ["too-early"]),
        (24, Verdict.SEND, []),
        (7 * 24, Verdict.SEND, []),
        (8 * 24, Verdict.SEND, ["too-late"]),
        (15 * 24, Verdict.REVISE, ["too-late"]),
    ],
)
def test_a_letter_has_its_time(hours: float, verdict: Verdict, rules: list[str]) -> None:
    guarded = hours_after(hours)
    assert guarded.verdict is verdict
    assert [finding.rule for finding in guarded.findings if finding.severity != "praise"] == rules


@pytest.mark.parametrize(
    ("accepts", "offered"),
    [("", ["I understand the decision.", ""]), ("I understand the decision. ", ["", ""])],
)
def test_a_letter_accepts_the_decision_once(accepts: str, offered: list[str]) -> None:
    guarded = looked_at(f"Hi Ines,\n\n{accepts}Please reconsider. I think it was unfair.\n\nMara")
    objected = [*of_rule(guarded, "second-chance"), *of_rule(guarded, "argument")]
    assert [finding.instead for finding in objected] == offered


def test_too_early_says_when_it_is_welcome() -> None:
    (early,) = of_rule(hours_after(3), "too-early")
    assert early.severity is Severity.WAIT
    assert "the morning of Friday, 16 October." in early.why


def test_a_sunday_evening_is_a_soft_note_at_most() -> None:
    guarded = guard(draft_of(), now=datetime(2026, 10, 18, 21, tzinfo=UTC))
    assert guarded.verdict is Verdict.SEND
    assert [finding.minor for finding in of_rule(guarded, "hour")] == [True]


@pytest.mark.parametrize(
    ("sentence", "instead"),
    [
        (
            "The hour in the workshop was the best of my week by far, and I have thought about the "
            "wooden joints ever since.",
            "The hour in the workshop was the best of my week by far. I have thought about the "
            "wooden joints ever since.",
        ),
        (
            "Thank you for the long conversations and the time that went into them, and for the "
            "letter that you wrote to me.",
            "Thank you for the long conversations and the time that went into them. Thank you also"
            " for the letter that you wrote to me.",
        ),
    ],
)
def test_a_long_sentence_is_parted_where_both_halves_can_stand_alone(
    sentence: str, instead: str
) -> None:
    (found,) = of_rule(looked_at(f"Dear Ines,\n\n{sentence}\n\nMara"), "sentence-length")
    assert found.instead == instead


def test_quoted_history_is_nobodys_draft() -> None:
    history = "\nOn Monday, Ines Okafor wrote:\n> Please reconsider! Why was I not chosen?\n"
    assert looked_at(GOOD + history) == looked_at()


def test_the_record_has_what_the_command_line_promises() -> None:
    record = guarded_record(looked_at())
    assert {name: record[name] for name in ("verdict", "words", "neediness")} == {
        "verdict": "send",
        "words": 70,
        "neediness": 0,
    }
    assert set(record["findings"][0]) >= {
        "rule",
        "severity",
        "quote",
        "start",
        "end",
        "why",
        "instead",
        "part",
    }


@pytest.mark.parametrize("letter", ALL_LETTERS, ids=lambda letter: letter["id"])
def test_every_quote_is_an_exact_slice(letter: dict[str, str]) -> None:
    draft = own_draft(letter)
    for finding in guard(draft, now=NOW).findings:
        assert draft.text[finding.start : finding.end] == finding.quote
        assert bool(finding.quote) is (finding.start < finding.end)


def all_taken(draft: Draft) -> Draft:
    text = draft.text
    found = guard(draft, now=NOW).findings
    for finding in sorted(found, key=lambda one: one.start, reverse=True):
        text = taken(text, finding)
    return Draft(text, draft.subject, draft.to, draft.cc, (), draft.kind, draft.language)


def quoted_objections(draft: Draft) -> int:
    """Words that are objected to; a blank that was put in is a question to the person."""
    found = guard(draft, now=NOW).findings
    return sum(
        bool(one.quote) and one.severity is not Severity.PRAISE and one.rule != "blank"
        for one in found
    )


@pytest.mark.parametrize("letter", letters("bad.toml"), ids=lambda letter: letter["id"])
def test_taking_over_every_instead_leaves_less_to_say(letter: dict[str, str]) -> None:
    draft = own_draft(letter)
    found = guard(draft, now=NOW).findings
    if not any(one.quote and one.instead is not None for one in found):
        return
    better = all_taken(draft)
    assert quoted_objections(better) < quoted_objections(draft)
    assert "  " not in better.text
    assert "\n\n\n" not in better.text


@pytest.mark.parametrize("letter", ALL_LETTERS, ids=lambda letter: letter["id"])
def test_what_is_put_in_settles_its_finding(letter: dict[str, str]) -> None:
    draft = own_draft(letter)
    for finding in guard(draft, now=NOW).findings:
        if finding.quote or finding.instead is None or finding.rule == "length":
            continue
        better = guard(taken_over(draft, finding), now=NOW)
        assert finding.rule not in {one.rule for one in better.findings}


def test_what_is_taken_out_leaves_a_sentence_with_a_capital() -> None:
    text = "Hi Ines,\n\nHonestly, it was a good talk. I beg you. Thank you.\n\nMara"
    draft = all_taken(draft_of(text, kind=DraftKind.THANKS))
    assert draft.text == "Hi Ines,\n\nIt was a good talk. Thank you.\n\nMara"


def test_what_was_learned_is_offered_once() -> None:
    draft = draft_of("Hi Ines,\n\nThank you. What would you work on first?\n\nMara")
    (short,) = of_rule(guard(draft, now=NOW), "length")
    draft = taken_over(draft, short)
    assert draft.text.count("What stayed with me") == 1
    (next_one,) = of_rule(guard(draft, now=NOW), "length")
    assert "no time" in (next_one.instead or "")


touches = st.builds(
    Touch,
    at=st.integers(0, 150 * 24).map(lambda hours: NOW - timedelta(hours=hours)),
    direction=st.sampled_from(Direction),
    person=st.sampled_from(["", INES, "Ines Okafor", "tomas@tidewell.example", "x@other.example"]),
    employer=st.sampled_from(["", "Tidewell Transit", "Other"]),
    channel=st.sampled_from(Channel),
    kind=st.sampled_from(DraftKind),
)
own_touches = touches.filter(lambda touch: touch.direction is Direction.OUT)
ORDER = [Verdict.SEND, Verdict.REVISE, Verdict.HOLD]
WEIGHT = list(Severity)


def hardness(guarded: Guarded) -> tuple[int, int, int]:
    heaviest = max((WEIGHT.index(finding.severity) for finding in guarded.findings), default=0)
    return ORDER.index(guarded.verdict), heaviest, guarded.neediness


@settings(max_examples=150, deadline=None)
@given(
    st.lists(touches, max_size=5),
    st.lists(own_touches, min_size=1, max_size=3),
    st.sampled_from(DraftKind),
    st.one_of(st.none(), st.integers(0, 20 * 24)),
)
def test_more_touches_never_make_the_guard_softer(
    history: list[Touch], more: list[Touch], kind: DraftKind, hours: int | None
) -> None:
    circumstances = Circumstances(
        letter_at=None if hours is None else NOW - timedelta(hours=hours),
        employer="Tidewell Transit",
    )
    draft = draft_of(kind=kind)
    fewer = guard(draft, now=NOW, history=history, circumstances=circumstances)
    many = guard(draft, now=NOW, history=[*history, *more], circumstances=circumstances)
    for less, most in zip(hardness(fewer), hardness(many), strict=True):
        assert less <= most


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["en", "de", "fr", ""]), st.text(max_size=40))
def test_no_text_makes_the_guard_raise(text: str, language: str, subject: str) -> None:
    guarded = guard(Draft(text, subject, (subject,), language=language), now=NOW)
    for finding in guarded.findings:
        assert text[finding.start : finding.end] == finding.quote
