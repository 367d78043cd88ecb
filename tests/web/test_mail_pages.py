"""The pages of mail accounts, as far as they need no server."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from tests.factories import a_mail_account, an_owner

from kindregards.web.mail.passwords import keep_password, password_of
from kindregards.web.models import Letter, MailAccount, User
from kindregards.web.schedule import enqueue_due

GIVEN = {
    "address": "ada@home.example",
    "user": "ada@home.example",
    "host": "127.0.0.1",
    "port": "1",
    "security": "tls",
    "password": "tulip",
}


def text(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def asked(client: Client, address: str) -> str:
    return text(client.get("/settings/mail/new", {"address": address}))


def test_the_address_tells_the_server_and_what_the_provider_wants(client: Client) -> None:
    page = asked(client, "ada@gmail.com")
    assert 'value="imap.gmail.com"' in page
    assert "app password" in page
    assert "2-step verification" in page


def test_a_provider_that_takes_no_passwords_is_told_at_once(client: Client) -> None:
    page = asked(client, "ada@outlook.com")
    assert "no longer lets other programs in" in page
    assert "Give letters as files" in page


def test_an_unknown_provider_gives_a_guess_that_says_so(client: Client) -> None:
    page = asked(client, "ada@brackwater.example")
    assert 'value="imap.brackwater.example"' in page
    assert "was made from your address and may be another one" in page


@pytest.mark.parametrize("address", ["", "ada", "ada@", "@home.example", "a b@c d.example"])
def test_what_is_no_address_is_told(client: Client, address: str) -> None:
    answer = client.get("/settings/mail/new", {"address": address})
    assert answer.status_code == 422
    assert "That is no e-mail address." in text(answer)


def test_a_server_that_does_not_answer_is_told_and_nothing_is_kept(client: Client) -> None:
    answer = client.post("/settings/mail/new", GIVEN)
    assert answer.status_code == 422
    assert "127.0.0.1 does not answer on port 1." in text(answer)
    assert "tulip" not in text(answer)
    assert not MailAccount.objects.exists()


def test_where_many_are_served_inside_hosts_are_refused(client: Client) -> None:
    with override_settings(MAIL_INSIDE_IS_OPEN=False):
        answer = client.post("/settings/mail/new", {**GIVEN, "port": "993"})
    assert "no mail server that can be reached from here" in text(answer)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"host": "not a host"}, "Write the name of the server"),
        ({"port": "0"}, "The port is a number up to 65535"),
        ({"port": "many"}, "The port is a number up to 65535"),
        ({"password": ""}, "Without the password there is no way in."),
    ],
)
def test_what_is_missing_is_told_beside_its_field(
    client: Client, changed: dict[str, str], sentence: str
) -> None:
    answer = client.post("/settings/mail/new", GIVEN | changed)
    assert answer.status_code == 422
    assert sentence in text(answer)


def test_folders_and_a_day_are_kept_and_the_account_is_due(client: Client, owner: User) -> None:
    account = a_mail_account(owner)
    inbox = account.folders.get()
    address = f"/settings/mail/{account.pk}/"
    client.post(address + "folders", {"folders": [inbox.pk], "since_date": "2026-01-05"})
    account.refresh_from_db()
    inbox.refresh_from_db()
    assert inbox.is_chosen
    assert str(account.since_date) == "2026-01-05"
    assert account.next_at is not None
    assert account.next_at <= timezone.now()
    assert 'value="2026-01-05"' in text(client.get(address))


def test_somebody_elses_folder_cannot_be_chosen(client: Client, owner: User) -> None:
    account = a_mail_account(owner)
    theirs = a_mail_account(an_owner("ben")).folders.get()
    answer = client.post(f"/settings/mail/{account.pk}/folders", {"folders": [theirs.pk]})
    assert answer.status_code == 422
    theirs.refresh_from_db()
    assert not theirs.is_chosen


def test_an_account_rests_and_goes_on(client: Client, owner: User) -> None:
    account = a_mail_account(owner)
    MailAccount.objects.update(begun_at=timezone.now(), needs_person=True)
    address = f"/settings/mail/{account.pk}/"
    client.post(address + "pause")
    assert "It rests until you resume it." in text(client.get(address))
    client.post(address + "resume")
    account.refresh_from_db()
    assert (account.is_paused, account.needs_person) == (False, False)
    assert "fetched in a moment" in text(client.get(address))


def test_removing_forgets_the_password_and_keeps_the_letters(
    client: Client, owner: User, letter: Letter
) -> None:
    account = a_mail_account(owner)
    keep_password(account=account, password="tulip")
    page = client.post(f"/settings/mail/{account.pk}/remove", follow=True)
    assert "its password forgotten. Its letters stay." in text(page)
    assert not MailAccount.objects.exists()
    assert Letter.objects.filter(pk=letter.pk).exists()


def test_no_page_shows_the_password(client: Client, owner: User) -> None:
    account = a_mail_account(owner)
    keep_password(account=account, password="tulip-of-march")
    assert password_of(account) == "tulip-of-march"
    for path in ("", "change", "standing"):
        assert "tulip" not in text(client.get(f"/settings/mail/{account.pk}/{path}"))


def test_how_far_a_fetch_is_stands_on_its_page(client: Client, owner: User) -> None:
    account, now = a_mail_account(owner), timezone.now()
    MailAccount.objects.update(
        begun_at=now, busy_at=now, busy_since_at=now - timedelta(minutes=2),
        done_count=2_000, of_count=6_000,
    )  # fmt: skip
    page = text(client.get(f"/settings/mail/{account.pk}/standing"))
    assert "2,000 of 6,000 looked at, about 4 minutes left." in page
    assert 'hx-trigger="every 2s"' in page


def test_work_is_only_put_in_line_where_an_account_is_due(owner: User) -> None:
    now = timezone.now()
    enqueue_due(now=now)
    account = a_mail_account(owner)
    later = now + timedelta(minutes=1)
    assert enqueue_due(now=later) == 0
    MailAccount.objects.filter(pk=account.pk).update(begun_at=now, next_at=now)
    assert enqueue_due(now=later) == 1


def test_the_day_of_the_last_letters_is_told_where_it_was_another(
    client: Client, owner: User
) -> None:
    account, now = a_mail_account(owner), timezone.now()
    fetched_at = now - timedelta(days=2)
    MailAccount.objects.update(
        begun_at=fetched_at, fetched_at=fetched_at, letter_count=1, is_paused=True
    )
    page = text(client.get(f"/settings/mail/{account.pk}/"))
    day = f"{fetched_at.day} {fetched_at:%B}"
    assert f"Fetched on {day} at {fetched_at:%H:%M}, 1 letter so far." in page
