"""Search in all letters: words and their beginnings, accents folded, one owner's letters alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import ACKNOWLEDGED, FORM, INTERVIEWED, NOW, a_letter, an_owner, received

from kindregards.web.letters.services import read_again
from kindregards.web.models import Letter, User
from kindregards.web.plan.services import correct_letter
from kindregards.web.word_index import TABLE, TRIGGERS, drop_words, keep_words

Put = Callable[..., Letter]

GERMAN = """\
Guten Tag Ada,

vielen Dank für Ihre Bewerbung als Datenanalystin. Ihre Prüfung der Lagerbestände hat uns gefallen.

Leider haben wir uns anders entschieden.

Mit freundlichen Grüßen
Jörg Müller
"""


@pytest.fixture
def put(owner: User) -> Put:
    """Let a letter come in, each a day after the one before."""
    count = iter(range(1000))

    def _put(words: str, **known: str) -> Letter:
        number = next(count)
        at = NOW + timedelta(days=number)
        raw = a_letter(words, sent_at=at, message_id=f"n{number}", **known)
        return received(owner, raw, now=at)

    return _put


def found(client: Client, words: str, **more: str) -> list[Letter]:
    return [hit.letter for hit in client.get("/letters/", {"q": words, **more}).context["hits"]]


def test_letters_with_the_words_are_found_newest_first(put: Put, client: Client) -> None:
    first, _other, last = put(INTERVIEWED), put(FORM), put(INTERVIEWED, role="Planner")
    assert found(client, "winter coats") == [last, first]
    assert found(client, "coats planner") == [last]
    assert found(client, "coats nowhere") == []


def test_the_beginning_of_a_word_is_enough(put: Put, client: Client) -> None:
    letter = put(INTERVIEWED)
    assert found(client, "wint") == [letter]
    assert found(client, "inter") == [letter]  # interview; not winter alone
    assert found(client, "oats") == []


@pytest.mark.parametrize("words", ["Prüfung", "prufung", "PRÜF", "pru\u0308fung", "jorg muller"])
def test_accents_and_case_do_not_matter(put: Put, client: Client, words: str) -> None:
    letter = put(GERMAN, sender="Jörg Müller <jm@brackwater.example>")
    put(FORM)
    assert found(client, words) == [letter]


@pytest.mark.parametrize("words", ["Grüße", "grüsse", "GRUSSE", "GRÜẞE"])
def test_eszett_and_two_s_are_the_same(put: Put, client: Client, words: str) -> None:
    one = put(INTERVIEWED + "\nViele Grüße\n")
    other = put(INTERVIEWED + "\nViele Grüsse\n")
    put(FORM)
    assert found(client, words) == [other, one]


def test_an_index_of_an_earlier_version_is_made_anew(put: Put, client: Client) -> None:
    letter = put(INTERVIEWED + "\nViele Grüße\n")
    # An index is made outside of a transaction's own rows, as it is when the program starts.
    connection.check_constraints()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {TRIGGERS[0]}")
            cursor.execute(
                f"CREATE TRIGGER {TRIGGERS[0]} AFTER INSERT ON kindregards_letter"
                " BEGIN SELECT 1; END"
            )
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')")
        else:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION kindregards_plain(words text) RETURNS text"
                " LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$ SELECT lower(words) $$"
            )
            cursor.execute(f"REINDEX INDEX {TABLE}")
    assert found(client, "grüsse") == []
    keep_words()
    assert found(client, "grüsse") == [letter]


def test_names_and_subjects_are_searched_too(put: Put, client: Client) -> None:
    letter = put(ACKNOWLEDGED, Subject="About the loom", sender="Wanda Ko <w@x.example>")
    assert found(client, "loom") == [letter]
    assert found(client, "wanda") == [letter]


@pytest.mark.parametrize(
    "words", ['"', "'; --", "a* OR b", "NEAR(", "(", "winter AND", "%", "\x00", "_", "&|!:*", "-x"]
)
def test_what_is_typed_is_never_a_command(put: Put, client: Client, words: str) -> None:
    put(INTERVIEWED)
    assert client.get("/letters/", {"q": words}).status_code == 200


def test_the_sentence_is_shown_with_the_words_marked(put: Put, client: Client) -> None:
    put(INTERVIEWED)
    text = " ".join(client.get("/letters/?q=coats").content.decode().split())
    assert "It was a pleasure to hear about your work on the winter <mark>coats</mark>." in text


def test_what_a_letter_says_is_shown_as_text(put: Put, client: Client) -> None:
    put("Dear Ada,\n\nwe have received your <script>application</script> with thanks.\n")
    page = client.get("/letters/?q=received").content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>application" not in page


def test_somebody_elses_letters_are_not_found(put: Put) -> None:
    put(INTERVIEWED)
    other = Client()
    other.force_login(an_owner("ben"))
    assert found(other, "coats") == []
    assert "No letter has all of these words" in other.get("/letters/?q=coats").content.decode()


def test_a_letter_that_is_removed_or_corrected_is_found_as_it_is_now(
    put: Put, client: Client
) -> None:
    letter = put(INTERVIEWED)
    correct_letter(letter=letter, changes={"employer": "Larkfield"}, now=NOW)
    assert found(client, "larkfield") == [letter]
    read_again(letter=letter)
    assert found(client, "coats larkfield") == [letter]
    client.post(f"/letters/{letter.pk}/remove")
    assert found(client, "coats") == []


def test_a_piece_is_given_while_somebody_types(put: Put, client: Client) -> None:
    put(INTERVIEWED)
    piece = client.get("/letters/?q=coats", headers={"HX-Request": "true"}).content.decode()
    whole = client.get(
        "/letters/?q=coats",
        headers={"HX-Request": "true", "HX-History-Restore-Request": "true"},
    ).content.decode()
    assert "<mark>coats</mark>" in piece
    assert "<html" not in piece
    assert "<html" in whole


def test_fifty_letters_found_take_no_more_questions_than_one(put: Put, client: Client) -> None:
    put(INTERVIEWED)
    with CaptureQueriesContext(connection) as for_one:
        found(client, "coats")
    owner = User.objects.get()
    Letter.objects.bulk_create(
        Letter(
            owner=owner,
            message_id=f"<{number}>",
            digest=str(number),
            text="Thank you for the winter coats.",
            sent_at=NOW,
            arrived_at=NOW,
            as_read={},
            reading={},
            kind="other",
            told="",
            probability=1.0,
        )
        for number in range(120)
    )
    with CaptureQueriesContext(connection) as for_many:
        assert len(found(client, "coats")) == 50
    assert len(for_many) == len(for_one)
    assert len(found(client, "coats", page="3")) == 21


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index by itself")
def test_a_table_that_lost_its_triggers_gets_them_again(put: Put, client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {TRIGGERS[0]}")
    missed = put(INTERVIEWED)
    assert found(client, "coats") == []
    keep_words()
    assert found(client, "coats") == [missed]
    newer = put(INTERVIEWED)
    assert found(client, "coats thank") == [newer, missed]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL always has its index")
def test_words_are_found_without_the_table_too(put: Put, client: Client) -> None:
    letter = put(INTERVIEWED)
    put(FORM)
    with connection.cursor() as cursor:
        for trigger in TRIGGERS:
            cursor.execute(f"DROP TRIGGER {trigger}")
        cursor.execute(f"DROP TABLE {TABLE}")
    assert found(client, "Winter coats") == [letter]
    keep_words()
    assert found(client, "winter coats") == [letter]


def test_the_index_can_be_taken_out_of_a_copy(tmp_path: Path) -> None:
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    copy.execute("CREATE TABLE kindregards_letter (id, subject, sender_name, text)")
    copy.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(text)")
    copy.execute(
        f"CREATE TRIGGER {TRIGGERS[0]} AFTER INSERT ON kindregards_letter BEGIN SELECT 1; END"
    )
    drop_words(copy)
    left = copy.execute("SELECT name FROM sqlite_master").fetchall()
    assert left == [("kindregards_letter",)]
    copy.close()
