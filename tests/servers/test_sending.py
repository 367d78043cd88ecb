"""A letter out by the person's own mail: once, at a press, and told as it went."""

from __future__ import annotations

import email
import email.policy
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone
from tests.factories import a_letter, an_owner, received
from tests.servers.accounts import an_account
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.hostile_smtp import HANG_UP, SILENCE, saying
from tests.servers.postbox import REFUSED, postbox
from tests.web.drafting import CALM, NEEDY

from kindregards.core.letters.letter import Address
from kindregards.core.network.card import Card
from kindregards.core.network.occasions import OccasionKind
from kindregards.core.outreach import Direction
from kindregards.core.outreach.sent import SentLetter
from kindregards.web.mail import sending as mail_sending
from kindregards.web.mail.sending import set_up_sending
from kindregards.web.mail.services import Connection
from kindregards.web.models import (
    Draft,
    MailAccount,
    Occasion,
    Sending,
    SendingServer,
    SendingState,
    Touch,
    User,
    Way,
)
from kindregards.web.network.noticing import note_reason
from kindregards.web.network.services import put_in
from kindregards.web.outreach.sending import (
    BROKE_OFF,
    CHANGED,
    GIVEN_UP_AFTER,
    HELD,
    NotNowError,
    begin_sending,
    may_leave,
    sending_at,
)
from kindregards.web.outreach.sent_mail import keep_sent_drafts
from kindregards.web.outreach.services import ChangedElsewhereError, keep_draft, open_draft
from kindregards.web.plan.queries import recipient_of, rejection_of
from kindregards.web.plan.sending import bring_out
from kindregards.web.plan.words_out import wanted_word

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """A letter that is ready, and the account it can go from."""

    owner: User
    draft: Draft
    account: MailAccount
    client: Client

    def sending_by(self, port: int, **changes: object) -> SendingServer:
        """Let letters go out by a server on this computer."""
        server = set_up_sending(
            account=self.account,
            where=Connection("ada", "127.0.0.1", port, "none"),
            password=PASSWORD,
            keeps_copy=bool(changes.pop("keeps_copy", False)),
        )
        SendingServer.objects.filter(pk=server.pk).update(**changes)
        return server

    def press(self, way: Way = Way.SMTP, revision: int | None = None) -> Sending:
        """Press once, on the page as it is now."""
        self.draft.refresh_from_db()
        return bring_out(
            draft=self.draft,
            account=self.account,
            way=way,
            revision=self.draft.revision if revision is None else revision,
            clock=timezone.now,
        )

    def look(self) -> str:
        page = self.client.get(f"/drafts/{self.draft.pk}/last-look")
        return " ".join(page.content.decode().split()) if page.status_code == 200 else ""


@pytest.fixture
def desk(db: None, dovecot: Dovecot, client: Client, request: pytest.FixtureRequest) -> Desk:
    return desk_of(dovecot, client, f"desk{abs(hash(request.node.name))}")


def desk_of(dovecot: Dovecot, client: Client, user: str) -> Desk:
    """A rejection of two days ago, its draft with words that may go, and a mailbox."""
    owner = an_owner()
    owner.first_name, owner.last_name, owner.email = "Ada", "Berg", "ada@home.example"
    owner.save()
    now = timezone.now()
    letter = received(owner, a_letter(sent_at=now - timedelta(days=2)), now=now)
    assert letter.application is not None
    plan = letter.application.plan
    draft = open_draft(
        owner=owner,
        application=letter.application,
        letter=rejection_of(plan),
        to=recipient_of(plan),
        now=now,
    )
    Draft.objects.filter(pk=draft.pk).update(
        text=CALM.strip(), overruled_because="It is Sunday, and I am up."
    )
    draft.refresh_from_db()
    for folder in ("", "Unfinished", "Gone out"):
        dovecot.maildir(user, folder)
    dovecot.give_away(dovecot.folder / "mail" / user)
    account = an_account(owner, dovecot, user)
    MailAccount.objects.filter(pk=account.pk).update(address="ada@home.example")
    account.refresh_from_db()
    client.force_login(owner)
    return Desk(owner, draft, account, client)


def inside(dovecot: Dovecot, desk: Desk, folder: str) -> list[tuple[str, EmailMessage]]:
    """The messages of a folder, each with the name of its file, which tells its marks."""
    place = dovecot.maildir(desk.account.user, folder)
    files = [file for part in ("cur", "new") for file in (place / part).iterdir()]
    return [
        (file.name, email.message_from_bytes(file.read_bytes(), policy=email.policy.default))
        for file in sorted(files)
    ]


# Out by the mail server -----------------------------------------------------------------------


def test_it_arrives_in_the_thread_and_is_recorded_as_sent(desk: Desk, dovecot: Dovecot) -> None:
    with postbox() as box:
        desk.sending_by(box.port, keeps_copy=True)
        sending = desk.press()
    assert (sending.state, sending.trouble) == (SendingState.DONE, "")
    (taken,) = box.taken
    assert taken.rcpt_tos == ["ines.halloran@brackwater.example"]
    assert taken.mail_from == "ada@home.example"
    message = email.message_from_bytes(taken.content, policy=email.policy.default)
    assert message["In-Reply-To"] == message["References"] == "<one@brackwater.example>"
    assert message["From"] == "Ada Berg <ada@home.example>"
    assert message["X-Unsent"] is None
    desk.draft.refresh_from_db()
    assert message["Message-ID"] == desk.draft.message_id
    assert message.get_content().strip().splitlines() == CALM.strip().splitlines()
    touch = Touch.objects.get(direction=Direction.OUT)
    assert (desk.draft.touch, touch.message_id) == (touch, desk.draft.message_id)
    ((name, copy),) = inside(dovecot, desk, "Gone out")
    assert copy["Message-ID"] == desk.draft.message_id
    assert name.endswith("S")  # seen


def test_pressing_once_more_sends_nothing(desk: Desk) -> None:
    with postbox() as box:
        desk.sending_by(box.port)
        before = desk.draft.revision
        desk.press()
        for revision in (before, None):
            with pytest.raises(NotNowError):
                desk.press(revision=revision)
        answer = desk.client.post(f"/drafts/{desk.draft.pk}/not-sent")
        assert answer.status_code == 302
        with pytest.raises(NotNowError):
            desk.press()
    assert len(box.taken) == 1
    assert Touch.objects.filter(direction=Direction.OUT).count() == 1


def test_two_windows_at_once_send_one_letter(desk: Desk) -> None:
    begun = begin_sending(
        draft=desk.draft,
        account=desk.account,
        way=Way.SMTP,
        revision=desk.draft.revision,
        now=timezone.now(),
    )
    with postbox() as box:
        desk.sending_by(box.port)
        with pytest.raises(NotNowError):
            desk.press()
    assert box.taken == []
    assert sending_at(desk.draft, timezone.now()) == begun
    assert "Your letter goes out" in desk.look()


def test_words_cannot_change_while_they_go_out(desk: Desk) -> None:
    before = desk.draft.revision
    begin_sending(
        draft=desk.draft, account=desk.account, way=Way.SMTP, revision=before, now=timezone.now()
    )
    for revision in (before, desk.draft.revision):
        with pytest.raises(ChangedElsewhereError):
            keep_draft(
                draft=desk.draft, revision=revision, text="Other words", subject="", to=("", "", "")
            )


def test_words_that_were_not_looked_at_do_not_go(desk: Desk) -> None:
    with postbox() as box:
        desk.sending_by(box.port)
        with pytest.raises(NotNowError, match=CHANGED):
            desk.press(revision=desk.draft.revision + 1)
    assert box.taken == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"text": NEEDY, "overruled_because": ""}, HELD),
        ({"text": f"{CALM}\n[your name]"}, "square brackets"),
        ({"text": "  "}, "no words"),
        ({"recipient_email": ""}, "no address"),
        ({"recipient_email": "ines@"}, "no address"),
    ],
)
def test_what_is_not_ready_does_not_go(desk: Desk, changes: dict[str, str], why: str) -> None:
    Draft.objects.filter(pk=desk.draft.pk).update(**changes)
    with postbox() as box:
        desk.sending_by(box.port)
        assert why in desk.look()
        with pytest.raises(NotNowError, match=why):
            desk.press()
    assert (box.taken, Sending.objects.count()) == ([], 0)


def test_a_refused_recipient_can_be_mended_and_tried_again(desk: Desk) -> None:
    right = desk.draft.recipient_email
    Draft.objects.filter(pk=desk.draft.pk).update(recipient_email=REFUSED)
    with postbox() as box:
        desk.sending_by(box.port)
        sending = desk.press()
        assert (sending.state, sending.left_at) == (SendingState.FAILED, None)
        assert f"takes no letters to {REFUSED}" in desk.look()
        desk.draft.refresh_from_db()
        name = desk.draft.message_id
        Draft.objects.filter(pk=desk.draft.pk).update(recipient_email=right)
        assert desk.press().state == SendingState.DONE
    desk.draft.refresh_from_db()
    assert (len(box.taken), desk.draft.message_id) == (1, name)


def test_a_wrong_password_is_told_and_nothing_is_sent(desk: Desk) -> None:
    with postbox() as box:
        server = desk.sending_by(box.port)
        mail_sending.keep_password(account=server, password="another")
        sending = desk.press()
    assert sending.state == SendingState.FAILED
    assert "The letter was not sent. The password for ada was not accepted." in desk.look()
    assert (box.taken, box.signed_in) == ([], ["ada"])


def test_a_password_of_another_computer_is_asked_for_again(desk: Desk) -> None:
    desk.sending_by(1, secret="nonsense")
    assert "cannot be read on this computer any more" in desk.press().trouble


def test_a_server_that_is_not_verified_gets_nothing(desk: Desk, dovecot: Dovecot) -> None:
    with postbox(dovecot.certificate) as box:
        server = desk.sending_by(box.port)
        server.host, server.security = "localhost", "starttls"
        mail_sending.keep_password(account=server, password=PASSWORD)
        assert "could not show that it is the server you mean" in desk.press().trouble
    assert (box.taken, box.signed_in) == ([], [])


def test_encryption_that_was_taken_away_stops_it(desk: Desk) -> None:
    with saying() as (port, heard):
        server = desk.sending_by(port)
        server.host, server.security = "localhost", "starttls"
        mail_sending.keep_password(account=server, password=PASSWORD)
        assert "could not be encrypted" in desk.press().trouble
    assert not any(line.startswith("AUTH") for line in heard)


def test_an_address_that_cannot_be_a_sender_sends_nothing(desk: Desk) -> None:
    MailAccount.objects.filter(pk=desk.account.pk).update(address="ådå@home.example")
    desk.account.refresh_from_db()
    with postbox() as box:
        desk.sending_by(box.port)
        assert "no address that a mail server takes" in desk.press().trouble
    assert (box.taken, box.signed_in) == ([], [])


@override_settings(MAIL_INSIDE_IS_OPEN=False)
def test_a_server_of_the_inside_is_refused_where_others_name_it(desk: Desk) -> None:
    with postbox() as box:
        desk.sending_by(box.port)
        assert "only servers of the open Internet" in desk.press().trouble
    assert box.signed_in == []


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give servers less time than people have."""
    monkeypatch.setattr(mail_sending, "PATIENCE", 0.5)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("answer", [SILENCE, HANG_UP])
def test_silence_after_the_letter_is_told_as_it_is_and_never_sent_again(
    desk: Desk, answer: bytes
) -> None:
    with saying(letter=answer) as (port, heard):
        desk.sending_by(port)
        assert desk.press().state == SendingState.UNKNOWN
        page = desk.look()
        assert "It may have been sent" in page
        assert "Look in the sent mail of ada@home.example." in page
        assert "Send it now" not in page
        with pytest.raises(NotNowError):
            desk.press()
        assert desk.client.get(f"/drafts/{desk.draft.pk}/").status_code == 302
    assert heard.count("DATA") + heard.count("data") == 1
    assert not Touch.objects.filter(direction=Direction.OUT).exists()


@pytest.mark.usefixtures("soon")
def test_who_finds_it_in_the_sent_mail_has_sent_it(desk: Desk) -> None:
    with saying(letter=SILENCE) as (port, _heard):
        desk.sending_by(port)
        sending = desk.press()
    desk.client.post(f"/drafts/{desk.draft.pk}/settle", {"was_sent": "yes"})
    touch = Touch.objects.get(direction=Direction.OUT)
    assert touch.at == sending.left_at
    desk.draft.refresh_from_db()
    assert desk.draft.touch == touch


@pytest.mark.usefixtures("soon")
def test_who_does_not_find_it_may_send_it_under_the_same_name(desk: Desk) -> None:
    with saying(letter=SILENCE) as (port, heard):
        desk.sending_by(port)
        desk.press()
        desk.client.post(f"/drafts/{desk.draft.pk}/settle", {"was_sent": "no"})
        assert "You looked, and it was not sent." in desk.look()
        first = [line for line in heard if line.startswith("Message-ID")]
    with postbox() as box:
        desk.sending_by(box.port)
        desk.press()
    again = email.message_from_bytes(box.taken[0].content)["Message-ID"]
    assert first == [f"Message-ID: {again}"]


@pytest.mark.usefixtures("soon")
def test_a_server_that_hangs_before_the_letter_is_told_as_not_sent(desk: Desk) -> None:
    with saying(RCPT=SILENCE) as (port, _heard):
        desk.sending_by(port)
        sending = desk.press()
    assert (sending.state, sending.left_at) == (SendingState.FAILED, None)
    assert "took too long to answer and never had it" in sending.trouble


def test_a_process_killed_before_the_letter_went_has_not_sent_it(desk: Desk) -> None:
    begin_sending(
        draft=desk.draft,
        account=desk.account,
        way=Way.SMTP,
        revision=desk.draft.revision,
        now=timezone.now() - GIVEN_UP_AFTER,
    )
    assert BROKE_OFF in desk.look()
    with postbox() as box:
        desk.sending_by(box.port)
        assert desk.press().state == SendingState.DONE
    assert len(box.taken) == 1


def test_a_process_killed_with_the_letter_on_its_way_leaves_it_unknown(desk: Desk) -> None:
    now = timezone.now()
    begun = begin_sending(
        draft=desk.draft,
        account=desk.account,
        way=Way.SMTP,
        revision=desk.draft.revision,
        now=now,
    )
    assert may_leave(sending=begun, now=now)
    left = sending_at(desk.draft, now + GIVEN_UP_AFTER)
    assert left is not None
    assert left.state == SendingState.UNKNOWN


def test_a_process_that_slept_too_long_finds_that_it_may_not_send_any_more(desk: Desk) -> None:
    begun = begin_sending(
        draft=desk.draft,
        account=desk.account,
        way=Way.SMTP,
        revision=desk.draft.revision,
        now=timezone.now() - 2 * GIVEN_UP_AFTER,
    )
    assert sending_at(desk.draft, timezone.now()) is None
    assert not may_leave(sending=begun, now=timezone.now())


def test_a_copy_that_cannot_be_kept_is_told_and_the_letter_is_out(
    desk: Desk, dovecot: Dovecot
) -> None:
    with postbox() as box:
        desk.sending_by(box.port, keeps_copy=True)
        MailAccount.objects.filter(pk=desk.account.pk).update(secret="nonsense")
        desk.account.refresh_from_db()
        sending = desk.press()
    assert sending.state == SendingState.DONE
    assert sending.trouble.startswith("Sent. The copy for your sent mail could not be put there:")
    assert len(box.taken) == 1


def test_a_copy_that_the_server_kept_is_not_doubled(desk: Desk, dovecot: Dovecot) -> None:
    Draft.objects.update(message_id="<known@home.example>")
    dovecot.deliver(
        desk.account.user, [b"Message-ID: <known@home.example>\n\nDear Ines\n"], folder="Gone out"
    )
    with postbox() as box:
        desk.sending_by(box.port, keeps_copy=True)
        desk.press()
    assert len(inside(dovecot, desk, "Gone out")) == 1


# Into the drafts folder -----------------------------------------------------------------------


def test_it_lies_among_the_drafts_once_however_often_it_is_laid_there(
    desk: Desk, dovecot: Dovecot
) -> None:
    first = desk.press(Way.DRAFTS)
    assert first.trouble == "It lies in the folder Unfinished of your mailbox. Finish it there."
    second = desk.press(Way.DRAFTS)
    assert "already" in second.trouble
    ((name, message),) = inside(dovecot, desk, "Unfinished")
    desk.draft.refresh_from_db()
    assert message["Message-ID"] == desk.draft.message_id
    assert message["In-Reply-To"] == "<one@brackwater.example>"
    assert set(name.rpartition(",")[2]) == {"D", "S"}
    assert desk.draft.touch is None
    page = desk.look()
    assert "Sent it from there?" in page


def test_a_mailbox_without_drafts_says_so(desk: Desk, dovecot: Dovecot) -> None:
    user = f"{desk.account.user}bare"
    dovecot.deliver(user, [])
    account = an_account(desk.owner, dovecot, user)
    sending = bring_out(
        draft=desk.draft,
        account=account,
        way=Way.DRAFTS,
        revision=desk.draft.revision,
        clock=timezone.now,
    )
    assert sending.state == SendingState.FAILED
    assert "No folder for drafts was found" in sending.trouble


# At the same moment ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_pressing_in_four_windows_at_the_same_moment_sends_one_letter(
    dovecot: Dovecot, client: Client
) -> None:
    desk = desk_of(dovecot, client, "fourwindows")
    together = threading.Barrier(4)

    def press() -> str:
        try:
            draft = Draft.objects.get(pk=desk.draft.pk)
            together.wait(20)
            return bring_out(
                draft=draft,
                account=desk.account,
                way=Way.SMTP,
                revision=draft.revision,
                clock=timezone.now,
            ).state
        except NotNowError:
            return "not now"
        finally:
            connection.close()

    with postbox() as box, ThreadPoolExecutor(4) as windows:
        desk.sending_by(box.port)
        told = sorted(window.result() for window in [windows.submit(press) for _ in range(4)])
    assert told == ["done", "not now", "not now", "not now"]
    assert len(box.taken) == 1
    assert Touch.objects.filter(direction=Direction.OUT).count() == 1


# To somebody without an application -----------------------------------------------------------


def a_word_to_rosa(desk: Desk) -> Draft:
    """A letter on an occasion, with the person's own line in it, in place of the desk's."""
    card = Card(name="Rosa Lind", email="rosa@northlight.example", employer="Northlight")
    rosa, now = put_in(owner=desk.owner, card=card), timezone.now()
    note_reason(contact=rosa, kind=OccasionKind.NEW_JOB, words="", link="", now=now)
    draft = wanted_word(contact=rosa, kind="", occasion=str(rosa.occasions.get().pk), now=now)
    text = re.sub(r"\[[^]]*\]", "the mornings by the harbour", draft.text)
    Draft.objects.filter(pk=draft.pk).update(text=text, overruled_because="It is Sunday.")
    draft.refresh_from_db()
    desk.draft = draft
    return draft


def test_a_word_on_an_occasion_goes_out_and_settles_it(desk: Desk, dovecot: Dovecot) -> None:
    draft = a_word_to_rosa(desk)
    assert "Send it now" in desk.look() or "drafts folder" in desk.look()
    with postbox() as box:
        desk.sending_by(box.port, keeps_copy=True)
        assert desk.press().state == SendingState.DONE
    (taken,) = box.taken
    assert taken.rcpt_tos == ["rosa@northlight.example"]
    message = email.message_from_bytes(taken.content, policy=email.policy.default)
    assert message["In-Reply-To"] is None
    assert "the mornings by the harbour" in message.get_content()
    touch = Touch.objects.get(direction=Direction.OUT)
    assert (touch.contact, touch.application) == (draft.contact, None)
    assert len(inside(dovecot, desk, "Gone out")) == 1
    assert Occasion.objects.get().put_away_at is not None


def test_a_word_to_somebody_is_laid_into_the_drafts_folder(desk: Desk, dovecot: Dovecot) -> None:
    draft = a_word_to_rosa(desk)
    assert desk.press(Way.DRAFTS).state == SendingState.DONE
    ((_name, laid),) = inside(dovecot, desk, "Unfinished")
    assert laid["To"].addresses[0].addr_spec == "rosa@northlight.example"
    assert not Touch.objects.exists()
    draft.refresh_from_db()
    assert laid["Message-ID"] == draft.message_id
    seen = SentLetter(draft.message_id, timezone.now(), (Address("", "rosa@northlight.example"),))
    assert keep_sent_drafts(owner=desk.owner, letters=[seen]) == [draft]
    touch = Touch.objects.get()
    assert (touch.contact, touch.message_id) == (draft.contact, draft.message_id)


def test_a_word_with_its_blank_does_not_go_out(desk: Desk) -> None:
    draft = a_word_to_rosa(desk)
    Draft.objects.filter(pk=draft.pk).update(text="Hi Rosa,\n\nWell done: [your own line].\n\nAda")
    with postbox() as box:
        desk.sending_by(box.port)
        with pytest.raises(NotNowError, match="square brackets"):
            desk.press()
    assert box.taken == []
