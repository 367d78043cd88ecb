"""Fetching a feed from a real server on this computer: what is taken, and what is refused."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kindregards.sources.feed_connection import NotFetchedError, feed_address, fetch_feed

FEED = b"<rss><channel><title>Maps</title></channel></rss>"


class _Blog(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path, port = self.path.partition("?")[0], self.server.server_address[1]
        moved = {
            "/moved": "/feed",
            "/round": "/round",
            "/inside": f"http://127.0.0.2:{port}/feed",
            "/linkedin": "https://www.linkedin.com/in/ada",
            "/file": "file:///etc/passwd",
        }
        if path in moved:
            self._say(302, b"", Location=moved[path])
        elif path == "/drips":
            self._drip()
        elif path == "/breaks":
            self._say(200, b"<rss>", length=1000)
        elif path == "/packed":
            self._say(200, b"\x1f\x8b", **{"Content-Encoding": "gzip"})
        else:
            raw = {"/feed": FEED, "/large": b"x" * 3_000_000}.get(path)
            self._say(200 if raw else 404, raw or b"")

    def _say(self, status: int, raw: bytes, *, length: int = -1, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw) if length < 0 else length))
        self.end_headers()
        try:
            self.wfile.write(raw)
        except OSError:
            return

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _time in range(600):
                self.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def blog() -> Iterator[str]:
    """The address of a blog on this computer."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Blog) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def only_this(address: str) -> bool:
    """As if this one address were on the open Internet."""
    return address == "127.0.0.1"


def test_a_feed_is_fetched_also_from_where_it_has_moved_to(blog: str) -> None:
    assert fetch_feed(f"{blog}/feed?a=ä b", may_ask=only_this) == FEED
    assert fetch_feed(f"{blog}/moved", may_ask=only_this) == FEED


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("round", "from one address to the next"),
        ("inside", "into a private network"),
        ("linkedin", "LinkedIn is never asked"),
        ("file", "begins with https://"),
        ("large", "larger than 2 MB"),
        ("packed", "packed"),
        ("breaks", "broke off"),
        ("gone", r"nothing to read here \(404\)"),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence(blog: str, path: str, sentence: str) -> None:
    with pytest.raises(NotFetchedError, match=sentence):
        fetch_feed(f"{blog}/{path}", may_ask=only_this)


def test_an_answer_that_drips_for_ever_ends_in_time(blog: str) -> None:
    with pytest.raises(NotFetchedError, match="too long"):
        fetch_feed(f"{blog}/drips", may_ask=only_this, longest=0.6)


def test_a_lock_that_nobody_answers_ends_too(blog: str) -> None:
    with pytest.raises(NotFetchedError, match=r"certificate|too long|reached"):
        fetch_feed(blog.replace("http:", "https:"), may_ask=only_this, longest=3)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "192.168.1.1",
             "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "[fd00::1]"],
)  # fmt: skip
def test_nothing_inside_is_asked(host: str) -> None:
    with pytest.raises(NotFetchedError, match=r"private network|could not be reached"):
        fetch_feed(f"http://{host}:9/feed")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://blog.example/feed", "file:///etc/passwd", "https://", "https://u:p@blog.example/",
        "https://www.linkedin.com/feed", "lnkd.in/x", "https://LINKEDIN.com./x", "http://[::1",
        "http://blog.example:99999/",
    ],
)  # fmt: skip
def test_some_addresses_are_never_asked(address: str) -> None:
    with pytest.raises(NotFetchedError):
        feed_address(address)


def test_an_address_may_be_given_without_its_beginning() -> None:
    assert feed_address(" blog.example/feed ") == "https://blog.example/feed"
