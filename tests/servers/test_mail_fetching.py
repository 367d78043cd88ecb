"""Mail accounts against a real server: letters come once, whole, and what breaks off goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from tests.factories import a_letter, an_owner, rejection_bytes
from tests.reviewing import a_comment, a_file, a_reviewer, a_version_to_read
from tests.servers.accounts import NOW, an_account, clock
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.scissors import cutting
from tests.sources.made import letter

from kindregards.sources.imap_errors import NotOutside, NotVerified
from kindregards.web import worker
from kindregards.web.mail.passwords import keep_password
from kindregards.web.mail.queries import due_accounts
from kindregards.web.mail.services import (
    Connection,
    ask_server,
    choose_folders,
    claim_account,
    fetch_soon,
    pause_account,
    remove_account,
)
from kindregards.web.models import ImportRun, LeftOut, Letter, MailAccount, User
from kindregards.web.plan.bringing_in import bring_in
from kindregards.web.plan.mail_fetching import Harvest, fetch_account
from kindregards.web.reviews import text_for

pytestmark = pytest.mark.django_db
SHOP = b"""From: Haberdash <offers@haberdash.example>
Subject: Buttons at half price
List-Unsubscribe: <https://haberdash.example/leave>
Message-ID: <buttons@haberdash.example>

This week all horn buttons cost half. Come in and have a look.
"""


@pytest.fixture
def owner(db: None) -> User:
    return an_owner()


def fetched(account: MailAccount) -> Harvest:
    harvest = fetch_account(account=account, clock=clock)
    account.refresh_from_db()
    return harvest


def numbered(number: int) -> bytes:
    return rejection_bytes(f"no-{number}")


def mixed(number: int) -> bytes:
    """Mail as it comes: of twenty messages one is about an application."""
    return SHOP.replace(b"<buttons@", b"<buttons%d@" % number) if number % 20 else numbered(number)


def test_letters_come_in_and_ordinary_mail_stays_out(owner: User, dovecot: Dovecot) -> None:
    dovecot.deliver("alba", [numbered(1), SHOP, numbered(2)])
    account = an_account(owner, dovecot, "alba")
    harvest = fetched(account)
    assert (harvest.letters, harvest.new, harvest.rejections, harvest.left_out) == (2, 2, 2, 1)
    assert (account.letter_count, account.trouble, account.busy_at) == (2, "", None)
    assert account.fetched_at == NOW
    assert account.next_at == NOW + timedelta(hours=1)
    assert Letter.objects.filter(owner=owner).count() == 2


def test_only_what_is_new_comes_the_next_time(owner: User, dovecot: Dovecot) -> None:
    dovecot.deliver("benno", [numbered(1)])
    account = an_account(owner, dovecot, "benno")
    fetched(account)
    dovecot.deliver("benno", [numbered(2)])
    harvest = fetched(account)
    assert (harvest.new, harvest.known, account.letter_count) == (1, 0, 2)


def test_a_renumbered_folder_brings_no_letter_twice(owner: User, dovecot: Dovecot) -> None:
    dovecot.deliver("cleo", [numbered(1), numbered(2), SHOP])
    account = an_account(owner, dovecot, "cleo")
    fetched(account)
    before = account.folders.get(name="INBOX").uidvalidity
    dovecot.renumber("cleo")
    harvest = fetched(account)
    assert (harvest.letters, harvest.new, harvest.known) == (2, 0, 2)
    assert account.folders.get(name="INBOX").uidvalidity != before
    assert Letter.objects.count() == 2


def test_a_cut_connection_keeps_what_came_and_goes_on_from_there(
    owner: User, dovecot: Dovecot
) -> None:
    padding = b"\nWe wish you well. " * 300
    dovecot.deliver("dora", (mixed(number) + padding for number in range(600)))
    with cutting(dovecot.plain, 2_000_000) as port:
        account = an_account(owner, dovecot, "dora", port=port)
        harvest = fetched(account)
    came, looked_at = harvest.new, harvest.new + harvest.left_out
    assert "broke off" in harvest.trouble
    assert account.trouble == harvest.trouble
    assert not account.needs_person
    assert 0 < came < 30
    assert account.letter_count == came == Letter.objects.count()
    MailAccount.objects.update(port=dovecot.plain)
    account.refresh_from_db()
    rest = fetched(account)
    assert (rest.new + rest.left_out, rest.known, rest.trouble) == (600 - looked_at, 0, "")
    assert (account.letter_count, account.trouble) == (30, "")


def test_a_fetch_that_was_killed_loses_nothing_and_brings_nothing_twice(
    owner: User, dovecot: Dovecot
) -> None:
    dovecot.deliver("egon", (mixed(number) for number in range(260)))
    account = an_account(owner, dovecot, "egon")

    class KilledError(Exception):
        pass

    seen: Iterator[int] = iter(range(260))

    def kill_after_150(_one: object) -> None:
        if next(seen) == 150:
            raise KilledError

    with pytest.raises(KilledError):
        fetch_account(account=account, clock=clock, watch=kill_after_150)
    assert Letter.objects.count() == 10
    harvest = fetched(account)
    assert (harvest.new, harvest.known, harvest.left_out) == (3, 0, 57)


def test_nothing_is_marked_as_read(owner: User, dovecot: Dovecot) -> None:
    dovecot.deliver("frida", [numbered(1), SHOP, letter(3, "x" * 200_000)])
    before = dovecot.names("frida")
    fetched(an_account(owner, dovecot, "frida"))
    assert dovecot.names("frida") == before


def test_broken_mail_stops_nothing(owner: User, dovecot: Dovecot) -> None:
    broken = [
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; a=\xff\n",
        b"\x00\x01\x02 no headers at all \xff\xfe",
        b"Subject: =?utf-8?b?////?=\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"",
    ]
    dovecot.deliver("gero", [numbered(1), *broken, numbered(2)])
    harvest = fetched(an_account(owner, dovecot, "gero"))
    assert harvest.trouble == ""
    assert harvest.new >= 2
    assert harvest.letters + harvest.left_out + harvest.unreadable == 6


def test_a_wrong_password_waits_for_the_person(owner: User, dovecot: Dovecot) -> None:
    account = an_account(owner, dovecot, "hedi")
    keep_password(account=account, password="changed meanwhile")
    harvest = fetched(account)
    assert harvest.trouble.startswith("The password for hedi was not accepted.")
    assert account.needs_person
    assert account not in due_accounts(NOW + timedelta(days=2))


def test_a_server_that_cannot_prove_itself_is_refused(owner: User, dovecot: Dovecot) -> None:
    where = Connection("ilse", "localhost", dovecot.tls, "tls")
    with pytest.raises(NotVerified):
        ask_server(where, PASSWORD)
    with override_settings(MAIL_CA_FILE=str(dovecot.certificate)):
        assert [folder.name for folder in ask_server(where, PASSWORD)][-1] == "INBOX"


def test_a_host_for_many_does_not_reach_into_its_own_network(dovecot: Dovecot) -> None:
    with override_settings(MAIL_INSIDE_IS_OPEN=False), pytest.raises(NotOutside):
        ask_server(Connection("jens", "localhost", dovecot.tls, "tls"), PASSWORD)


def test_of_two_fetches_at_once_one_waits(owner: User, dovecot: Dovecot) -> None:
    dovecot.deliver("kuno", [numbered(1)])
    account = an_account(owner, dovecot, "kuno")
    assert claim_account(account=account, now=NOW)
    assert fetch_account(account=account, clock=clock).was_busy
    assert not Letter.objects.exists()
    died = NOW + timedelta(minutes=11)
    assert fetch_account(account=account, clock=lambda: died).new == 1


def test_an_earlier_day_brings_the_older_letters_too(owner: User, dovecot: Dovecot) -> None:
    dovecot.deliver("lia", [numbered(1)])
    account = an_account(owner, dovecot, "lia")
    folder = account.folders.get(name="INBOX")
    choose_folders(account=account, chosen=[folder.pk], since=date(2030, 1, 1), now=NOW)
    assert fetched(account).letters == 0
    choose_folders(account=account, chosen=[folder.pk], since=date(2001, 1, 1), now=NOW)
    assert fetched(account).new == 1


def test_what_is_due_is_neither_paused_nor_unfinished(owner: User, dovecot: Dovecot) -> None:
    account = an_account(owner, dovecot, "moritz")
    assert list(due_accounts(NOW)) == [account]
    fetched(account)
    assert list(due_accounts(NOW)) == []
    assert list(due_accounts(NOW + timedelta(hours=1))) == [account]
    pause_account(account=account)
    assert list(due_accounts(NOW + timedelta(hours=1))) == []


def test_letters_of_several_folders_come_once(owner: User, dovecot: Dovecot) -> None:
    dovecot.deliver("nora", [numbered(1)])
    dovecot.deliver("nora", [numbered(1), a_letter(message_id="other")], folder="Applications")
    harvest = fetched(an_account(owner, dovecot, "nora"))
    assert (harvest.letters, harvest.new, harvest.known) == (3, 2, 1)


def test_a_worker_fetches_what_is_due_by_itself(owner: User, dovecot: Dovecot) -> None:
    dovecot.deliver("otto", [numbered(1)])
    account = an_account(owner, dovecot, "otto")
    now = timezone.now()
    fetch_soon(account=account, now=now)
    worker.run_what_is_due("one", now=now)
    account.refresh_from_db()
    assert account.letter_count == 1
    assert account.next_at is not None
    assert account.next_at > now
    assert not worker.run_what_is_due("one", now=now)


def test_a_worker_that_must_stop_leaves_the_rest_for_the_next(
    owner: User, dovecot: Dovecot
) -> None:
    dovecot.deliver("paula", (mixed(number) for number in range(260)))
    account = an_account(owner, dovecot, "paula")
    first = fetch_account(account=account, clock=clock, stopping=lambda: True)
    assert (first.new, first.left_out, first.trouble) == (10, 190, "")
    assert list(due_accounts(NOW)) == [account]
    rest = fetched(account)
    assert (rest.new, rest.known, rest.left_out) == (3, 0, 57)


def test_an_account_that_is_removed_meanwhile_ends_its_fetch(owner: User, dovecot: Dovecot) -> None:
    dovecot.deliver("quinn", (mixed(number) for number in range(260)))
    account = an_account(owner, dovecot, "quinn")
    fetch_account(
        account=account, clock=clock, watch=lambda one: MailAccount.objects.all().delete()
    )
    assert not MailAccount.objects.exists()
    assert Letter.objects.count() == 10


# What was left out ----------------------------------------------------------------------------


def test_what_was_left_out_is_listed_and_one_that_matters_is_brought_in(
    owner: User, dovecot: Dovecot
) -> None:
    dovecot.deliver("rosa", [mixed(1), numbered(2), mixed(3)])
    account = an_account(owner, dovecot, "rosa")
    fetched(account)
    assert account.run is not None
    assert (account.run.what, account.run.left_out) == ("rosa@home.example", 2)
    browser = Client()
    browser.force_login(owner)
    assert (
        "Look at what was left out" in browser.get(f"/settings/mail/{account.pk}/").content.decode()
    )
    left = account.run.left.order_by("pk").last()
    assert left is not None
    assert left.subject == "Buttons at half price"
    before = dovecot.names("rosa")
    [received] = bring_in(run=account.run, left=[left], now=NOW)
    assert received.letter is not None
    assert received.letter.message_id == "<buttons3@haberdash.example>"
    assert account.run.left.count() == 1
    assert dovecot.names("rosa") == before


def test_what_was_left_out_is_not_listed_twice_when_a_folder_was_renumbered(
    owner: User, dovecot: Dovecot
) -> None:
    dovecot.deliver("selma", [mixed(1), mixed(2)])
    account = an_account(owner, dovecot, "selma")
    fetched(account)
    dovecot.renumber("selma")
    fetched(account)
    assert account.run is not None
    assert account.run.left.count() == 2
    dovecot.renumber("selma")
    [gone] = bring_in(run=account.run, left=account.run.left.all()[:1], now=NOW)
    assert gone.error.startswith("This message could not be fetched from the mail account again.")


def test_what_was_left_out_goes_with_its_account(owner: User, dovecot: Dovecot) -> None:
    dovecot.deliver("tilda", [mixed(1)])
    account = an_account(owner, dovecot, "tilda")
    fetched(account)
    assert LeftOut.objects.count() == 1
    remove_account(account=account)
    assert LeftOut.objects.count() == 0


def test_what_comes_within_a_week_is_counted_together(owner: User, dovecot: Dovecot) -> None:
    dovecot.deliver("udo", [numbered(1)])
    account = an_account(owner, dovecot, "udo")
    fetched(account)
    first = account.run
    dovecot.deliver("udo", [numbered(2)])
    fetched(account)
    assert account.run == first
    dovecot.deliver("udo", [numbered(3)])
    fetch_account(account=account, clock=lambda: NOW + timedelta(days=8))
    account.refresh_from_db()
    assert account.run != first
    assert [run.new for run in ImportRun.objects.order_by("pk")] == [2, 1]


def test_thousands_are_sorted_by_several_processes_and_none_is_lost_by_a_cut(
    owner: User, dovecot: Dovecot
) -> None:
    many = 4_000
    dovecot.deliver("vera", (mixed(number) + b"\nHorn and shell. " * 60 for number in range(many)))
    with cutting(dovecot.plain, 3_000_000) as port:
        account = an_account(owner, dovecot, "vera", port=port)
        first = fetched(account)
    assert "broke off" in first.trouble
    came = first.letters + first.left_out
    assert 500 < came < many
    MailAccount.objects.update(port=dovecot.plain)
    account.refresh_from_db()
    rest = fetched(account)
    assert (rest.letters + rest.left_out, rest.known, rest.trouble) == (many - came, 0, "")
    assert first.new + rest.new == Letter.objects.count() == many // 20


@pytest.mark.parametrize(("user", "many"), [("greta", 1), ("hanno", 60)])
def test_a_review_that_a_reader_mails_back_is_found_by_itself(
    owner: User, dovecot: Dovecot, user: str, many: int
) -> None:
    reviewer = a_reviewer(a_version_to_read(owner, NOW), NOW, carried_by="packet")
    said = a_comment(text_for(reviewer), "six cutters", text="Six of how many? " * 70)
    comments = [{**said, "key": f"key-{number:05}"} for number in range(many)]
    message = EmailMessage()
    message["From"] = "Ines <ines@home.example>"
    message["Subject"] = "Re: Would you read my resume?"
    message["Message-ID"] = f"<{user}-back@home.example>"
    message["Date"] = "Mon, 23 Nov 2026 08:00:00 +0000"
    message.set_content("Here it is.")
    file = a_file(reviewer, {"comments": comments})
    message.add_attachment(file, maintype="application", subtype="json", filename="back.json")
    raw = message.as_bytes()
    assert (len(raw) > 64_000) is (many > 1)
    dovecot.deliver(user, [SHOP, raw])
    account = an_account(owner, dovecot, user)
    harvest = fetched(account)
    assert (harvest.letters, harvest.left_out, account.trouble) == (0, 2, "")
    reviewer.refresh_from_db()
    assert reviewer.submitted_at == NOW
    assert reviewer.comments.count() == many
    assert not Letter.objects.exists()
