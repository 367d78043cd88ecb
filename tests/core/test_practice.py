"""What a recording and its words tell, the rubric, the starter set, lists taken in."""

from __future__ import annotations

import io
import math
import wave
from array import array
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.practice import QuestionKind
from kindregards.core.practice.asked import MOST, AskedOnce, questions_in
from kindregards.core.practice.critique import about_person, differences
from kindregards.core.practice.progress import WEEKS, Week, weeks_of
from kindregards.core.practice.rubric import known_ratings, level_of, rubric
from kindregards.core.practice.sound import RATE, heard
from kindregards.core.practice.speaking import Part, spoken
from kindregards.core.practice.starter import GENERAL, starter_set
from kindregards.core.practice.wav import HEADING_BYTES, NotARecording, heading, samples_of

ANSWER = """\
Um, last winter our cutting room was late with every order. My job was to find out why. So I \
counted what lay about, and then I asked the cutters what they waited for. I wrote a list of it \
and went through it with them each morning. In the end nine of ten orders went out in time.
"""


def voice(seconds: float, *, loud: float = 0.3) -> array[int]:
    """Something as loud as a voice: a tone that swells four times a second."""
    count = round(seconds * RATE)
    return array(
        "h",
        (
            int(32000 * loud * math.sin(number / 12) * (0.6 + 0.4 * math.sin(number / 640)))
            for number in range(count)
        ),
    )


def room(seconds: float, *, loud: int = 30) -> array[int]:
    """The hum of a room in which nobody speaks."""
    chance = Random(7)
    return array("h", (chance.randint(-loud, loud) for _ in range(round(seconds * RATE))))


def joined(*pieces: array[int]) -> bytes:
    whole = array("h")
    for piece in pieces:
        whole.extend(piece)
    return whole.tobytes()


# The sound --------------------------------------------------------------------------------------


def test_pauses_between_words_are_counted_and_the_silence_around_is_not() -> None:
    pieces = [room(3), voice(4), room(2.5), voice(5), room(1), voice(2), room(4.2), voice(1)]
    sound = heard(joined(*pieces, room(6)))
    assert (sound.pauses, sound.longest_pause, sound.trouble) == (2, 4.2, "")
    assert sound.length == pytest.approx(28.7, abs=0.01)
    assert sound.speech == pytest.approx(19.7, abs=0.1)


def test_a_click_in_a_pause_does_not_end_it() -> None:
    sound = heard(joined(voice(2), room(2), voice(0.02), room(2), voice(2)))
    assert sound.pauses == 1
    assert sound.longest_pause == pytest.approx(4.0, abs=0.1)


@pytest.mark.parametrize(
    ("pcm", "said"),
    [
        (b"", "no sound"),
        (bytes(RATE * 4), "too quiet"),
        (joined(room(5, loud=20)), "too quiet"),
        (joined(room(5, loud=9000)), "too much noise"),
        (joined(array("h", [32767, -32768] * RATE)), "breaks up"),
    ],
)
def test_a_sound_that_is_too_poor_is_told_to_be(pcm: bytes, said: str) -> None:
    sound = heard(pcm)
    assert said in sound.trouble
    assert (sound.pauses, sound.longest_pause) == (0, 0.0)


@given(st.binary(max_size=4000))
def test_any_bytes_are_heard_without_an_error(pcm: bytes) -> None:
    assert heard(pcm).length == len(pcm) // 2 / RATE


def as_wav(samples: array[int], *, rate: int = RATE, channels: int = 1, width: int = 2) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setframerate(rate)
        file.setnchannels(channels)
        file.setsampwidth(width)
        for one in samples:
            told = (one << 16 >> (16 - 8 * (width - 2))) if width > 2 else one
            piece = told.to_bytes(width, "little", signed=True)
            file.writeframesraw(piece * channels)
    return out.getvalue()


@pytest.mark.parametrize(
    ("rate", "channels", "width"), [(16000, 1, 2), (48000, 2, 2), (44100, 1, 2), (16000, 2, 3)]
)
def test_a_wav_file_of_any_usual_kind_becomes_samples(rate: int, channels: int, width: int) -> None:
    samples = array("h", (round(9000 * math.sin(n * 400 / rate)) for n in range(rate)))
    kept = array(
        "h", samples_of(io.BytesIO(as_wav(samples, rate=rate, channels=channels, width=width)))
    )
    assert len(kept) == RATE
    assert kept[4000] == pytest.approx(9000 * math.sin(4000 * 400 / RATE), abs=400)


def test_what_is_kept_is_a_wav_file_that_others_open() -> None:
    samples = voice(0.5)
    file = heading(len(samples) * 2) + samples.tobytes()
    assert len(heading(0)) == HEADING_BYTES
    with wave.open(io.BytesIO(file)) as sound:
        assert (sound.getframerate(), sound.getnframes()) == (RATE, len(samples))


@pytest.mark.parametrize("raw", [b"", b"RIFF", b"MZ" * 400, b"RIFF\x00\x00\x00\x00WAVEfmt "])
def test_what_is_no_recording_is_refused_with_a_sentence(raw: bytes) -> None:
    with pytest.raises(NotARecording, match="not a recording"):
        samples_of(io.BytesIO(raw))


def test_two_hours_are_refused_with_a_sentence() -> None:
    with pytest.raises(NotARecording, match="15 minutes"):
        samples_of(io.BytesIO(as_wav(array("h", [0] * (7200 * 8)), rate=8)))


# The words --------------------------------------------------------------------------------------


def test_pace_and_fillers_are_those_of_a_minute() -> None:
    text = ANSWER + "Er, you know, that helped."
    told = spoken(text, 30)
    assert told.words == len(text.split())
    assert (told.a_minute, told.fillers) == (told.words * 2, 6.0)


def test_each_sentence_is_told_for_what_it_is() -> None:
    told = spoken(ANSWER, None)
    assert [part for part, _said in told.parts] == [
        Part.SITUATION,
        Part.AIM,
        Part.ACTION,
        Part.ACTION,
        Part.RESULT,
    ]
    assert told.share == pytest.approx(41 / 58, abs=0.02)
    assert told.a_minute is None


def test_a_few_words_are_too_few_to_tell() -> None:
    told = spoken("I sew coats.", 2)
    assert (told.words, told.a_minute, told.fillers, told.share) == (3, None, None, None)


@given(st.text(max_size=400))
def test_any_words_are_read_without_an_error(text: str) -> None:
    assert spoken(text, 10).words >= 0


# The rubric and the questions -------------------------------------------------------------------


def test_the_rubric_has_five_anchors_for_each_competency() -> None:
    assert [len(one.anchors) for one in rubric()] == [5] * len(rubric())
    assert len({anchor for one in rubric() for anchor in one.anchors}) == 5 * len(rubric())


def test_no_anchor_speaks_of_the_person() -> None:
    assert not [one for kind in rubric() for one in kind.anchors if "you are" in one.lower()]


@pytest.mark.parametrize(
    ("ratings", "level"), [({}, None), ({"point": 1, "doing": 2}, 2), ({"point": 4}, 4)]
)
def test_each_competency_weighs_the_same(ratings: dict[str, int], level: int | None) -> None:
    assert level_of(ratings) == level


def test_only_levels_of_known_competencies_are_kept() -> None:
    given = {"point": "5", "doing": "6", "charm": "3", "order": "", "result": "two"}
    assert known_ratings(given) == {"point": 5}


def test_the_starter_set_has_forty_questions_and_each_says_what_it_wants() -> None:
    questions = [one for family in starter_set() for one in family.questions]
    assert len(questions) >= 40
    assert len({one.text for one in questions}) == len(questions)
    assert all(one.wants for one in questions)
    assert {one.kind for one in questions} == set(QuestionKind)
    assert starter_set()[0].name == GENERAL


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You are arrogant when you speak of them.", "You are arrogant"),
        ("It seems you’re a bit shy.", "you’re a bit shy"),
        ("You always ramble.", "You always ramble"),
        ("She is brilliant.", "She is brilliant"),
        ("You were telling what the others did for a minute.", ""),
        ("The first sentence answered it; then I lost the thread.", ""),
        ("Say what you did before what they did.", ""),
    ],
)
def test_words_about_the_person_are_told_from_words_about_the_answer(text: str, found: str) -> None:
    assert about_person(text) == found


def test_where_two_differ_is_told_widest_first() -> None:
    own, theirs = {"point": 4, "doing": 4, "order": 3}, {"point": 3, "doing": 1, "result": 2}
    found = differences(own, theirs)
    assert [(one.competency.name, one.own, one.theirs) for one in found] == [
        ("doing", 4, 1),
        ("point", 4, 3),
    ]


def test_a_week_counts_each_question_once_by_its_last_rating() -> None:
    monday = date(2026, 11, 16)
    ratings = [
        (1, monday - timedelta(days=3), 2),
        (2, monday - timedelta(days=2), 4),
        (1, monday, 3),
        (1, monday + timedelta(days=6), 5),
        (3, monday + timedelta(days=7), 1),
    ]
    assert weeks_of(ratings, monday + timedelta(days=9)) == [
        Week(monday - timedelta(days=1), good=1, halfway=0, shaky=1, rated=2),
        Week(monday + timedelta(days=6), good=2, halfway=0, shaky=0, rated=2),
        Week(monday + timedelta(days=13), good=2, halfway=0, shaky=1, rated=1),
    ]


def test_ratings_of_long_ago_count_and_their_weeks_are_not_shown() -> None:
    ratings = [(1, date(2024, 1, 1), 5)]
    weeks = weeks_of(ratings, date(2026, 11, 23))
    assert [(week.good, week.rated) for week in weeks] == [(1, 0)] * WEEKS
    assert not weeks_of([], date(2026, 11, 23))


def test_a_list_is_taken_a_line_each_without_its_marks_and_doubles() -> None:
    text = "1. Why us?\n\n- Tell me about a coat.\n(3) why  us\n• When could you begin?\n"
    assert [one.text for one in questions_in(text)] == [
        "Why us?",
        "Tell me about a coat.",
        "When could you begin?",
    ]


def test_a_table_brings_what_is_known_of_each_question() -> None:
    text = "\ufeffQuestion;Type;Company;Rating\nWhy us?;Motivation;Marrow;2\nA case;case;;9\n"
    assert questions_in(text) == [
        AskedOnce("Why us?", QuestionKind.MOTIVATION, "Marrow", 2),
        AskedOnce("A case", QuestionKind.CASE),
    ]


@given(st.text(max_size=600))
def test_any_text_gives_questions_or_none(text: str) -> None:
    assert all(one.text for one in questions_in(text))


def test_a_list_is_not_taken_without_end() -> None:
    assert len(questions_in("\n".join(f"Question {n}?" for n in range(MOST + 5)))) == MOST
