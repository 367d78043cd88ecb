"""What there is to hear: facts that hold together, and pieces that keep to their measure."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.speeches.aloud import LONGEST_SENTENCE, paragraphs, sentence
from kindregards.core.speeches.audio import audio_type
from kindregards.core.speeches.catalogue import catalogue, pieces, speech_of
from kindregards.core.speeches.speech import Direction, Evening, Speech, SpeechKind

by_key = pytest.mark.parametrize("piece", pieces(), ids=lambda piece: piece.key)
TALKS = [one for one in catalogue() if one.kind is SpeechKind.TALK]
TEXTS = [one for one in catalogue() if one.kind is SpeechKind.TEXT]


def test_every_key_is_there_once() -> None:
    assert max(Counter(one.key for one in catalogue()).values()) == 1
    assert speech_of(catalogue()[0].key) == catalogue()[0]
    assert speech_of("own:nothing") is None


def test_there_are_pieces_for_many_evenings_and_in_every_direction() -> None:
    english = [one for one in pieces() if one.language == "en"]
    german = [one for one in pieces() if one.language == "de"]
    assert len(english) >= 12
    assert len(german) >= 6
    assert {one.direction for one in english} == set(Direction)
    assert {evening for one in english for evening in one.evenings} == set(Evening)


@by_key
def test_a_piece_takes_one_to_four_minutes(piece: Speech) -> None:
    assert 150 <= len(piece.text.split()) <= 550
    assert piece.minutes is not None
    assert 1 <= piece.minutes <= 4


@by_key
def test_a_piece_has_paragraphs_and_no_raised_voice(piece: Speech) -> None:
    assert 5 <= len(paragraphs(piece.text)) <= 12
    assert "!" not in piece.text
    assert "'" not in piece.text
    assert '"' not in piece.text


@by_key
def test_a_piece_says_nothing_of_who_hears_it(piece: Speech) -> None:
    quoted = re.sub(r"[\"“»][^\"”«]*[\"”«]", "", piece.text)
    assert not re.search(r"\b(you|your|du|dein|deine|Ihr|Ihre)\b", quoted)


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.key)
def test_a_talk_is_facts_and_an_address_only(talk: Speech) -> None:
    assert talk.site == "ted.com"
    assert talk.speaker
    assert talk.title
    assert talk.year is not None
    assert talk.minutes is not None
    assert 3 <= talk.minutes <= 23
    assert "may be linked" in talk.rights
    assert not talk.text


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.key)
def test_an_old_speech_says_why_it_belongs_to_everybody(text: Speech) -> None:
    assert "public domain in the United States" in text.rights
    assert text.year is not None
    assert text.year < 1931
    assert not text.text
    assert text.length == ""


def test_five_talks_suit_a_first_bad_evening() -> None:
    assert sum(one.is_first for one in TALKS) == 5


@given(st.text(max_size=3000))
def test_read_aloud_no_word_is_lost_and_no_sentence_is_too_long(text: str) -> None:
    every = [one for paragraph in paragraphs(text) for one in paragraph]
    said = "".join("".join(one.text for one in every).split())
    assert said == "".join(text.split())
    assert [one.number for one in every] == list(range(len(every)))
    assert all(0 < len(one.text) <= LONGEST_SENTENCE for one in every)


def test_a_sentence_is_found_by_its_number() -> None:
    assert sentence("One. Two.\n\nThree.", 2) == "Three."
    assert sentence("One.", 1) is None
    assert sentence("One.", -1) is None


MP3_FRAME = b"\xff\xfb\x90\x00" + b"\0" * 413
SOUNDS = {
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "audio/ogg": b"OggS\0\x02",
    "audio/flac": b"fLaC\0\0\0\x22",
    "audio/mp4": b"\0\0\0\x20ftypM4A \0\0",
    "audio/mpeg": MP3_FRAME * 2,
}


@pytest.mark.parametrize(("expected", "start"), SOUNDS.items(), ids=SOUNDS)
def test_sound_is_known_by_its_content(expected: str, start: bytes) -> None:
    assert audio_type(start) == expected


def test_an_mp3_with_a_tag_is_known_by_the_tag() -> None:
    assert audio_type(b"ID3\x04\0\0\0\0\x02\x01" + b"\0" * 300) == "audio/mpeg"


@pytest.mark.parametrize(
    "start",
    [b"", b"<html><audio>", b"%PDF-1.7", MP3_FRAME, b"\xff\xfb", b"RIFF\0\0\0\0AVI ", b"ID3\x04"],
)
def test_what_is_no_sound_is_not_taken_for_it(start: bytes) -> None:
    assert audio_type(start) == ""


@given(st.binary(max_size=2000))
def test_any_bytes_can_be_looked_at(start: bytes) -> None:
    assert audio_type(start) in {*SOUNDS, ""}
