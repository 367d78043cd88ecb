"""What a feed tells."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindregards.core.network.feeds import Entry, NotAFeed, read_feed, without_trackers

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Ada&#8217;s maps</title><link>https://ada.example/</link>
<item><title>On &lt;em&gt;folding&lt;/em&gt; maps</title>
<link>https://ada.example/folding?utm_source=rss&amp;page=2#top</link>
<pubDate>Fri, 20 Nov 2026 09:00:00 +0100</pubDate></item>
<item><title>No day</title><guid>https://ada.example/no-day</guid></item>
<item><description>nothing of use</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Maps</title>
<entry><title type="html">One &amp;amp; two</title><link rel="edit" href="/edit"/>
<link href="/one"/><updated>2026-11-20T08:00:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Old</title></channel>
<item><title>One</title><link>https://old.example/1</link><dc:date>2026-11-20</dc:date></item>
</rdf:RDF>"""
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<rss><channel><title>&b;</title></channel></rss>"""
OUTSIDE = (
    '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel>&a;</channel></rss>'
)


@pytest.mark.parametrize(
    ("text", "title", "entries"),
    [
        (
            RSS,
            "Ada’s maps",
            (
                Entry("On folding maps", "https://ada.example/folding?page=2", AT),
                Entry("No day", "https://ada.example/no-day", None),
            ),
        ),
        (ATOM, "Maps", (Entry("One & two", "https://maps.example/one", AT),)),
        (
            RDF,
            "Old",
            (Entry("One", "https://old.example/1", datetime(2026, 11, 20, tzinfo=UTC)),),
        ),
    ],
    ids=["rss", "atom", "rdf"],
)
def test_entries_are_read_from_every_kind_of_feed(
    text: str, title: str, entries: tuple[Entry, ...]
) -> None:
    told = read_feed(text.encode(), address="https://maps.example/feed")
    assert (told.title, told.entries) == (title, entries)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (RSS[:300], "broken"),
        ("", "broken"),
        ("\x00\x01", "broken"),
        ("<!doctype html><html><body>Hello", "a page and not its feed"),
        ("<svg/>", "neither RSS nor Atom"),
        (BOMB, "only serves to harm"),
        (OUTSIDE, "only serves to harm"),
    ],
    ids=["cut off", "empty", "no text", "page", "picture", "bomb", "entity from a file"],
)
def test_what_is_no_feed_is_told_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(NotAFeed, match=sentence):
        read_feed(text.encode(), address="https://maps.example/feed")


@given(st.lists(st.sampled_from([*RSS.splitlines(), *ATOM.splitlines()])), st.binary(max_size=30))
def test_no_bytes_raise_anything_else(lines: list[str], odd: bytes) -> None:
    try:
        read_feed("\n".join(lines).encode() + odd, address="https://maps.example/feed")
    except NotAFeed:
        return


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://a.example/x?utm_source=y&fbclid=z", "https://a.example/x"),
        ("https://a.example/?p=7&utm_medium=m", "https://a.example/?p=7"),
        ("javascript:alert(1)", ""),
        ("https://u:p@a.example/", ""),
        ("https://[broken", ""),
    ],
)
def test_a_link_is_kept_without_what_tells_who_follows_it(link: str, kept: str) -> None:
    assert without_trackers(link) == kept


def test_addresses_and_lengths_that_are_none_do_not_lose_the_feed() -> None:
    raw = """<rss version="2.0" xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
    <title>T</title><item><title>One</title><link>https://[x/</link>
    <enclosure type="audio/mpeg" url="https://[x/a.mp3"/><i:duration>\u00b2</i:duration></item>
    </channel></rss>"""
    [entry] = read_feed(raw.encode(), address="https://x.example/feed").entries
    assert (entry.title, entry.link, entry.sound, entry.seconds) == ("One", "", "", None)
