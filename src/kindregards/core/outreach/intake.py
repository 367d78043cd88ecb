"""A draft as it comes from a file: plain text, text with its headers on top, or a message."""

from __future__ import annotations

import email
import html
import re
from email.message import EmailMessage
from email.policy import default

from kindregards.core.outreach.cues import lexicon
from kindregards.core.outreach.draft import Draft, DraftKind
from kindregards.core.outreach.prose import Prose
from kindregards.core.outreach.shape import asks

_HEADER = re.compile(
    r"(?P<name>to|an|cc|kopie|bcc|subject|betreff|from|von|date|datum|attachments?|anhang|anlagen?)"
    r"[ \t]*:[ \t]*(?P<value>[^\n]*)\n?",
    re.IGNORECASE,
)
_MESSAGE = re.compile(
    r"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t]+[^\n]+\n)*)*?"
    r"(?:mime-version|content-type|message-id|received|x-unsent|content-transfer-encoding):",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>,;:\"()]+@[^\s<>,;:\"()]+")
LARGEST = 3_000_000
"""Bytes of a file that are looked at."""
_LONGEST_HEAD, _LONGEST_LIST = 20_000, 2_000
"""Characters of the headers and of one list of people that are looked at."""
_SAME = {
    "an": "to",
    "bcc": "cc",
    "kopie": "cc",
    "betreff": "subject",
    "anhang": "attachment",
    "anlage": "attachment",
    "anlagen": "attachment",
    "attachments": "attachment",
}
_GERMAN = re.compile(
    r"\b(?:ich|und|nicht|sie|ihnen|ihre?[nmrs]?|der|die|das|für|mit|eine?[nmrs]?|auf|vielen|dank"
    r"|mich|mir|sehr|dass|wir|gespräch|stelle|grüße|ist|habe|hallo|wenn|danke|würde|bitte|uns|zu)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:i|and|not|you|your|the|for|with|an?|on|thank|thanks|me|my|very|that|we|to|of|is|have|hi"
    r"|hello|if|would|please|dear|in|was|it|this|be|are)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(r"advice|feedback|pointers|rat\b|rückmeldung|tipp", re.IGNORECASE)
_WANTS = re.compile(
    r"\bcircl(?:e|ing) back|\btouch(?:ing)? base|\breach(?:ing)? out"
    r"|\b(?:am|i'm|still) looking for (?:an?|another|my next) (?:new )?(?:role|job|position)"
    r"|\b(?:have|had|with) (?:a|one) (?:\w+ )?question"
    r"|\bich suche (?:weiterhin |noch |gerade )?eine (?:neue )?(?:stelle|arbeit)"
    r"|\bhabe (?:ich )?(?:noch )?eine (?:\w+ )?frage|\bwollte mich (?:noch ?mal |kurz )*melden",
    re.IGNORECASE,
)
_REMINDS = re.compile(
    r"following up|follow(?:ing)?-? ?up on my"
    r"|my (?:last|earlier|previous) (?:note|message|letter|mail)"
    r"|short reminder|wrote to you (?:last|a|on)"
    r"|meine? (?:letzte|frühere|kurze)\w* (?:nachricht|mail|frage)"
    r"|nachfassen|kurz erinnern|kurze erinnerung",
    re.IGNORECASE,
)


def draft_from_text(raw: bytes) -> Draft:
    """The Draft in a file's bytes, for `kindregards check`; any bytes give one.

    Plain text; text with lines such as To:, Cc:, Subject: or Attachment: on top; or a message
    (.eml), whose attachments are known by their names. The language is told from the words, the
    kind from whether it asks.
    """
    raw = raw[:LARGEST]
    text = _decoded(raw)
    return _from_message(raw) if _MESSAGE.match(text, 0, _LONGEST_HEAD) else _from_text(text)


def language_of(text: str) -> str:
    """ "de" where German words outnumber English ones, else "en"."""
    return "de" if _lead_of_german(text) > 0 else "en"


def language_written(text: str, begun_in: str) -> str:
    """The language of a letter that was begun in one: the other where its words clearly lead.

    A clear lead is five words [design], more than a quoted sentence or a borrowed greeting has.
    """
    lead = _lead_of_german(text)
    return begun_in if abs(lead) < 5 else "de" if lead > 0 else "en"


def _lead_of_german(text: str) -> int:
    return len(_GERMAN.findall(text)) - len(_ENGLISH.findall(text))


def kind_of(text: str) -> DraftKind:
    """What a letter is for, by its words: a reminder, a request, or thanks."""
    if _REMINDS.search(text):
        return DraftKind.FOLLOW_UP
    if "?" in text or _is_request(text):
        return DraftKind.ADVICE_REQUEST
    return DraftKind.THANKS


def _is_request(text: str) -> bool:
    """Whether a letter without a question mark asks for advice, or is there to get something.

    One that thanks for advice speaks of it too, so a mere mention counts only without a thanks.
    """
    prose, known = Prose(text[:_LONGEST_HEAD]), lexicon(language_of(text))
    told = " ".join(one.text for one in prose.sentences)
    of_advice = bool(_ADVICE.search(text))
    if of_advice and asks(prose, known):
        return True
    return (of_advice or bool(_WANTS.search(told))) and not known.pattern("thanks").search(told)


def _decoded(raw: bytes) -> str:
    encodings = ["utf-8-sig", "cp1252"]
    for encoding in ["utf-16", *encodings] if raw[:2] in _WIDE else encodings:
        try:
            return _lines(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _lines(raw.decode("latin-1"))


_WIDE = (b"\xff\xfe", b"\xfe\xff")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _from_text(text: str) -> Draft:
    headers: dict[str, list[str]] = {}
    rest = text.lstrip("\n")
    while header := _HEADER.match(rest):
        name = header["name"].lower()
        headers.setdefault(_SAME.get(name, name), []).append(header["value"].strip())
        rest = rest[header.end() :]
    return _made(
        rest.lstrip("\n") if headers else text,
        subject=" ".join(headers.get("subject", [])),
        to=headers.get("to", []),
        cc=headers.get("cc", []),
        attachments=[one for value in headers.get("attachment", []) for one in value.split(",")],
    )


def _from_message(raw: bytes) -> Draft:
    message = email.message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return _made(
        _body(message),
        subject=_header(message, "Subject"),
        to=[_header(message, "To")],
        cc=[_header(message, "Cc"), _header(message, "Bcc")],
        attachments=[part.get_filename() or "attachment" for part in _attached(message)],
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, LookupError, AttributeError, TypeError):
        return ""  # the standard library raises all of these on broken headers


def _attached(message: EmailMessage) -> list[EmailMessage]:
    parts = [part for part in message.walk() if isinstance(part, EmailMessage)]
    return [
        part
        for part in parts
        if not part.is_multipart()
        and (part.get_content_disposition() == "attachment" or part.get_filename())
    ]


def _body(message: EmailMessage) -> str:
    try:
        part = message.get_body(("plain", "html"))
        content = part.get_content() if part is not None else ""
    except (ValueError, KeyError, LookupError, AttributeError, TypeError):
        payload = message.get_payload(decode=True)
        content = _decoded(payload) if isinstance(payload, bytes) else ""
        part = None
    text = _lines(str(content)).encode("utf-8", "replace").decode("utf-8")
    return _untagged(text) if part is not None and part.get_content_subtype() == "html" else text


def _untagged(text: str) -> str:
    text = re.sub(r"(?is)<(style|script|head)\b.*?(?:</\1>|\Z)", "", text)
    text = re.sub(r"(?i)<br\s*/?>|</(?:p|div|tr|li|h\d)>", "\n", text)
    text = re.sub(r"<[^<>]*>", "", text)
    return html.unescape(text)


def _made(
    text: str, *, subject: str, to: list[str], cc: list[str], attachments: list[str]
) -> Draft:
    return Draft(
        text=text,
        subject=subject,
        to=_people(to),
        cc=_people(cc),
        attachments=tuple(one.strip() for one in attachments if one.strip()),
        kind=kind_of(text),
        language=language_of(text),
    )


def _people(values: list[str]) -> tuple[str, ...]:
    """Addresses, each with the name that stands before it; else the names as they stand."""
    found: list[str] = []
    for value in values:
        value = value[:_LONGEST_LIST]
        known = list(_ADDRESS.finditer(value))
        starts = [0, *(one.end() for one in known)]
        named = (
            _named(value[at : one.start()], one.group())
            for at, one in zip(starts, known, strict=False)
        )
        found.extend(named if known else [one.strip() for one in value.split(",") if one.strip()])
    return tuple(found)


def _named(before: str, address: str) -> str:
    """ "Ines Okafor <ines@…>" where a name stands before the address, else the address alone."""
    name = before.strip(" \t<>;:\"'").lstrip(",").strip(" \t\"'")
    return f"{name} <{address}>" if name else address
