"""Mail from an IMAP account: read only, going on where the last time ended, marking nothing."""

from __future__ import annotations

import imaplib
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from imap_tools import AND, BaseMailBox, U
from imap_tools.errors import MailboxFolderSelectError

from kindregards.sources.imap_connection import Account as Account
from kindregards.sources.imap_connection import opened
from kindregards.sources.imap_folders import Folder as Folder
from kindregards.sources.imap_folders import folders_of as folders_of
from kindregards.sources.source import CUT_AT, Source

BATCH = 200
WHOLE_AT_ONCE = 10
HEADINGS_AT_ONCE, MOST_HEADINGS = 500, 20_000
FIRST_LOOK = 65_536
"""Bytes of each message fetched at first: all of most letters, and little of large attachments."""


@dataclass(frozen=True, slots=True)
class FolderState:
    """How far a folder was read: to be kept, and given again the next time.

    Messages up to `last_uid` have come, as numbered under `uidvalidity`, from the day `since` on.
    """

    folder: str
    uidvalidity: int = 0
    last_uid: int = 0
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message (or a folder that cannot be read), and the state once it is taken in.

    `done` of `of` messages of all folders have come with this one.
    """

    source: Source
    state: FolderState
    done: int
    of: int


def fetch(
    account: Account,
    password: str,
    folders: Sequence[str],
    *,
    since: date | None = None,
    states: Sequence[FolderState] = (),
    wanted: Callable[[bytes], bool] = lambda beginning: True,
) -> Generator[Fetched, None, None]:
    """The messages of the folders that are newer than the states say, oldest first.

    A message longer than 64 KB comes whole (or its first 3 MB) only where `wanted` says so of
    its beginning. Keep each state after its message is kept: then a broken connection costs
    nothing. A folder renumbered by the server (UIDVALIDITY), or asked for from an earlier day
    on, is gone through again. Raises a MailAccountError.
    """
    before = {state.folder: state for state in states}
    with opened(account, password) as box:
        outlines = [_outline(box, name, since, before.get(name)) for name in folders]
        of = sum(max(len(one.uids), bool(one.error)) for one in outlines)
        done = 0
        for outline in outlines:
            for source, state in _messages(box, account, outline, wanted):
                done += 1
                yield Fetched(source, state, done, of)


def fetch_these(
    account: Account, password: str, folder: str, uidvalidity: int, uids: Sequence[int]
) -> dict[int, Source]:
    """Single messages of a folder by their UID, whole; those that are not there are left out.

    Nothing where the server has renumbered the folder since. Raises a MailAccountError.
    """
    with opened(account, password) as box:
        try:
            if not folder.isprintable() or _examine(box, folder) != uidvalidity:
                return {}
        except MailboxFolderSelectError:
            return {}
        came: dict[int, tuple[bytes, int]] = {}
        for at in range(0, len(uids), WHOLE_AT_ONCE):
            came |= _fetched(box, uids[at : at + WHOLE_AT_ONCE], _beginning(CUT_AT))
    name = f"{account.user}, {folder}"
    return {uid: Source(f"{name}, message {uid}", raw) for uid, (raw, _size) in came.items() if raw}


def fetch_headings(
    account: Account, password: str, before: FolderState, *, since: date | None
) -> tuple[list[bytes], FolderState]:
    """Who, when and what about of the messages of a folder: a few lines of each heading, no words.

    Those that are newer than the state says, from the day `since` on, oldest first; with the state
    to be kept. Of very many only the newest come. Raises a MailAccountError.
    """
    with opened(account, password) as box:
        outline = _outline(box, before.folder, since, before)
        if outline.error:
            return [], before
        found: list[bytes] = []
        uids = outline.uids[-MOST_HEADINGS:]
        for at in range(0, len(uids), HEADINGS_AT_ONCE):
            came = _fetched(box, uids[at : at + HEADINGS_AT_ONCE], _HEADING)
            found += [came[uid][0] for uid in sorted(came)]
    return found, replace(outline.state, last_uid=max((outline.state.last_uid, *outline.uids)))


_HEADING = (
    "BODY.PEEK[HEADER.FIELDS (FROM TO CC BCC SUBJECT DATE MESSAGE-ID IN-REPLY-TO REFERENCES)]"
)


@dataclass(frozen=True, slots=True)
class _Outline:
    """What there is to fetch from one folder, or why nothing can be."""

    state: FolderState
    uids: tuple[int, ...] = ()
    error: str = ""


def _outline(
    box: BaseMailBox, name: str, since: date | None, before: FolderState | None
) -> _Outline:
    state = before or FolderState(name)
    try:
        uidvalidity = _examine(box, name) if name.isprintable() else -1
    except MailboxFolderSelectError:
        uidvalidity = -1
    if uidvalidity < 0:
        said = f"The folder {name} is no longer in this account. Choose the folders again."
        return _Outline(state, error=said)
    if uidvalidity != state.uidvalidity or _earlier(since, state):
        state = FolderState(name, uidvalidity, 0, since)
    sought: dict[str, Any] = {"uid": U(str(state.last_uid + 1), "*")}
    if since is not None:
        sought["date_gte"] = since
    # "n:*" always holds the last message, also where its number is smaller than n.
    uids = sorted(_number(uid) for uid in box.uids(AND(**sought), charset=None))
    return _Outline(state, tuple(uid for uid in uids if uid > state.last_uid))


def _examine(box: BaseMailBox, name: str) -> int:
    """Open a folder for reading only; the answer is its UIDVALIDITY."""
    box.folder.set(name, readonly=True)
    told = box.client.response("UIDVALIDITY")[1]
    return _number(told[0]) if told and told[0] else 0


def _number(told: str | bytes) -> int:
    """A number as the server gives them, of 32 bits (RFC 3501). Raises ValueError."""
    number = int(told) if len(told) <= 10 else -1
    if not 0 <= number < 2**32:
        raise ValueError("that is no number of a mail server")
    return number


def _earlier(since: date | None, state: FolderState) -> bool:
    return state.since is not None and (since is None or since < state.since)


# Messages -------------------------------------------------------------------------------------

_UID = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,18})\b")


def _messages(
    box: BaseMailBox, account: Account, outline: _Outline, wanted: Callable[[bytes], bool]
) -> Iterator[tuple[Source, FolderState]]:
    state = outline.state
    name = f"{account.user}, {state.folder}"
    if outline.error:
        yield Source(name, error=outline.error), state
        return
    if outline.uids and _examine(box, state.folder) != state.uidvalidity:
        return  # renumbered since the outline; the next time begins anew
    for at in range(0, len(outline.uids), BATCH):
        batch = outline.uids[at : at + BATCH]
        came = _fetched(box, batch, _beginning(FIRST_LOOK))
        for uid in batch:
            raw, size = came.get(uid, (b"", 0))
            if size > len(raw) and wanted(raw):
                raw, size = _fetched(box, (uid,), _beginning(CUT_AT)).get(uid, (raw, size))
            state = replace(state, last_uid=uid)
            yield _source(f"{name}, message {uid}", raw), state


def _source(name: str, raw: bytes) -> Source:
    if raw:
        return Source(name, raw)
    return Source(name, error="The server has this message in its list but did not give it.")


def _beginning(most: int) -> str:
    return f"BODY.PEEK[]<0.{most}>"  # PEEK marks nothing


def _fetched(box: BaseMailBox, uids: Sequence[int], part: str) -> dict[int, tuple[bytes, int]]:
    """A part of messages, by UID, each with the whole message's size."""
    numbers = ",".join(str(uid) for uid in uids)
    status, lines = box.client.uid("FETCH", numbers, f"(UID RFC822.SIZE {part})")
    if status != "OK":
        raise imaplib.IMAP4.error(lines[0] if lines else status)
    found: dict[int, tuple[bytes, int]] = {}
    for number, line in enumerate(lines):
        if not isinstance(line, tuple):
            continue
        after = lines[number + 1] if number + 1 < len(lines) else b""
        told = line[0] + b" " + (after if isinstance(after, bytes) else b"")
        uid, size = _UID.search(told), _SIZE.search(told)
        if uid:
            found[int(uid.group(1))] = (line[1], int(size.group(1)) if size else len(line[1]))
    return found
