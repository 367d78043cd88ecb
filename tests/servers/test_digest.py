"""The mail in the morning, by a real mail server: to oneself, once, and told when it fails."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import a_letter, a_mail_account, an_owner, received
from tests.servers.dovecot import PASSWORD, free_port
from tests.servers.hostile_smtp import HANG_UP, saying
from tests.servers.postbox import Postbox, postbox
from tests.web.drafting import words_of

from kindregards.core.network.card import Card
from kindregards.web.mail.sending import set_up_sending
from kindregards.web.mail.services import Connection
from kindregards.web.models import Contact, Digest, MailAccount, SendingState, User
from kindregards.web.network.services import put_in
from kindregards.web.plan.digest import (
    next_morning,
    send_digest,
    send_due_digests,
    some_are_due,
    turn_off,
    turn_on,
)
from kindregards.web.rhythm import work_out_everybody

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def at(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: moment


@dataclass
class Morning:
    """An owner with a plan and somebody to write to, and the account that mail goes from."""

    owner: User
    account: MailAccount

    def by(self, port: int) -> None:
        """Let mail go by the server on this port."""
        where = Connection("ada", "127.0.0.1", port, "none")
        set_up_sending(account=self.account, where=where, password=PASSWORD, keeps_copy=True)

    @property
    def digest(self) -> Digest:
        return Digest.objects.get(owner=self.owner)


@pytest.fixture
def morning(db: None) -> Morning:
    owner = an_owner()
    owner.first_name, owner.time_zone = "Ada", "UTC"
    owner.save()
    received(owner, a_letter(sent_at=MORNING - timedelta(days=2)), now=EVENING)
    put_in(owner=owner, card=Card(name="Joe Odd", email="joe@odd.example"))
    Contact.objects.filter(name="Joe Odd").update(closeness="close")
    work_out_everybody(owner=owner, now=EVENING)
    return Morning(owner, a_mail_account(owner))


@pytest.fixture
def box(morning: Morning) -> Iterator[Postbox]:
    with postbox() as box:
        morning.by(box.port)
        yield box


def letter_in(box: Postbox) -> EmailMessage:
    """The one letter that a server took."""
    (envelope,) = box.taken
    assert isinstance(envelope.content, bytes)
    return email.message_from_bytes(envelope.content, policy=email.policy.default)


def test_it_is_off_until_it_is_turned_on(morning: Morning, box: Postbox) -> None:
    send_due_digests(clock=at(MORNING))
    assert (box.taken, some_are_due(MORNING)) == ([], False)


def test_it_goes_to_oneself_with_what_is_worth_doing(morning: Morning, box: Postbox) -> None:
    turn_on(owner=morning.owner, account=morning.account, now=EVENING)
    send_due_digests(clock=at(MORNING - timedelta(minutes=1)))
    assert box.taken == []
    send_due_digests(clock=at(MORNING))
    letter, (envelope,) = letter_in(box), box.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("ada@home.example", ["ada@home.example"])
    assert (letter["Subject"], letter["Cc"], letter["Bcc"]) == ("Worth doing today", None, None)
    body = letter.get_content().replace("\r\n", "\n")
    assert body.startswith("Good morning, Ada.")
    assert "- Think it through: the facts (Brackwater Mills, Data Analyst)" in body
    assert "- A word to Joe Odd\n  You like to be in touch about once a month." in body
    assert (morning.digest.state, morning.digest.trouble) == (SendingState.DONE, "")


def test_it_goes_once_a_day_whoever_asks_and_however_long_the_machine_slept(
    morning: Morning, box: Postbox
) -> None:
    turn_on(owner=morning.owner, account=morning.account, now=EVENING)
    seen_by_both = morning.digest
    awake = MORNING + timedelta(days=9, hours=3)
    send_due_digests(clock=at(awake))
    send_digest(digest=seen_by_both, clock=at(awake))
    for hours in range(20):
        send_due_digests(clock=at(awake + timedelta(hours=hours)))
    assert len(box.taken) == 1
    send_due_digests(clock=at(awake + timedelta(hours=21)))
    assert len(box.taken) == 2


def test_a_day_with_nothing_to_tell_has_none(morning: Morning, box: Postbox) -> None:
    turn_on(owner=morning.owner, account=morning.account, now=EVENING)
    Contact.objects.all().delete()
    morning.owner.plan_set.all().delete()
    send_due_digests(clock=at(MORNING))
    assert (box.taken, morning.digest.state) == ([], "")
    assert morning.digest.next_at == MORNING + timedelta(days=1)


def test_one_that_fails_says_so_and_is_not_tried_again(morning: Morning, client: Client) -> None:
    morning.by(free_port())  # nobody listens there
    turn_on(owner=morning.owner, account=morning.account, now=EVENING)
    send_due_digests(clock=at(MORNING))
    digest = morning.digest
    assert (digest.state, digest.left_at) == (SendingState.FAILED, None)
    assert digest.next_at == MORNING + timedelta(days=1)
    assert not some_are_due(MORNING + timedelta(hours=23))
    client.force_login(morning.owner)
    assert "The last one did not go out." in words_of(client.get(reverse("plan-reminders")))
    assert "The last mail in the morning did not go out." in words_of(client.get("/"))


def test_one_of_which_nobody_knows_whether_it_came_is_not_sent_again(
    morning: Morning, client: Client
) -> None:
    with saying(letter=HANG_UP) as (port, _heard):
        morning.by(port)
        turn_on(owner=morning.owner, account=morning.account, now=EVENING)
        send_due_digests(clock=at(MORNING))
        send_due_digests(clock=at(MORNING + timedelta(hours=5)))
    assert morning.digest.state == SendingState.UNKNOWN
    client.force_login(morning.owner)
    said = words_of(client.get(reverse("plan-reminders")))
    assert "Nobody can tell whether the last one came." in said


def test_without_a_server_any_more_it_says_so(morning: Morning) -> None:
    turn_on(owner=morning.owner, account=morning.account, now=EVENING)
    send_due_digests(clock=at(MORNING))
    assert morning.digest.trouble == "No server for sending is set up for this address any more."


def test_the_morning_is_the_owners_own(morning: Morning) -> None:
    morning.owner.time_zone = "Asia/Tokyo"
    assert next_morning(morning.owner, EVENING) == datetime(2026, 11, 22, 22, tzinfo=UTC)
    morning.owner.time_zone = "UTC"
    assert next_morning(morning.owner, MORNING) == MORNING + timedelta(days=1)


def test_the_page_turns_it_on_for_an_own_account_that_sends_and_off(
    morning: Morning, box: Postbox, client: Client
) -> None:
    client.force_login(morning.owner)
    page = reverse("plan-reminders")
    assert "To and from" in words_of(client.get(page))
    client.post(reverse("plan-digest"), {"account": morning.account.pk})
    assert "To ada@home.example and nobody else" in words_of(client.get(page))
    client.post(reverse("plan-digest-stop"))
    assert not Digest.objects.exists()
    client.force_login(an_owner("bea"))
    answer = client.post(reverse("plan-digest"), {"account": morning.account.pk})
    assert (answer.status_code, Digest.objects.exists()) == (404, False)


def test_turned_off_it_goes_no_more(morning: Morning, box: Postbox) -> None:
    turn_on(owner=morning.owner, account=morning.account, now=EVENING)
    turn_off(owner=morning.owner)
    send_due_digests(clock=at(MORNING))
    assert box.taken == []
