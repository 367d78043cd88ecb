"""One letter of the person's out, because they pressed for it: once, and told as it went."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from kindregards.core.outreach import address_of, as_post
from kindregards.sources.imap_errors import MailAccountError
from kindregards.sources.imap_writing import put_letter
from kindregards.sources.smtp import Post, send
from kindregards.sources.smtp_errors import MaybeSent, SendingError
from kindregards.web.mail.sending import mailbox_to_write_to, server_to_send_with
from kindregards.web.models import Draft, MailAccount, Sending, SendingServer, SendingState, Way
from kindregards.web.outreach.queries import thread_of, wording_of
from kindregards.web.outreach.sending import (
    BROKE_OFF,
    STOPPED,
    begin_sending,
    end_sending,
    may_leave,
    note_trouble,
)

Clock = Callable[[], datetime]
NO_SERVER = "The letter was not sent: no server for sending is set up for this address any more."
NO_SENDER = "The letter was not sent: {} is no address that a mail server takes as its sender."
NO_COPY = "Sent. The copy for your sent mail could not be put there: {}"


def bring_out(
    *, draft: Draft, account: MailAccount, way: Way, revision: int, clock: Clock
) -> Sending:
    """Send the draft, or lay it into the drafts folder, as it stood at that revision; once.

    The answer tells how it ended. What a server does raises nothing; NotNowError is raised before
    anything has begun.
    """
    sending = begin_sending(draft=draft, account=account, way=way, revision=revision, now=clock())
    try:
        raw = _bytes_of(draft, account, clock())
        if way is Way.SMTP:
            _send(sending, account, raw, clock)
        else:
            _lay(sending, account, raw, clock)
    except MaybeSent as doubt:
        _end(sending, SendingState.UNKNOWN, str(doubt), clock)
    except (SendingError, MailAccountError) as trouble:
        _end(sending, SendingState.FAILED, str(trouble), clock)
    except BaseException:
        with suppress(DatabaseError):
            sending.refresh_from_db()
            has_left = sending.left_at is not None
            state = SendingState.UNKNOWN if has_left else SendingState.FAILED
            _end(sending, state, STOPPED if has_left else BROKE_OFF, clock)
        raise
    sending.refresh_from_db()
    return sending


def _end(sending: Sending, state: SendingState, trouble: str, clock: Clock) -> None:
    end_sending(sending=sending, state=state, trouble=trouble, now=clock())


def _bytes_of(draft: Draft, account: MailAccount, now: datetime) -> bytes:
    return as_post(
        wording_of(draft),
        sender_name=draft.owner.called,
        sender_email=account.address,
        message_id=draft.message_id,
        in_reply_to=draft.in_reply_to,
        references=thread_of(draft),
        date=timezone.localtime(now),
    )


def _send(sending: Sending, account: MailAccount, raw: bytes, clock: Clock) -> None:
    server = SendingServer.objects.filter(account=account).first()
    if server is None:
        raise SendingError(NO_SERVER)
    sender = address_of(account.address)
    if not sender:
        raise SendingError(NO_SENDER.format(account.address))
    reached, password = server_to_send_with(server)
    post = Post(raw, sender, address_of(sending.draft.recipient_email))
    send(reached, password, post, may_leave=lambda: may_leave(sending=sending, now=clock()))
    _end(sending, SendingState.DONE, "", clock)
    if server.keeps_copy:
        _keep_copy(sending, account, raw)


def _keep_copy(sending: Sending, account: MailAccount, raw: bytes) -> None:
    """Put a copy into the sent mail. The letter is out, whatever becomes of it."""
    try:
        reached, password = mailbox_to_write_to(account)
        put_letter(reached, password, role="sent", message_id=sending.draft.message_id, raw=raw)
    except MailAccountError as trouble:
        note_trouble(sending=sending, trouble=NO_COPY.format(trouble))


def _lay(sending: Sending, account: MailAccount, raw: bytes, clock: Clock) -> None:
    reached, password = mailbox_to_write_to(account)
    folder, was_there = put_letter(
        reached, password, role="drafts", message_id=sending.draft.message_id, raw=raw
    )
    told = WAS_THERE if was_there else LIES_THERE
    _end(sending, SendingState.DONE, told.format(folder), clock)


LIES_THERE = "It lies in the folder {} of your mailbox. Finish it there."
WAS_THERE = (
    "It lay in the folder {} of your mailbox already, and was left as it is there. To lay it there "
    "in its present words, remove that one first."
)
