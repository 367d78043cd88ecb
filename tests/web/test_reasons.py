"""Reasons to write: noted by hand, and from the blog of somebody on a real server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import NOW

from kindregards.core.network.card import Card
from kindregards.core.network.feeds import NotAFeed
from kindregards.core.network.occasions import OccasionKind
from kindregards.sources.feed_connection import NotFetchedError, fetch_feed
from kindregards.web.models import Blog, Contact, Occasion, User
from kindregards.web.network.blogs import add_feed, due_feeds, look, look_at_due
from kindregards.web.network.noticing import OnceAYearError, note_reason
from kindregards.web.network.services import put_in

pytestmark = pytest.mark.django_db


def _item(title: str, days: int) -> str:
    day = format_datetime(NOW - timedelta(days=days))
    return (
        f"<item><title>{title}</title><link>https://ada.example/{days}?utm_source=rss</link>"
        f"<pubDate>{day}</pubDate></item>"
    )


PAGES = {
    "/feed": f"<rss><channel><title>Ada’s maps</title>{_item('On folding', 2)}"
    f"{_item('Long ago', 90)}{_item('Not yet', -3)}</channel></rss>",
    "/page": "<!doctype html><p>Hello</p>",
}


class _Blog(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        raw = PAGES.get(self.path, "").encode()
        self.send_response(200 if raw else 404)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def blog() -> Iterator[str]:
    """The address of a blog on this computer."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Blog) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


here = partial(fetch_feed, may_ask=lambda address: address == "127.0.0.1")


@pytest.fixture
def ada(owner: User) -> Contact:
    """Somebody with a blog."""
    return put_in(owner=owner, card=Card(name="Ada Berg", employer="Tidewell"))


def test_what_somebody_wrote_in_their_blog_is_a_reason_once(ada: Contact, blog: str) -> None:
    feed = add_feed(contact=ada, told=f"{blog}/feed", now=NOW, fetch=here)
    look(feed=feed, now=NOW, fetch=here)
    occasion = Occasion.objects.get()
    assert (occasion.words, occasion.link, occasion.kind) == (
        "On folding",
        "https://ada.example/2",
        "post",
    )
    feed.refresh_from_db()
    assert (str(feed), feed.problem, feed.looked_at) == ("Ada’s maps", "", NOW)


def test_a_blog_is_looked_at_once_a_day_and_what_goes_wrong_stands_with_it(
    ada: Contact, blog: str
) -> None:
    feed = add_feed(contact=ada, told=f"{blog}/feed", now=NOW, fetch=here)
    assert not due_feeds(NOW + timedelta(hours=23)).exists()
    Blog.objects.filter(pk=feed.pk).update(address=f"{blog}/gone")
    tomorrow = NOW + timedelta(days=1)
    assert look_at_due(now=tomorrow, stopping=lambda: True, fetch=here) == []
    (looked,) = look_at_due(now=tomorrow, fetch=here)
    assert "nothing to read here (404)" in looked.problem
    assert not due_feeds(tomorrow).exists()


@pytest.mark.parametrize(
    ("path", "error"), [("/page", NotAFeed), ("/gone", NotFetchedError)], ids=["page", "gone"]
)
def test_what_cannot_be_read_is_not_kept(
    ada: Contact, blog: str, path: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        add_feed(contact=ada, told=f"{blog}{path}", now=NOW, fetch=here)
    assert not Blog.objects.exists()


@pytest.mark.parametrize("told", ["https://www.linkedin.com/in/ada", "http://127.0.0.1:1/feed", ""])
def test_the_page_says_why_an_address_is_not_asked(
    client: Client, owner: User, ada: Contact, told: str
) -> None:
    client.force_login(owner)
    answer = client.post(reverse("network-feed", args=[ada.pk]), {"address": told}, follow=True)
    sentences = ("LinkedIn is never asked", "into a private network", "begins with https://")
    assert any(one in answer.content.decode() for one in sentences)
    assert not Blog.objects.exists()


def test_a_reason_noted_by_hand_stands_on_their_page_with_its_link(
    client: Client, owner: User, ada: Contact
) -> None:
    client.force_login(owner)
    told = {"kind": "question", "words": "Which loom?", "link": "https://a.example/x?fbclid=1"}
    page = client.post(reverse("network-reason", args=[ada.pk]), told, follow=True).content.decode()
    assert "A question that only they can answer: Which loom?" in page
    assert 'href="https://a.example/x"' in page
    for wrong in ({"kind": ""}, {"kind": "post", "link": "javascript:alert(1)"}):
        client.post(reverse("network-reason", args=[ada.pk]), wrong)
    assert Occasion.objects.count() == 1


def test_a_seasons_greeting_comes_once_a_year(ada: Contact) -> None:
    now = timezone.now()
    told = {"contact": ada, "kind": OccasionKind.SEASON, "words": "", "link": ""}
    note_reason(**told, now=now)
    with pytest.raises(OnceAYearError, match="one is enough"):
        note_reason(**told, now=now + timedelta(days=200))
    note_reason(**told, now=now + timedelta(days=360))
    assert Occasion.objects.count() == 2


def test_a_name_that_is_looked_up_for_ever_is_told_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: over.wait(60) and [])
    try:
        with pytest.raises(NotFetchedError, match="took too long to answer"):
            fetch_feed("https://slow.example/feed", longest=0.2)
    finally:
        over.set()
