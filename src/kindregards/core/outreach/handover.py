"""A Draft handed over to the person's mail program; nothing is sent from here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

from kindregards.core.outreach.draft import Draft

# What mail programs and systems take as one address; longer ones are cut off by some.
MAILTO_LIMIT = 2000

_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
_ADDR = re.compile(r"[^\s<>,;:\"()\[\]\\@]{1,64}@[A-Za-z0-9.-]{1,253}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def as_eml(
    draft: Draft,
    *,
    sender_name: str,
    sender_email: str,
    in_reply_to: str = "",
    references: Sequence[str] = (),
    date: datetime,
) -> bytes:
    """The draft as a message file (RFC 5322) that mail programs open as an unsent draft.

    `in_reply_to` and `references` are Message-IDs of the letter and its thread, with or without
    angle brackets; what is none is left out. `date` is aware. Lines end in CRLF; no value can add a
    header. Recipients that are names without an address are left to the mail program.
    """
    message = EmailMessage(policy=SMTP.clone(max_line_length=78))
    message["X-Unsent"] = "1"
    _fill(message, draft, (sender_name, sender_email), in_reply_to, references, date)
    return message.as_bytes()


def as_post(
    draft: Draft,
    *,
    sender_name: str,
    sender_email: str,
    message_id: str,
    in_reply_to: str = "",
    references: Sequence[str] = (),
    date: datetime,
) -> bytes:
    """The draft as a message that can go out as it is: all of its characters are ASCII.

    `message_id` is in angle brackets, and the same for the same letter however often this is
    asked. The other arguments are those of `as_eml`.
    """
    message = EmailMessage(policy=SMTP.clone(max_line_length=78))
    message["Message-ID"] = message_id
    _fill(message, draft, (sender_name, sender_email), in_reply_to, references, date)
    return message.as_bytes()


def address_of(person: str) -> str:
    """The bare address in `person` that a letter can be sent to; "" where there is none."""
    return _addr_spec(person)


def _fill(
    message: EmailMessage,
    draft: Draft,
    sender_is: tuple[str, str],
    in_reply_to: str,
    references: Sequence[str],
    date: datetime,
) -> None:
    sender_name, sender_email = sender_is
    message["Date"] = date
    sender = _addr_spec(sender_email)
    if sender:
        message["From"] = Address(display_name=_line(sender_name), addr_spec=sender)
    for header, people in (("To", draft.to), ("Cc", draft.cc)):
        known = [one for one in map(_recipient, people) if one]
        if known:
            message[header] = known
    message["Subject"] = _line(draft.subject)
    parent = _ids(in_reply_to)[:1]
    if parent:
        message["In-Reply-To"] = parent[0]
        thread = [one for given in references for one in _ids(given) if one != parent[0]]
        message["References"] = " ".join(dict.fromkeys([*thread, parent[0]]))
    message.set_content(_clean(draft.text), cte="quoted-printable")


def mailto(draft: Draft, in_reply_to: str | None = None) -> str:
    """The draft as a mailto address (RFC 6068), line breaks as %0D%0A.

    At most 2,000 characters: a longer letter comes without its body, which is then to be copied,
    and one whose subject is too long without that as well.
    """
    to = ",".join(quote(one, safe="@.+-_") for one in map(_addr_spec, draft.to) if one)
    fields = [("subject", _line(draft.subject))]
    copies = ",".join(one for one in map(_addr_spec, draft.cc) if one)
    if copies:
        fields.append(("cc", copies))
    parent = _ids(in_reply_to or "")[:1]
    if parent:
        fields.append(("In-Reply-To", parent[0]))
    body = re.sub(r"\r\n|\r|\n", "\r\n", _clean(draft.text))
    for tried in ([*fields, ("body", body)], fields, fields[1:]):
        asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in tried if value)
        address = f"mailto:{to}{'?' if asked else ''}{asked}"
        if len(address) <= MAILTO_LIMIT:
            return address
    return f"mailto:{to}" if len(to) < MAILTO_LIMIT else "mailto:"


def _addr_spec(person: str) -> str:
    """The address in `person`, "" if there is none that a header can carry."""
    found = _ADDR.search(person)
    spec = found.group().rstrip(".-") if found and _is_plain(found.group()) else ""
    try:
        return Address(addr_spec=spec).addr_spec if spec else ""
    except (ValueError, IndexError, HeaderParseError):
        return ""


def _recipient(person: str) -> Address | None:
    """`Name <address>` as a header carries it; None where there is no address."""
    spec = _addr_spec(person)
    if not spec:
        return None
    name = _line(re.sub(r"[<>\"]", " ", person.replace(spec, " ")))
    return Address(display_name=name, addr_spec=spec)


def _ids(given: str) -> list[str]:
    """The Message-IDs in `given`; one without brackets gets them."""
    found = [one for one in _MESSAGE_ID.findall(given) if _is_plain(one)]
    bare = given.strip()
    if not found and re.fullmatch(r"[^<>\s@]{1,200}@[^<>\s@]{1,200}", bare) and _is_plain(bare):
        return [f"<{bare}>"]
    return found


def _is_plain(value: str) -> bool:
    """Whether a header can carry the value as it is: ASCII, and no encoded word (RFC 2047)."""
    return value.isascii() and value.isprintable() and "=?" not in value


def _line(text: str) -> str:
    """The text on one line. An encoded word in it would be decoded, line breaks and all."""
    return " ".join(_CONTROL.sub(" ", text).replace("=?", "= ?").split())


def _clean(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "", text)
