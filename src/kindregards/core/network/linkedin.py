"""What a LinkedIn export tells of people: connections, invitations and messages (R25)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime

from kindregards.core.network.card import (
    LONGEST_NAME,
    LONGEST_NOTE,
    Card,
    birthday_in,
    person_key,
    plain_address,
    profile_key,
)
from kindregards.core.outreach.draft import Direction
from kindregards.core.spreadsheet import NotATable, Order, guess_order, read_day, read_table
from kindregards.core.spreadsheet.table import Table, plain_heading

MOST_ROWS = 200_000
LARGEST = 200_000_000  # bytes; years of messages in one file
LONGEST_MESSAGE = 4_000

# Headings as LinkedIn writes them and as older exports did (Appendix A), without case and signs.
_CONNECTIONS = {
    "first name": "first", "given name": "first", "vorname": "first",
    "last name": "last", "family name": "last", "surname": "last", "nachname": "last",
    "name": "name", "full name": "name",
    "url": "profile", "profile url": "profile", "profile": "profile", "linkedin": "profile",
    "email address": "email", "e mail address": "email", "email": "email", "e mail": "email",
    "e mail 1 value": "email", "mail": "email",
    "company": "employer", "company name": "employer", "employer": "employer",
    "organization": "employer", "organisation": "employer", "organization name": "employer",
    "organization 1 name": "employer", "firma": "employer",
    "position": "role", "title": "role", "job title": "role", "role": "role",
    "organization title": "role", "organization 1 title": "role",
    "notes": "note", "note": "note", "birthday": "birthday",
    "connected on": "day", "connected": "day",
}  # fmt: skip
_INVITATIONS = {
    "from": "from", "to": "to", "sent at": "at", "date": "at", "message": "message",
    "direction": "direction", "inviterprofileurl": "inviter", "inviteeprofileurl": "invitee",
    "inviter profile url": "inviter", "invitee profile url": "invitee",
}  # fmt: skip
_MESSAGES = {
    "conversation id": "conversation", "from": "from", "sender profile url": "sender",
    "to": "to", "recipient profile urls": "recipients", "date": "at", "subject": "subject",
    "content": "content", "folder": "folder", "is message draft": "draft",
    "is conversation draft": "draft",
}  # fmt: skip
# A list of people has a name in one column or in two.
_NAMED = ({"name"}, {"first", "last"})
_SPAM = frozenset({"spam", "archive spam"})


@dataclass(frozen=True, slots=True)
class Word:
    """A message or an invitation: who it was with, which way it went, and when.

    `direction` is None where neither side is known to be the person. `at` is aware, in UTC.
    """

    at: datetime
    name: str
    profile: str
    direction: Direction | None
    text: str = ""
    is_invitation: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that could not be taken, and why."""

    line: int
    why: str


def connections(raw: bytes) -> tuple[list[Card], list[Unread]]:
    """The people of Connections.csv, or of an address book's CSV, and the rows that name nobody.

    Blank rows do not count. Raises NotATable with a sentence where not one person is in it: an
    export without anybody is a wrong file and not an empty network.
    """
    table, columns = _table(raw, _CONNECTIONS, any_of=_NAMED, named="Connections.csv")
    card_of = _connection_in(columns, _order_in(table, columns))
    cards, unread = [], []
    for line, row in zip(table.lines, table.rows, strict=True):
        card = card_of(line, row)
        if card.is_somebody:
            cards.append(card)
        else:
            unread.append(Unread(line, "It names nobody."))
    if not cards:
        raise NotATable(
            "Nobody is in this list. Is it the whole Connections.csv from LinkedIn’s export?"
        )
    return cards, unread


def _order_in(table: Table, columns: Sequence[str]) -> Order:
    at = columns.index("day") if "day" in columns else None
    days = () if at is None else (row[at] for row in table.rows)
    return guess_order(days) or Order.MONTH_FIRST


def _connection_in(columns: Sequence[str], order: Order) -> Callable[[int, tuple[str, ...]], Card]:
    """What makes a card of a row; where each thing stands is found once and not for every row."""
    places = {name: at for at, name in enumerate(columns) if name}
    width = len(columns)  # where a column is missing, what stands behind the row: nothing
    first, last, name, email, role, employer, profile, day, birthday, note = (
        places.get(one, width)
        for one in (
            "first", "last", "name", "email", "role", "employer", "profile", "day", "birthday",
            "note",
        )
    )  # fmt: skip

    def _card(line: int, cells: tuple[str, ...]) -> Card:
        row = (*cells, "")
        return Card(
            " ".join((row[name] or f"{row[first]} {row[last]}").split())[:LONGEST_NAME],
            plain_address(row[email]) if row[email] else "",
            " ".join(row[role].split())[:LONGEST_NAME],
            " ".join(row[employer].split())[:LONGEST_NAME],
            profile_key(row[profile]),
            read_day(row[day], order),
            birthday_in(row[birthday]) if row[birthday] else None,
            row[note][:LONGEST_NOTE],
            "",
            line,
        )

    return _card


def _name(row: Mapping[str, str]) -> str:
    parts = row.get("name", "") or f"{row.get('first', '')} {row.get('last', '')}"
    return " ".join(parts.split())


def invitations(raw: bytes) -> tuple[list[Word], list[Unread]]:
    """The invitations of Invitations.csv, each with the way it went."""
    words, unread = [], []
    for line, row in _rows(raw, _INVITATIONS, any_of=({"from", "to"},), named="Invitations.csv"):
        at = _moment(row.get("at", ""))
        incoming = row.get("direction", "").casefold().startswith("in")
        name, profile = ("from", "inviter") if incoming else ("to", "invitee")
        if at is None:
            unread.append(Unread(line, f"“{row.get('at', '')[:40]}” is not a time."))
            continue
        words.append(
            Word(
                at=at,
                name=" ".join(row.get(name, "").split())[:LONGEST_NAME],
                profile=profile_key(row.get(profile, "")),
                direction=Direction.IN if incoming else Direction.OUT,
                text=row.get("message", "")[:LONGEST_MESSAGE],
                is_invitation=True,
            )
        )
    return words, unread


def messages(raw: bytes, *, own_names: frozenset[str]) -> tuple[list[Word], list[Unread]]:
    """The messages of messages.csv between the person and one other.

    `own_names` are keys of the person's own name (person_key); where there are none, whoever is
    in most rows is the person. Drafts, spam and conversations of more than two are left out.
    """
    rows = list(_rows(raw, _MESSAGES, any_of=({"from", "to", "at"},), named="messages.csv"))
    own = own_names or _most_often([row for _line, row in rows])
    words, unread = [], []
    for line, row in rows:
        if _is_unsent(row) or row.get("folder", "").casefold() in _SPAM or _is_group(row):
            continue
        at = _moment(row.get("at", ""))
        if at is None:
            unread.append(Unread(line, f"“{row.get('at', '')[:40]}” is not a time."))
        else:
            words.append(_message(row, at, own))
    return words, unread


def _message(row: Mapping[str, str], at: datetime, own: frozenset[str]) -> Word:
    sent = person_key(row.get("from", "")) in own
    name, profile = ("to", "recipients") if sent else ("from", "sender")
    known = sent or person_key(row.get("to", "")) in own
    return Word(
        at=at,
        name=" ".join(row.get(name, "").split())[:LONGEST_NAME],
        profile=profile_key(row.get(profile, "")),
        direction=(Direction.OUT if sent else Direction.IN) if known else None,
        text=row.get("content", "")[:LONGEST_MESSAGE],
    )


def own_name(raw: bytes) -> str:
    """The person's own name in Profile.csv; "" where there is none."""
    headings = {"first name": "first", "last name": "last"}
    try:
        _line, row = next(_rows(raw, headings, any_of=_NAMED[1:], named="Profile.csv"))
    except (NotATable, StopIteration):
        return ""
    return _name(row)


def _table(
    raw: bytes, headings: Mapping[str, str], *, any_of: Sequence[Set[str]], named: str
) -> tuple[Table, list[str]]:
    """The rows, and what each column means. Raises NotATable for another list."""
    table = read_table(
        raw, known_headings=frozenset(headings), most_rows=MOST_ROWS, largest=LARGEST
    )
    columns = [headings.get(plain_heading(cell), "") for cell in table.heading]
    if not table.has_heading or not any(needed <= set(columns) for needed in any_of):
        raise NotATable(f"This is not {named} as LinkedIn exports it: its headings are not there.")
    return table, columns


def _rows(
    raw: bytes, headings: Mapping[str, str], *, any_of: Sequence[Set[str]], named: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by what its columns mean, with its line. Raises NotATable for another list."""
    table, columns = _table(raw, headings, any_of=any_of, named=named)
    for line, row in zip(table.lines, table.rows, strict=True):
        yield line, {name: cell for name, cell in zip(columns, row, strict=False) if name}


def _is_unsent(row: Mapping[str, str]) -> bool:
    return row.get("draft", "").casefold() in ("yes", "true")


def _is_group(row: Mapping[str, str]) -> bool:
    return "," in row.get("recipients", "") or row.get("to", "").count(",") > 1


def _most_often(rows: list[dict[str, str]]) -> frozenset[str]:
    """The name that is on one side of most rows, where one is; else nobody."""
    counts: dict[str, int] = {}
    for row in rows:
        for name in {person_key(row.get("from", "")), person_key(row.get("to", ""))} - {""}:
            counts[name] = counts.get(name, 0) + 1
    most = sorted(counts.values(), reverse=True)[:2]
    if not most or most[1:] == most[:1]:
        return frozenset()
    return frozenset({max(counts, key=lambda name: counts[name])})


_STAMP = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?: ?UTC|Z)?$"
)
_AMERICAN = re.compile(r"(?i)(\d{1,2})/(\d{1,2})/(\d{2,4}),? +(\d{1,2}):(\d{2}) *(am|pm)?$")


def _moment(cell: str) -> datetime | None:
    """A time as LinkedIn writes it, in UTC; with only a day, noon of it."""
    cell = " ".join(cell.split())
    try:
        if found := _STAMP.match(cell):
            return datetime(*(int(part or 0) for part in found.groups()), tzinfo=UTC)  # type: ignore[misc,arg-type]
        if found := _AMERICAN.match(cell):
            month, day, year, hour, minute = (int(part) for part in found.groups()[:5])
            half = (found[6] or "").lower()
            hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
            return datetime(
                year + 2000 if year < 100 else year, month, day, hour, minute, tzinfo=UTC
            )
    except ValueError:
        return None
    named = read_day(cell, Order.MONTH_FIRST)
    return datetime(named.year, named.month, named.day, 12, tzinfo=UTC) if named else None
