"""A letter whose sender is in doubt says so on its page, in a line."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from tests.factories import NOW, a_letter, received

from kindregards.core.letters.sender_check import WHAT_TO_DO
from kindregards.web.models import Letter, LetterSource, User


def page(client: Client, letter: Letter) -> str:
    answer = client.get(f"/letters/{letter.pk}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_forged_letter_says_so(client: Client, owner: User) -> None:
    header = "mx.home.example; dmarc=fail (p=reject) header.from=brackwater.example"
    letter = received(owner, a_letter(Authentication_Results=header))
    assert "could not confirm that it comes from brackwater.example" in page(client, letter)


def test_the_check_needs_the_bytes_of_the_letter_only_where_it_was_kept_before(
    client: Client, owner: User
) -> None:
    header = "mx.home.example; dmarc=fail (p=reject) header.from=brackwater.example"
    letter = received(owner, a_letter(Authentication_Results=header))
    LetterSource.objects.update(raw=b"")
    assert "could not confirm that it comes from brackwater.example" in page(client, letter)
    older = received(owner, a_letter(Authentication_Results=header, message_id="older"))
    Letter.objects.filter(pk=older.pk).update(sender_headers=None)
    assert "could not confirm that it comes from brackwater.example" in page(client, older)


def test_headers_that_no_database_takes_are_kept_without_what_it_refuses(owner: User) -> None:
    raw = a_letter(Authentication_Results="mx.home.example; dmarc=pass here")
    letter = received(owner, raw.replace(b"pass here", b"pass \xff\x00here"))
    letter.refresh_from_db()
    assert letter.sender_headers is not None
    assert letter.sender_headers["authentication-results"].startswith("mx.home.example; dmarc=pass")
    assert "\0" not in letter.sender_headers["authentication-results"]


def test_an_ordinary_letter_says_nothing_of_it(client: Client, owner: User) -> None:
    assert WHAT_TO_DO not in page(client, received(owner, a_letter()))


def test_a_look_alike_of_an_employer_that_wrote_before_is_told_and_the_first_is_not(
    client: Client, owner: User
) -> None:
    first = received(owner, a_letter(sent_at=NOW - timedelta(days=3)))
    second = received(
        owner,
        a_letter(
            message_id="two",
            sender="Ines Halloran <ines.halloran@brackwaler.example>",
            sent_at=NOW - timedelta(days=1),
        ),
    )
    assert "looks like brackwater and is not." in page(client, second)
    assert WHAT_TO_DO not in page(client, first)


def test_a_letter_in_doubt_offers_no_answer_to_its_sender_before_that_is_found_out(
    client: Client, owner: User
) -> None:
    header = "mx.home.example; dmarc=fail (p=reject) header.from=brackwater.example"
    told = page(client, received(owner, a_letter(Authentication_Results=header)))
    assert "First find out whether it is really from them." in told
    assert 'class="button" type="submit">Draft the letter' not in told
    assert "Start with the facts" not in told
