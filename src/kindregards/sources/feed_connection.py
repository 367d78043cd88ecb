"""Fetching a feed, with limits: who may be asked, how much is taken, and for how long.

Never linkedin.com, never this computer or its network, and only when the person asked for this
feed. Each address is looked at before it is dialled, and exactly that one is dialled.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from kindregards.sources.connection import is_outside

LARGEST = 2_000_000  # bytes
LONGEST = 10.0  # seconds for all of it, redirects too
MOST_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
_NEVER = ("linkedin.com", "lnkd.in", "licdn.com")
_MOVED = (301, 302, 303, 307, 308)
_HEADERS = {
    "User-Agent": "KindRegards (a feed that its reader asked for)",
    "Accept": "application/atom+xml, application/rss+xml, application/xml, text/xml, */*;q=0.1",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


class NotFetchedError(Exception):
    """Raised where a feed was not fetched; its message is a sentence for a person."""


def feed_address(told: str) -> str:
    """An address as the person wrote it, ready to be asked. Raises NotFetchedError."""
    told = told.strip()
    parts = _parts(told if "://" in told else f"https://{told}")
    return parts.geturl()


def fetch_feed(
    address: str,
    *,
    largest: int = LARGEST,
    longest: float = LONGEST,
    may_ask: Callable[[str], bool] = is_outside,
) -> bytes:
    """The bytes at an address, at most `largest` of them, in at most `longest` seconds.

    With 0 for `largest` nothing is read: it is only seen whether the site has something there.

    `may_ask` says of each IP address whether it may be dialled; tests that have a server of their
    own give another. Raises NotFetchedError with a sentence.
    """
    ends = time.monotonic() + longest
    parts = _parts(address)
    for _hop in range(MOST_REDIRECTS + 1):
        moved_to, raw = _asked(parts, largest, ends, may_ask)
        if not moved_to:
            return raw
        there = _parts(urljoin(parts.geturl(), moved_to))
        if parts.scheme == "https" and there.scheme == "http":
            raise NotFetchedError("It leads from a locked connection to an open one. Not followed.")
        parts = there
    raise NotFetchedError("It leads from one address to the next without an end.")


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as problem:
        raise NotFetchedError("This is no address of a feed.") from problem
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in PORTS or not host or port == 0:
        raise NotFetchedError("A feed’s address begins with https:// and names a site.")
    if parts.username is not None or parts.password is not None:
        raise NotFetchedError("Give the address without a name or password in it.")
    if any(host == one or host.endswith(f".{one}") for one in _NEVER):
        raise NotFetchedError("LinkedIn is never asked for anything. A blog of their own can be.")
    return parts


def _asked(
    parts: SplitResult, largest: int, ends: float, may_ask: Callable[[str], bool]
) -> tuple[str, bytes]:
    """Where it has moved to, or its bytes."""
    try:
        with _closing(_dialled(parts, ends, may_ask), ends) as connected:
            if isinstance(connected, ssl.SSLSocket):
                connected.do_handshake()
            asking = http.client.HTTPConnection(parts.hostname or "", parts.port)
            asking.sock = connected
            asking.request("GET", _path(parts), headers={"Host": parts.netloc, **_HEADERS})
            return _answered(asking.getresponse(), largest)
    except TimeoutError as problem:
        raise NotFetchedError("The site took too long to answer.") from problem
    except ssl.SSLError as problem:
        raise NotFetchedError("The site’s certificate does not hold, so it was not read.") from (
            problem
        )
    except (OSError, http.client.HTTPException, ValueError) as problem:
        sentence = "The site could not be reached, or broke off in the middle."
        if time.monotonic() >= ends:
            sentence = "The site took too long to answer."
        raise NotFetchedError(sentence) from problem


def _answered(answer: http.client.HTTPResponse, largest: int) -> tuple[str, bytes]:
    if answer.status in _MOVED and answer.headers.get("Location"):
        return str(answer.headers["Location"]), b""
    if answer.status != http.client.OK:
        raise NotFetchedError(
            f"The site says that there is nothing to read here ({answer.status})."
        )
    if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise NotFetchedError("The site sends it packed, though it was asked not to.")
    if not largest:
        return "", b""
    raw = answer.read(largest + 1)
    if len(raw) > largest:
        raise NotFetchedError(f"It is larger than {largest // 1_000_000} MB, which no feed is.")
    if answer.length:
        raise http.client.IncompleteRead(raw, answer.length)
    return "", raw


def _dialled(parts: SplitResult, ends: float, may_ask: Callable[[str], bool]) -> socket.socket:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    addresses = _looked_up(host, port, ends)
    if not addresses or not all(map(may_ask, addresses)):
        raise NotFetchedError("It leads into a private network or to this computer. Not asked.")
    failure: OSError = OSError("no address")
    for address in addresses:
        try:
            connected = socket.create_connection((address, port), _left(ends))
            return _locked(connected, parts) if parts.scheme == "https" else connected
        except OSError as problem:
            failure = problem
    raise failure


def _looked_up(host: str, port: int, ends: float) -> list[str]:
    """The IP addresses of a name, each once.

    The system looks a name up for as long as it likes, so that is done beside, and waited for until
    the time is over; a lookup that hangs ends by itself, and nobody asks for its answer.
    """
    told: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def _ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, ValueError) as problem:
            told.put(problem)
        else:
            told.put(list(dict.fromkeys(str(where[0]) for *_kind, where in found)))

    threading.Thread(target=_ask, daemon=True).start()
    try:
        answer = told.get(timeout=_left(ends))
    except Empty as problem:
        raise TimeoutError from problem
    if isinstance(answer, Exception):
        raise answer
    return answer


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


@contextmanager
def _closing(connected: socket.socket, ends: float) -> Iterator[socket.socket]:
    """Close it in the end, and at its time, however steadily the answer drips."""

    def _shut() -> None:
        try:
            connected.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    watch = threading.Timer(_left(ends), _shut)
    watch.daemon = True
    watch.start()
    try:
        yield connected
        if time.monotonic() >= ends:
            raise TimeoutError
    finally:
        watch.cancel()
        connected.close()


def _locked(connected: socket.socket, parts: SplitResult) -> socket.socket:
    trust = ssl.create_default_context()
    return trust.wrap_socket(
        connected, server_hostname=parts.hostname, do_handshake_on_connect=False
    )


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{path}?{query}" if query else path
