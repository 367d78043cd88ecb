"""What the person sent, by whatever program, is found in their sent mail and counts once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone
from tests.factories import ACKNOWLEDGED, INVITED, a_letter, an_owner
from tests.servers.accounts import an_account
from tests.servers.dovecot import Dovecot
from tests.servers.hostile import saying
from tests.servers.postbox import postbox

from kindregards.core.outreach import AnswerKind, Direction, DraftKind
from kindregards.web.mail.passwords import keep_password
from kindregards.web.mail.sending import set_up_sending
from kindregards.web.mail.services import Connection, choose_folders
from kindregards.web.models import (
    Answer,
    Draft,
    Letter,
    MailAccount,
    MailFolder,
    Sending,
    SendingState,
    Touch,
    User,
    Way,
)
from kindregards.web.outreach.queries import desk_for, history_for
from kindregards.web.outreach.services import open_draft, record_not_sent, record_sent
from kindregards.web.plan.mail_fetching import Harvest, fetch_account
from kindregards.web.plan.noticing import notice_drafts
from kindregards.web.plan.queries import recipient_of, rejection_of
from kindregards.web.plan.sending import bring_out

pytestmark = pytest.mark.django_db
SENT = "Gone out"
INES = "Ines Halloran <ines.halloran@brackwater.example>"
USERS: Iterator[str] = (f"noticed{number}" for number in range(1000))


def by_hand(
    message_id: str,
    at: datetime,
    *,
    to: str = INES,
    subject: str = "Re: Your application for Data Analyst",
    answers: str = "<one@brackwater.example>",
) -> bytes:
    """A letter as the person's own mail program keeps it."""
    thread = f"In-Reply-To: {answers}\nReferences: {answers}\n" if answers else ""
    return (
        f"Message-ID: <{message_id}@home.example>\nFrom: Ada Berg <ada@home.example>\nTo: {to}\n"
        f"Date: {format_datetime(at)}\nSubject: {subject}\n{thread}\nDear Ines,\nthank you.\n"
    ).encode()


def came_back(at: datetime, words: str, **headers: str) -> bytes:
    given = {"Subject": "Re: Your application for Data Analyst", "message_id": "back"} | headers
    return a_letter(words, sent_at=at, role="", **given)  # type: ignore[arg-type]


class Mailbox:
    """A mailbox with a rejection of two days ago in it, fetched once."""

    def __init__(self, owner: User, dovecot: Dovecot, first: list[bytes], sent: list[bytes]):
        self.owner, self.dovecot, self.user = owner, dovecot, next(USERS)
        self.now = timezone.now()
        dovecot.deliver(self.user, first)
        dovecot.deliver(self.user, sent, folder=SENT)
        self.account = an_account(owner, dovecot, self.user)
        MailAccount.objects.filter(pk=self.account.pk).update(address="ada@home.example")
        self.fetch()

    def fetch(self) -> Harvest:
        self.account.refresh_from_db()
        harvest = fetch_account(account=self.account, clock=timezone.now)
        assert harvest.trouble == ""
        return harvest

    def send(self, *messages: bytes) -> None:
        self.dovecot.deliver(self.user, messages, folder=SENT)

    def arrive(self, *messages: bytes) -> None:
        self.dovecot.deliver(self.user, messages)

    def draft(self) -> Draft:
        letter = Letter.objects.get(owner=self.owner, message_id="<one@brackwater.example>")
        assert letter.application is not None
        plan = letter.application.plan
        return open_draft(
            owner=self.owner,
            application=letter.application,
            letter=rejection_of(plan),
            to=recipient_of(plan),
            now=self.now - timedelta(hours=20),
        )


@pytest.fixture
def owner(db: None) -> User:
    owner = an_owner()
    owner.first_name, owner.email = "Ada", "ada@home.example"
    owner.save()
    return owner


def refused(at: datetime | None = None) -> bytes:
    return a_letter(sent_at=at or timezone.now() - timedelta(days=2))


@pytest.fixture
def mailbox(owner: User, dovecot: Dovecot) -> Mailbox:
    return Mailbox(owner, dovecot, [refused()], [])


def sent_touches() -> list[Touch]:
    return list(Touch.objects.filter(direction=Direction.OUT).order_by("at"))


def test_a_letter_by_another_program_is_the_draft_that_it_answers(mailbox: Mailbox) -> None:
    draft, at = mailbox.draft(), timezone.now().replace(microsecond=0) - timedelta(hours=3)
    mailbox.send(by_hand("mine", at))
    mailbox.fetch()
    (touch,) = sent_touches()
    draft.refresh_from_db()
    assert draft.touch == touch
    assert (touch.at, touch.kind, touch.message_id) == (
        at,
        DraftKind.ADVICE_REQUEST,
        "<mine@home.example>",
    )


def test_one_with_the_subject_of_a_draft_is_it_outside_a_thread_too(mailbox: Mailbox) -> None:
    draft = mailbox.draft()
    at = timezone.now() - timedelta(hours=3)
    mailbox.send(by_hand("mine", at, subject=draft.subject.upper(), answers=""))
    mailbox.fetch()
    draft.refresh_from_db()
    assert draft.touch is not None


def test_the_draft_is_known_by_its_own_name_whatever_became_of_the_rest(mailbox: Mailbox) -> None:
    draft = mailbox.draft()
    Draft.objects.update(message_id="<laid@home.example>")
    at = timezone.now() - timedelta(hours=3)
    mailbox.send(by_hand("laid", at, to="x@elsewhere.example", subject="Hello", answers=""))
    mailbox.fetch()
    draft.refresh_from_db()
    assert draft.touch is not None


@pytest.mark.parametrize("when", ["before", "after"])
def test_it_counts_once_whether_the_person_said_so_or_the_mailbox(
    mailbox: Mailbox, when: str
) -> None:
    draft = mailbox.draft()
    at = timezone.now().replace(microsecond=0) - timedelta(hours=3)
    if when == "before":
        record_sent(draft=draft, now=timezone.now())
    mailbox.send(by_hand("mine", at))
    mailbox.fetch()
    draft.refresh_from_db()
    record_sent(draft=draft, now=timezone.now())
    (touch,) = sent_touches()
    assert (touch.at, touch.draft) == (at, draft)


def test_a_letter_seen_before_is_the_one_that_the_person_says_they_sent(mailbox: Mailbox) -> None:
    draft = mailbox.draft()
    at = timezone.now() - timedelta(hours=3)
    mailbox.send(by_hand("mine", at, subject="Something else", answers=""))
    mailbox.fetch()
    (seen,) = sent_touches()
    assert seen.kind == DraftKind.OTHER
    record_sent(draft=draft, now=timezone.now())
    (touch,) = sent_touches()
    assert (touch.pk, touch.kind) == (seen.pk, DraftKind.ADVICE_REQUEST)


def test_taking_it_back_leaves_the_letter_that_was_seen(mailbox: Mailbox) -> None:
    draft = mailbox.draft()
    mailbox.send(by_hand("mine", timezone.now() - timedelta(hours=3)))
    mailbox.fetch()
    draft.refresh_from_db()
    record_not_sent(draft=draft, now=timezone.now())
    mailbox.dovecot.renumber(mailbox.user, SENT)
    mailbox.fetch()
    draft.refresh_from_db()
    (touch,) = sent_touches()
    assert (draft.touch, touch.kind) == (None, DraftKind.OTHER)


def test_what_went_out_from_here_is_not_counted_again(mailbox: Mailbox) -> None:
    draft = mailbox.draft()
    Draft.objects.update(text="Dear Ines,\n\nthank you. Ada", overruled_because="It is short.")
    draft.refresh_from_db()
    with postbox() as box:
        where = Connection("ada", "127.0.0.1", box.port, "none")
        set_up_sending(
            account=mailbox.account, where=where, password="correct-horse", keeps_copy=True
        )
        bring_out(
            draft=draft,
            account=mailbox.account,
            way=Way.SMTP,
            revision=draft.revision,
            clock=timezone.now,
        )
    mailbox.fetch()
    assert len(sent_touches()) == 1


def test_a_letter_in_doubt_is_certain_once_it_is_seen(mailbox: Mailbox) -> None:
    draft, now = mailbox.draft(), timezone.now()
    Draft.objects.update(message_id="<mine@home.example>")
    sending = Sending.objects.create(
        owner=mailbox.owner,
        draft=draft,
        account=mailbox.account,
        way=Way.SMTP,
        state=SendingState.UNKNOWN,
        begun_at=now,
        left_at=now,
    )
    mailbox.send(by_hand("mine", now))
    mailbox.fetch()
    sending.refresh_from_db()
    assert sending.state == SendingState.DONE
    assert len(sent_touches()) == 1


def test_other_letters_to_people_of_an_application_count_for_the_guard(mailbox: Mailbox) -> None:
    draft, now = mailbox.draft(), timezone.now()
    mailbox.send(
        by_hand("a", now - timedelta(days=1, hours=2), subject="A thought", answers=""),
        by_hand(
            "b", now - timedelta(hours=30), to="jobs@brackwater.example", subject="Hi", answers=""
        ),
        by_hand(
            "c", now - timedelta(hours=29), to="Mum <mum@home.example>", subject="Hi", answers=""
        ),
        by_hand("d", now - timedelta(hours=28), to="ada@home.example", subject="Note", answers=""),
    )
    mailbox.fetch()
    draft.refresh_from_db()
    assert draft.touch is None
    assert {touch.message_id[1] for touch in sent_touches()} == {"a", "b"}
    employer = draft.application.employer
    assert {touch.employer for touch in sent_touches()} == {employer}
    assert len([one for one in history_for(draft) if one.direction is Direction.OUT]) == 2
    rules = [found.rule for found in desk_for(draft, now).guarded.findings]
    assert "cadence" in rules


def test_the_application_s_own_course_takes_nothing_from_the_budget(
    owner: User, dovecot: Dovecot
) -> None:
    now = timezone.now()
    mailbox = Mailbox(
        owner,
        dovecot,
        [
            a_letter(ACKNOWLEDGED, sent_at=now - timedelta(days=19), message_id="ack"),
            a_letter(INVITED, sent_at=now - timedelta(days=12), message_id="invited"),
            refused(),
        ],
        [
            by_hand("applied", now - timedelta(days=20), answers=""),
            by_hand("agreed", now - timedelta(days=11), answers="<invited@brackwater.example>"),
            by_hand("asked", now - timedelta(days=5), subject="Any news?", answers=""),
        ],
    )
    told = {touch.message_id: touch.in_process for touch in sent_touches()}
    assert told == {
        "<applied@home.example>": True,
        "<agreed@home.example>": True,
        "<asked@home.example>": False,
    }
    out = [one for one in history_for(mailbox.draft()) if one.direction is Direction.OUT]
    assert len(out) == 1


def test_somebody_who_was_a_stranger_then_is_known_from_their_letter_on(
    owner: User, dovecot: Dovecot
) -> None:
    now = timezone.now()
    mailbox = Mailbox(owner, dovecot, [], [by_hand("a", now - timedelta(days=9), answers="")])
    mailbox.fetch()
    assert sent_touches() == []
    mailbox.arrive(refused())
    mailbox.fetch()
    assert [touch.message_id for touch in sent_touches()] == ["<a@home.example>"]


def test_an_answer_that_comes_at_the_same_time_finds_the_letter(mailbox: Mailbox) -> None:
    draft, now = mailbox.draft(), timezone.now()
    mailbox.send(by_hand("mine", now - timedelta(hours=9), to="Jonas <jonas@weaving.example>"))
    Draft.objects.update(recipient_name="Jonas", recipient_email="jonas@weaving.example")
    words = "Hi Ada,\n\nMy advice: read up on grading before you meet the next team.\n\nJonas\n"
    mailbox.arrive(
        came_back(
            now, words, sender="Jonas <jonas@weaving.example>", In_Reply_To="<mine@home.example>"
        )
    )
    mailbox.fetch()
    answer = Answer.objects.get()
    assert (answer.draft, answer.kind) == (draft, AnswerKind.ADVICE)
    assert answer.advice.get().about == "skill"


@pytest.mark.parametrize(
    ("words", "headers", "kind"),
    [
        (
            "Hi Ada,\n\nyou could bring a small piece to show next time.\n\nTove\n",
            {"sender": "Tove <tove@brackwater-studio.example>"},
            AnswerKind.ADVICE,
        ),
        (
            "Dear Ada,\n\nunfortunately we cannot give individual feedback. We wish you well.\n",
            {},
            AnswerKind.REFUSED,
        ),
        (
            "Hi Ada,\n\nI am happy to talk. Would Thursday at ten suit you?\n\nInes\n",
            {},
            AnswerKind.CALL,
        ),
        (
            "I am out of the office until 30 November.\n",
            {"Subject": "Automatic reply: Your application", "Auto_Submitted": "auto-replied"},
            AnswerKind.AWAY,
        ),
        ("Liebe Frau Berg,\n\nich bin bis Montag nicht im Büro.\n", {}, AnswerKind.AWAY),
    ],
)
def test_answers_are_found_by_their_thread_and_read(
    mailbox: Mailbox, words: str, headers: dict[str, str], kind: AnswerKind
) -> None:
    draft, now = mailbox.draft(), timezone.now()
    mailbox.send(by_hand("mine", now - timedelta(hours=9)))
    mailbox.fetch()
    mailbox.arrive(came_back(now, words, In_Reply_To="<mine@home.example>", **headers))
    mailbox.fetch()
    answer = Answer.objects.get()
    assert (answer.draft, answer.kind) == (draft, kind)
    is_word = kind is not AnswerKind.AWAY
    assert Touch.objects.filter(direction=Direction.IN).exists() == is_word


def test_a_renumbered_folder_brings_no_letter_twice(mailbox: Mailbox) -> None:
    mailbox.send(by_hand("a", timezone.now() - timedelta(hours=9), subject="Hi", answers=""))
    mailbox.fetch()
    mailbox.dovecot.renumber(mailbox.user, SENT)
    mailbox.fetch()
    assert len(sent_touches()) == 1


def test_nothing_is_noticed_where_the_person_wants_none(mailbox: Mailbox) -> None:
    MailAccount.objects.update(reads_sent=False)
    mailbox.send(by_hand("a", timezone.now() - timedelta(hours=9)))
    mailbox.fetch()
    assert sent_touches() == []


def test_headings_that_are_broken_stop_nothing(mailbox: Mailbox) -> None:
    mailbox.send(
        b"\xff\xfe no heading at all",
        b"From: ada@home.example\nSubject: no id\n\nx\n",
        b"Message-ID: <odd@home.example>\nDate: yesterday\nTo: " + INES.encode() + b"\n\nx\n",
        b"Message-ID: <tie@home.example>\nTo: " + b"a" * 9000 + b"\nDate: x\n\nx\n",
        by_hand("a", timezone.now() - timedelta(hours=9), subject="Hi", answers=""),
    )
    mailbox.fetch()
    assert len(sent_touches()) == 1


def test_sent_mail_that_the_server_does_not_give_keeps_no_letters_out(owner: User) -> None:
    with saying(
        LIST=b'* LIST () "/" "INBOX"\r\n* LIST (\\Sent) "/" "Gone out"\r\n',
        SEARCH=b"* SEARCH nonsense\r\n",
    ) as port:
        account = MailAccount.objects.create(
            owner=owner, user="ada", host="127.0.0.1", port=port, security="none",
            address="ada@home.example", added_at=timezone.now(),
        )  # fmt: skip
        MailFolder.objects.create(owner=owner, account=account, name="Gone out", role="sent")
        keep_password(account=account, password="correct-horse")
        assert notice_drafts(account) is None


def test_another_first_day_brings_what_was_sent_before_it(mailbox: Mailbox) -> None:
    at = timezone.now() - timedelta(days=4)
    account = mailbox.account
    chosen = list(account.folders.filter(is_chosen=True).values_list("pk", flat=True))
    now = timezone.now()
    choose_folders(account=account, chosen=chosen, since=now.date(), now=now)
    mailbox.send(by_hand("a", at, subject="Hi", answers=""))
    for file in (mailbox.dovecot.maildir(mailbox.user, SENT) / "new").iterdir():
        os.utime(file, (at.timestamp(), at.timestamp()))  # when it came there, to the server
    mailbox.fetch()
    assert sent_touches() == []
    choose_folders(account=account, chosen=chosen, since=None, now=now)
    mailbox.fetch()
    assert [touch.message_id for touch in sent_touches()] == ["<a@home.example>"]
