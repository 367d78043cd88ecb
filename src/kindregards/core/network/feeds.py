"""What a feed of a blog tells: RSS 0.9 to 2.0 and Atom, as its entries."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

MOST = 200  # entries
LONGEST_TITLE = 300
LONGEST_LINK = 2_000

_BROKEN = "This feed is broken: it cannot be read as XML. The blog’s own people can mend it."
_TRAP = "This feed holds what only serves to harm programs that read it, and was not read."
_A_PAGE = (
    "This is a page and not its feed. The address of a feed often ends in /feed, /rss.xml or "
    "/atom.xml."
)
_NO_FEED = "This is no feed: neither RSS nor Atom."
_FOLLOWS = re.compile(
    r"(?i)utm_.*|[a-z]{2,4}clid|mc_[ce]id|_hs(?:enc|mi)|trk.*|ref|igshid|midtoken"
)


class NotAFeed(ValueError):
    """Raised for bytes that hold no feed; its message is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was written. `at` is aware, None where no day is given; `link` may be "".

    Of an episode, `sound` is the address of its sound and `seconds` its length, if they are told.
    """

    title: str
    link: str
    at: datetime | None
    sound: str = ""
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A feed: what it calls itself, and its entries in its own order, at most 200."""

    title: str
    entries: tuple[Entry, ...]


def read_feed(raw: bytes, *, address: str) -> FeedRead:
    """What stands in a feed that was fetched from an address.

    Declarations of entities are refused, and with them every bomb that is made of them. Raises
    NotAFeed with a sentence.
    """
    start = raw[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise NotAFeed(_A_PAGE)
    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException as problem:
        raise NotAFeed(_TRAP) from problem
    except (ParseError, ValueError, LookupError, RecursionError) as problem:
        raise NotAFeed(_BROKEN) from problem
    if _name(root) == "html":
        raise NotAFeed(_A_PAGE)
    if _name(root) not in ("rss", "rdf", "feed"):
        raise NotAFeed(_NO_FEED)
    told = (_entry(one, address) for one in _entries(root))
    head = root if _name(root) == "feed" else next(_called(root, "channel"), root)
    return FeedRead(_text(head, "title"), tuple(one for one in told if one.title or one.link))


def without_trackers(link: str) -> str:
    """A link without what tells its site who follows it; "" for what is no page on the web."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
        return ""
    asked = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in asked if not _FOLLOWS.fullmatch(name)]
    query = parts.query if kept == asked else urlencode(kept)
    cut = urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
    return cut if len(cut) <= LONGEST_LINK else ""


def _entries(root: Element) -> list[Element]:
    found = [one for one in root.iter() if _name(one) in ("item", "entry")]
    return found[:MOST]


def _entry(one: Element, address: str) -> Entry:
    days = (_text(one, name) for name in ("published", "pubdate", "date", "issued", "updated"))
    at = next(filter(None, map(_moment, days)), None)
    link = _link(one)
    return Entry(
        _text(one, "title"),
        without_trackers(_joined(address, link)) if link else "",
        at,
        _sound(one, address),
        _seconds(_text(one, "duration")),
    )


def _sound(one: Element, address: str) -> str:
    """Where the sound of an episode is; its address is kept whole, for it may hold a key."""
    for told in (*_called(one, "enclosure"), *_called(one, "link")):
        where = (told.get("url") or told.get("href") or "").strip()
        is_sound = told.get("type", "").lower().startswith("audio/")
        whole = _joined(address, where) if where and is_sound else ""
        if whole and without_trackers(whole) and len(whole) <= LONGEST_LINK:
            return whole
    return ""


def _joined(address: str, where: str) -> str:
    """The whole address; "" for one that is none."""
    try:
        return urljoin(address, where)
    except ValueError:  # brackets that hold no address
        return ""


def _seconds(told: str) -> int | None:
    """A length as feeds write it: 3725, 62:05 or 1:02:05."""
    parts = told.split(":")
    if not 1 <= len(parts) <= 3 or not all(one.isdecimal() and len(one) < 7 for one in parts):
        return None
    total = 0
    for one in parts:
        total = total * 60 + int(one)
    return total


def _link(one: Element) -> str:
    for link in _called(one, "link"):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return link.get("href", "").strip()
        if link.text and link.text.strip():
            return link.text.strip()
    guid = next(_called(one, "guid"), None)
    is_link = guid is not None and guid.get("isPermaLink", "true") == "true"
    return (guid.text or "").strip() if guid is not None and is_link else ""


def _text(one: Element, name: str) -> str:
    found = next(_called(one, name), None)
    if found is None:
        return ""
    plain = re.sub(r"<[^>]*>", " ", html.unescape("".join(found.itertext())))
    return " ".join(html.unescape(plain).split())[:LONGEST_TITLE]


def _called(one: Element, name: str) -> Iterator[Element]:
    return (child for child in one if _name(child) == name)


def _name(one: Element) -> str:
    """The name of an element without its namespace, in lower case; feeds mix both up."""
    return one.tag.rpartition("}")[2].lower() if isinstance(one.tag, str) else ""


def _moment(told: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(told)
            return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
