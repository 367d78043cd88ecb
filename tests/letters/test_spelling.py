"""Words without accents, with written-out umlauts and with elided articles are read alike."""

from __future__ import annotations

import pytest

from kindregards.core.letters import pasted_letter, read_letter
from kindregards.core.letters.reading import Kind
from kindregards.core.letters.spelling import Spelling


@pytest.mark.parametrize(
    ("language", "written", "plain"),
    [
        ("de", "grüße für größere", "gruesse fuer groessere"),
        ("fr", "l'entretien d'été qu'à", "entretien ete a"),
        ("it", "dell'azienda un'altra città", "azienda altra citta"),
        ("es", "próximo año", "proximo ano"),
        ("pl", "przykro słowo", "przykro slowo"),
    ],
)
def test_a_word_has_one_plain_spelling(language: str, written: str, plain: str) -> None:
    spelling = Spelling(language)
    assert spelling.plain(written) == plain
    assert spelling.plain(plain) == plain


def test_a_compound_is_compared_by_its_last_part_unless_a_wording_holds_it() -> None:
    spelling = Spelling("de", "erfahrung test", ["(einstellungstest|zeit) .. erfahrung"])
    assert spelling["leitungserfahrung"] == "erfahrung"
    assert spelling["einstellungstest"] == "einstellungstest"
    assert spelling["protest"] == "protest"


def test_a_german_refusal_without_umlauts_is_read() -> None:
    reading = read_letter(
        pasted_letter(
            "Sehr geehrte Frau Anders,\n\nvielen Dank fuer Ihre Bewerbung. Leider koennen wir Sie"
            " im weiteren Verfahren nicht beruecksichtigen.\n\nMit freundlichen Gruessen\n"
            "Personalbuero"
        )
    )
    assert reading.language == "de"
    assert reading.kind is Kind.REJECTION


def test_a_french_refusal_without_accents_is_read() -> None:
    reading = read_letter(
        pasted_letter(
            "Bonjour,\n\nMalgre l'interet de votre candidature, j'ai le regret de vous informer"
            " qu'elle n'a pas ete retenue.\n\nCordialement,\nLe service recrutement"
        )
    )
    assert reading.language == "fr"
    assert reading.kind is Kind.REJECTION
