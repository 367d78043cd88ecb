"""Quoted history is set apart, wrapped lines are joined, and the letter stays whole."""

from __future__ import annotations

import pytest

from kindregards.core.letters.cleaning import clean
from kindregards.core.letters.history import own_words, split_history

OWN = "Dear Mara,\n\nplease come in on Friday.\n\nIda"
OLD = "We regret to inform you that you were not selected."

HISTORIES = {
    "quote marks": f"{OWN}\n\n> {OLD}\n> Ida",
    "on … wrote": f"{OWN}\n\nOn Mon, 5 Oct 2026 at 10:00, Ida <i@x.example> wrote:\n> {OLD}",
    "on … wrote over two lines": (
        f"{OWN}\n\nOn Mon, 5 Oct 2026 at 10:00,\nIda Brenner <ida@x.example> wrote:\n{OLD}"
    ),
    "am … schrieb": f"{OWN}\n\nAm 5. Oktober 2026 um 10:00 schrieb Ida Brenner:\n{OLD}",
    "le … a écrit": f"{OWN}\n\nLe 5 octobre 2026 à 10:00, Ida a écrit :\n{OLD}",
    "el … escribió": f"{OWN}\n\nEl 5 de octubre de 2026, Ida escribió:\n{OLD}",
    "il … ha scritto": f"{OWN}\n\nIl giorno 5 ottobre 2026 Ida ha scritto:\n{OLD}",
    "op … schreef": f"{OWN}\n\nOp 5 oktober 2026 om 10:00 schreef Ida:\n{OLD}",
    "a Polish day … napisał": f"{OWN}\n\npon., 5 paź 2026 o 10:00 Ida napisał(a):\n{OLD}",
    "a Finnish day … kirjoitti": f"{OWN}\n\nma 5. lokak. 2026 klo 10.00 Ida kirjoitti:\n{OLD}",
    "original message": f"{OWN}\n\n-----Original Message-----\nFrom: Ida\n{OLD}",
    "ursprüngliche Nachricht": f"{OWN}\n\n-----Ursprüngliche Nachricht-----\nVon: Ida\n{OLD}",
    "Outlook block": f"{OWN}\n\nFrom: Ida\nSent: Monday\nTo: Mara\nSubject: No\n\n{OLD}",
    "German Outlook block": f"{OWN}\n\nVon: Ida\nGesendet: Mo\nAn: Mara\nBetreff: Nein\n\n{OLD}",
    "rule and Outlook block": f"{OWN}\n\n________________\nFrom: Ida\nSent: Monday\n\n{OLD}",
}


@pytest.mark.parametrize("text", HISTORIES.values(), ids=HISTORIES.keys())
def test_quoted_history_is_not_part_of_the_letter(text: str) -> None:
    assert clean(text) == OWN


FORWARDS = {
    "gmail": f"------ Forwarded message ------\nFrom: Ida <i@x.example>\nSubject: No\n\n{OLD}",
    "apple": f"Begin forwarded message:\n\nFrom: Ida <i@x.example>\nSubject: No\n\n{OLD}",
    "outlook": f"From: Ida <i@x.example>\nSent: Monday\nTo: Mara\nSubject: No\n\n{OLD}",
    "with FYI": f"FYI\n\n-----Original Message-----\nFrom: Ida <i@x.example>\nSubject: No\n\n{OLD}",
    "all of it quoted": f"> {OLD}",
}


@pytest.mark.parametrize("text", FORWARDS.values(), ids=FORWARDS.keys())
def test_a_forwarded_letter_is_the_letter_where_nothing_is_written_above(text: str) -> None:
    assert clean(text) == OLD


def test_the_lines_of_a_forwarded_letter_are_kept_by_meaning() -> None:
    assert split_history(FORWARDS["gmail"])[1] == {"from": "Ida <i@x.example>", "subject": "No"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("we’re “glad”", 'we\'re "glad"'),
        ("a\u00a0b\u200bc\u00add", "a bcd"),
        ("a  b \n c", "a b\nc"),
        ("a\r\nb\r\n\r\n\r\n\r\nc", "a\nb\n\nc"),
        ("e\u0301", "é"),
    ],
    ids=["curly quotes", "invisible characters", "blanks", "line ends", "composed"],
)
def test_characters_are_folded(text: str, read: str) -> None:
    assert clean(text) == read


def test_lines_wrapped_at_a_width_are_joined_and_short_ones_stay() -> None:
    text = (
        "Thank you for the time that you took to come to us and to talk with all\n"
        "of us about the work of the coming year.\n"
        "\n"
        "Kind regards,\nIda Brenner\nHead of Planning"
    )
    assert clean(text) == (
        "Thank you for the time that you took to come to us and to talk with all "
        "of us about the work of the coming year.\n\nKind regards,\nIda Brenner\nHead of Planning"
    )


def test_the_signature_stays_readable() -> None:
    text = "Dear Mara,\n\nno.\n\nKind regards,\nIda Brenner\n-- \nHalden GmbH"
    assert "Ida Brenner" in clean(text)
    assert "Halden GmbH" in clean(text)


def test_a_word_of_who_passed_it_on_is_not_the_letter() -> None:
    passed_on = f"Sorry, love. Shall I call tonight?\n\n{FORWARDS['gmail']}"
    assert own_words(passed_on) == own_words(FORWARDS["gmail"])


def test_a_long_letter_above_what_it_passes_on_is_the_letter() -> None:
    above = "We have looked at what my colleague wrote to you in the spring. " * 6
    assert own_words(f"{above}\n\n{FORWARDS['gmail']}") == above.strip()
