"""What a debrief asks and when, how sure a cause may be, who is named, notes in and out."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.debriefs import (
    SITTING_OF,
    Asked,
    Cause,
    Intention,
    Known,
    Named,
    OtherReason,
    Prompt,
    Record,
    Screen,
    Sitting,
    Told,
    after,
    as_markdown,
    before,
    cap,
    from_markdown,
    held,
    levels,
    people_in,
    read_notes,
    screens,
    tidy,
    went_badly,
    words_for,
)
from kindregards.core.debriefs.confidence import said
from kindregards.core.debriefs.record import on_one_line
from kindregards.core.debriefs.words import HEADINGS

# Screens --------------------------------------------------------------------------------------

numbers = st.lists(st.integers(1, 10**9), unique=True, max_size=6).map(tuple)
knowns = st.builds(Known, st.booleans(), st.booleans(), numbers, numbers)


def asked(known: Known, sitting: Sitting = Sitting.FACTS) -> list[str]:
    return [
        screen.prompt.value if screen.of is None else f"{screen.prompt.value} {screen.of}"
        for screen in screens(sitting, known)
    ]


@pytest.mark.parametrize(
    ("known", "facts"),
    [
        pytest.param(
            Known(has_letter=True, questions=(4, 9)),
            ["rounds", "people", "question 4", "question 9", "question 0", "said 4", "said 9",
             "reactions", "not_shown", "letter", "other_reasons"],
            id="after a conversation and a letter",
        ),
        pytest.param(
            Known(),
            ["rounds", "people", "question 0", "reactions", "not_shown"],
            id="right after the conversation",
        ),
        pytest.param(
            Known(met_somebody=False, has_letter=True, questions=(4,)),
            ["advert", "first_page", "lacking", "inside", "letter", "other_reasons"],
            id="on paper, where nobody asked anything",
        ),
    ],
)  # fmt: skip
def test_the_facts_ask_what_there_was(known: Known, facts: list[str]) -> None:
    assert asked(known) == facts


def test_the_meaning_ends_with_one_plan_and_its_day() -> None:
    assert asked(Known(causes=(3,)), Sitting.MEANING) == [
        "meant", "happened", "why", "cause 3", "cause 0", "keeps", "one_thing", "if_then", "try",
    ]  # fmt: skip


@given(st.sampled_from(Sitting), knowns)
def test_next_leads_through_every_screen_once_and_back_leads_the_same_way(
    sitting: Sitting, known: Known
) -> None:
    all_screens = screens(sitting, known)
    way = [all_screens[0]]
    while (coming := after(all_screens, way[-1])) is not None:
        assert before(all_screens, coming) == way[-1]
        way.append(coming)
    assert way == list(all_screens)
    assert len(set(way)) == len(way)
    assert before(all_screens, way[0]) is None


@given(st.sampled_from(Sitting), knowns)
def test_every_screen_has_words_and_belongs_to_its_sitting(sitting: Sitting, known: Known) -> None:
    for screen in screens(sitting, known):
        assert SITTING_OF[screen.prompt] is sitting
        words = words_for(screen.prompt, Told(name="Ada", is_more=True, is_new=screen.of == 0))
        assert words.asks
        assert "!" not in words.asks + words.help
        assert words.lines >= 1


def test_a_screen_that_is_gone_leads_to_the_first() -> None:
    assert after(screens(Sitting.FACTS, Known()), Screen(Prompt.SAID, 7)) == Screen(Prompt.ROUNDS)


def test_the_third_person_is_offered_by_name_where_it_is_known() -> None:
    assert "Write it about Ada, in the third person" in words_for(Prompt.WHY, Told("Ada")).help
    assert "Write it about yourself by name" in words_for(Prompt.WHY, Told()).help
    assert words_for(Prompt.WHY, Told()).asks.startswith("If there was")  # there may be none
    asks = words_for(Prompt.ONE_THING, Told("Ada")).asks
    assert asks == "What would Ada do differently next time?"


# How sure -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("personal", "reason", "answered", "highest"),
    [
        (False, False, False, 60),
        (True, False, False, 100),
        (False, True, False, 100),
        (False, False, True, 100),
    ],
)
def test_a_cause_is_capped_while_only_a_form_letter_is_known(
    personal: bool, reason: bool, answered: bool, highest: int
) -> None:
    assert cap(is_personal=personal, gives_reason=reason, was_answered=answered) == highest


@given(st.integers(0, 100), st.sampled_from([60, 100]))
def test_nothing_is_held_or_offered_above_the_cap(confidence: int, highest: int) -> None:
    assert held(confidence, highest) == min(confidence, highest)
    assert max(level.confidence for level in levels(highest)) <= highest
    assert said(confidence, highest) in {level.said for level in levels(highest)}


@pytest.mark.parametrize(
    ("confidence", "highest", "words"),
    [
        (90, 100, "nearly sure"),
        (90, 60, "rather likely"),
        (12, 60, "a guess"),
        (49, 100, "half and half"),
    ],
)  # fmt: skip
def test_a_confidence_is_said_in_words(confidence: int, highest: int, words: str) -> None:
    assert said(confidence, highest) == words


@pytest.mark.parametrize(("went", "badly"), [(None, False), (1, True), (2, True), (3, False)])
def test_two_of_five_and_less_went_badly(went: int | None, badly: bool) -> None:
    assert went_badly(went) is badly


# The one plan ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("intention", "sentence"),
    [
        (Intention("they ask why I left", "I begin with the coat"),
         "If they ask why I left, then I begin with the coat."),
        (Intention("If they ask why,", "then I breathe."), "If they ask why, then I breathe."),
        (Intention("", "I ask back"), "Then I ask back."),
        (Intention("if", ""), "If if."),
        (Intention(place="the kitchen"), ""),
    ],
)  # fmt: skip
def test_the_plan_is_one_sentence(intention: Intention, sentence: str) -> None:
    assert intention.said == sentence


# People ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ines Halloran", [Named("Ines Halloran")]),
        ("- Ines Halloran, head of studio", [Named("Ines Halloran", "head of studio")]),
        ("1. Tom Bakker – cutting room", [Named("Tom Bakker", "cutting room")]),
        ("Ann Lee (recruiter)", [Named("Ann Lee", "recruiter")]),
        ("Ann Lee <Ann.Lee@mill.example>", [Named("Ann Lee", "", "ann.lee@mill.example")]),
        ("Jean-Luc Petit: design lead", [Named("Jean-Luc Petit", "design lead")]),
        ("Łucja Żak\nłucja", [Named("Łucja Żak"), Named("łucja")]),
        ("Ann Lee\nANN LEE, recruiter", [Named("Ann Lee")]),
        ("Ann Lee (studio), Tom B. - HR", [Named("Ann Lee", "studio"), Named("Tom B.", "HR")]),
        (
            "Ann Lee, studio; Tom Bakker, HR",
            [Named("Ann Lee", "studio"), Named("Tom Bakker", "HR")],
        ),
        ("Ann Lee; Head of Studio", [Named("Ann Lee", "Head of Studio")]),
        ("Two people whose names I forgot", []),
        ("somebody from the cutting room", []),
        ("", []),
    ],
)
def test_people_are_found_in_lines(text: str, people: list[Named]) -> None:
    assert list(people_in(text)) == people


@given(st.text())
def test_any_text_gives_people_whose_names_are_in_it(text: str) -> None:
    for named in people_in(text):
        assert named.name
        assert all(word in text for word in named.name.split())


# Notes in -------------------------------------------------------------------------------------

COAT = "I began with the lining.\nThen I lost the thread."
NOTES = """\
Brackwater, Tuesday

People:
- Ines Halloran, head of studio
- Tom

# Questions
- Tell me about a coat you cut (2/5)
  I began with the lining.
  Then I lost the thread.
- Why us? (badly)
A: because of the wool

2. What is your weakness - went: 4/5

What went well: the greeting
Next time:
If they ask about lining, then I begin with the winter coat.

## Weather
It rained.

Causes:
- lining by machine 40 %
- the other one was cheaper
"""


HURRIED = """\
Notes, Tuesday
People: Ines Halloran (studio), Tom B. - HR

Q: why leaving Brackwater?? -> said: wanted new tools (2/5)
What would your first month look like?
I said: listen, then map the data. Went ok

Next time: shorter answers
If they ask about leaving, then I begin with the tools.
"""


def test_notes_of_any_form_are_understood_as_far_as_they_go() -> None:
    record = read_notes(NOTES)
    assert record.questions == (
        Asked("Tell me about a coat you cut", 2, COAT, True),
        Asked("Why us?", 1, "because of the wool", True),
        Asked("What is your weakness", 4),
    )  # fmt: skip
    assert [one.name for one in people_in(record.notes[Prompt.PEOPLE])] == ["Ines Halloran", "Tom"]
    assert record.notes[Prompt.KEEPS] == "the greeting"
    assert record.intention.said == "If they ask about lining, then I begin with the winter coat."
    assert record.causes == (
        Cause("lining by machine", 40),
        Cause("the other one was cheaper", 50),
    )
    assert record.notes[Prompt.REST] == "Brackwater, Tuesday\n\nWeather\nIt rained."


@pytest.mark.parametrize(
    ("text", "prompt", "words"),
    [
        ("## Round 2: a panel\nAn hour.", Prompt.ROUNDS, "Round 2: a panel\nAn hour."),
        ("**Missing**\nSQL", Prompt.NOT_SHOWN, "SQL"),
        ("Takeaways: speak slower", Prompt.ONE_THING, "speak slower"),
        ("Nothing special, it was all right.", Prompt.REST, "Nothing special, it was all right."),
        ("Note to self: sleep", Prompt.REST, "Note to self: sleep"),
    ],
)  # fmt: skip
def test_headings_and_labels_say_where_words_belong(text: str, prompt: Prompt, words: str) -> None:
    assert read_notes(text) == Record(notes={prompt: words})


def test_notes_written_in_a_hurry_are_understood() -> None:
    record = read_notes(HURRIED)
    assert [one.text for one in record.questions] == [
        "why leaving Brackwater??",
        "What would your first month look like?",
    ]
    assert [one.went for one in record.questions] == [2, None]
    assert [one.said for one in record.questions] == [
        "wanted new tools",
        "listen, then map the data. Went ok",
    ]
    assert people_in(record.notes[Prompt.PEOPLE]) == (
        Named("Ines Halloran", "studio"),
        Named("Tom B.", "HR"),
    )
    assert record.intention.cue == "they ask about leaving"


def test_a_question_to_oneself_below_a_label_stays_there() -> None:
    record = read_notes("Why: I was tired.\nWas I?\nI was.")
    assert record.questions == ()
    assert "Was I?" in record.notes[Prompt.WHY]


def test_a_second_plan_stays_a_note() -> None:
    record = read_notes("If they call, then I smile.\nIf they write, then I wait.")
    assert record.intention.said == "If they call, then I smile."
    assert record.notes == {Prompt.REST: "If they write, then I wait."}


def words_in(record: Record) -> list[str]:
    """Every word that a record holds."""
    texts = [*record.notes.values(), record.intention.cue, record.intention.then]
    texts += [text for one in record.questions for text in (one.text, one.said)]
    texts += [one.text for one in record.causes]
    return re.findall(r"[a-z]+", " ".join(texts).lower())


pieces = st.sampled_from(
    ["Questions", "People", "Weather", "wool", "Why us?", "went well", "# ", "## ", "- ", "1. ",
     ":", "?", "\n", "\n\n", "  ", "**", "(2/5)", "(badly)", "40 %", "If they ask, then I sing",
     "Causes:", "the plan", "A: ", "- [x] "],
)  # fmt: skip
CONSUMED = re.compile(
    r"(?i)questions|people|causes|the plan|went well|weather|\bx\b|badly|\ba\b|\bif\b|\bthen\b"
)


@given(st.lists(pieces, max_size=25).map("".join))
def test_no_word_of_any_notes_is_lost(text: str) -> None:
    found = words_in(read_notes(text))
    for word in re.findall(r"[a-z]+", CONSUMED.sub(" ", text).lower()):
        assert any(word in one for one in found)


@given(st.text())
def test_any_text_can_be_read_as_notes(text: str) -> None:
    record = read_notes(text)
    assert bool(record) or not re.search(r"\w", text) or "#" in text or ":" in text or "*" in text


# Notes out ------------------------------------------------------------------------------------

lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
hostile = st.sampled_from(
    ["# Debrief: x", "## People", "### Why?", "\\# a", "- [x] The budget went, or hiring stopped",
     "- If: x", "- How it went: 2 of 5, not so well", "- To practice", "", "  ## indented"],
)  # fmt: skip
texts = st.lists(lines | hostile, max_size=5).map(lambda all_lines: tidy("\n".join(all_lines)))
one_line = (lines | hostile).map(on_one_line)
PLAIN = sorted(
    set(HEADINGS) - {Prompt.QUESTION, Prompt.CAUSE, Prompt.IF_THEN}, key=lambda one: one.value
)
records = st.builds(
    Record,
    notes=st.dictionaries(st.sampled_from(PLAIN), texts.filter(bool)),
    ticked=st.lists(st.sampled_from(OtherReason), unique=True).map(tuple),
    questions=st.lists(
        st.builds(
            Asked, one_line.filter(bool), st.none() | st.integers(1, 5), texts, st.booleans()
        ),
        max_size=3,
    ).map(tuple),
    causes=st.lists(
        st.builds(Cause, one_line.filter(bool), st.integers(0, 100), st.none() | st.booleans()),
        max_size=3,
    ).map(tuple),
    intention=st.builds(
        Intention, one_line, one_line, st.none() | st.dates(date(1970, 1, 1)), one_line
    ),
)


@given(records, lines)
def test_a_debrief_comes_back_from_markdown_as_it_was(record: Record, name: str) -> None:
    assert from_markdown(as_markdown(record, name=name)) == record
    assert read_notes(as_markdown(record, name=name)) == record


def test_what_somebody_adds_to_a_file_of_ours_stays_as_a_note() -> None:
    text = as_markdown(Record(questions=(Asked("Why us?"),)), name="Brackwater Mills")
    record = read_notes(f"{text}\n## Weather\n\nIt rained.\n")
    assert record.questions == (Asked("Why us?"),)
    assert record.notes == {Prompt.REST: "Weather\n\nIt rained."}


@given(st.text())
def test_any_file_that_looks_like_ours_can_be_read(text: str) -> None:
    assert isinstance(read_notes(f"# Debrief: x\n{text}"), Record)
