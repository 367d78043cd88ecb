"""What one brings to hear: texts fetched from a real server, podcasts, and files of sound."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories import an_owner
from tests.web.drafting import words_of

from kindregards.core.network.feeds import NotAFeed
from kindregards.core.speeches.catalogue import speech_of
from kindregards.core.speeches.old_text import NotAText, text_of
from kindregards.core.speeches.speech import Direction
from kindregards.sources.feed_connection import NotFetchedError, fetch_feed
from kindregards.web.models import Listening, Podcast, SoundPart, Speech, User
from kindregards.web.plan.exporting import export_everything
from kindregards.web.speeches import bringing
from kindregards.web.speeches.bringing import (
    PART,
    NotTaken,
    keep_listed_text,
    keep_own_text,
    keep_podcast,
    keep_sound,
    look_again,
)
from kindregards.web.speeches.queries import chosen_from

NOW = timezone.now()
SPOKEN = "He who tills the field alone sees every stone in it. " * 12
BOOK = f"""\
The Project Gutenberg eBook of Nothing

*** START OF THE PROJECT GUTENBERG EBOOK NOTHING ***

{SPOKEN}

And so it ends.

*** END OF THE PROJECT GUTENBERG EBOOK NOTHING ***
Licence and much else.
"""
PAGE = f"""<!DOCTYPE html><html><head><title>x</title><script>alert("hidden")</script></head>
<body><h1>On fields</h1><p>{SPOKEN}</p><p onclick="x()">And <b>so</b> it ends &amp; rests.</p>
<img src="http://tracker.example/1.gif"></body></html>"""
FEED = """<?xml version="1.0"?><rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
version="2.0"><channel><title>Fields</title>
<item><title>Stones &lt;script&gt;</title><enclosure url="{there}/one.mp3?key=7" type="audio/mpeg"/>
<itunes:duration>12:30</itunes:duration><pubDate>Fri, 20 Nov 2026 09:00:00 +0100</pubDate></item>
<item><title>Only words</title><link>https://fields.example/words</link></item>
</channel></rss>"""
MP3 = (b"\xff\xfb\x90\x00" + b"\x01" * 413) * 5000


class _Library(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        there = f"http://127.0.0.1:{self.server.server_address[1]}"
        kept = {
            "/book": BOOK.encode(),
            "/page": PAGE.encode(),
            "/feed": FEED.format(there=there).encode(),
            "/words.xml": b"<rss><channel><item><title>a</title></item></channel></rss>",
            "/pdf": b"%PDF-1.7 nothing",
            "/short": b"Not much here.",
            "/large": b"x " * 2_000_000,
        }
        raw = kept.get(self.path)
        self.send_response(200 if raw else 404)
        self.send_header("Content-Length", str(len(raw or b"")))
        self.end_headers()
        try:
            self.wfile.write(raw or b"")
        except OSError:
            return

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def library() -> Iterator[str]:
    """The address of a library on this computer."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Library) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"


def _yes(_address: str) -> bool:
    return True


fetch = partial(fetch_feed, may_ask=_yes, largest=3_000_000)


# Texts ----------------------------------------------------------------------------------------


def test_an_old_speech_is_fetched_once_and_kept_with_its_rights_note(
    owner: User, client: Client, library: str
) -> None:
    listed = speech_of("text:a-way-of-life")
    assert listed is not None
    kept = keep_listed_text(
        owner=owner, listed=listed, now=NOW, fetch=lambda _listed: fetch(f"{library}/book")
    )
    assert kept.text.startswith("He who tills")
    assert kept.text.endswith("And so it ends.")
    assert "public domain" in kept.rights
    assert "text:a-way-of-life" in {one.key for one in chosen_from(owner)}
    client.post("/hear/begin", {"speech": "text:a-way-of-life"})
    page = words_of(client.get(f"/hear/{Listening.objects.get().pk}/"))
    assert "data-sentence" in page
    assert listed.rights in page


def test_of_a_page_only_the_words_are_kept(owner: User, library: str) -> None:
    kept = keep_own_text(
        owner=owner,
        told=f"{library}/page",
        title="",
        direction=Direction.CALM,
        now=NOW,
        fetch=fetch,
    )
    for markup in ("<", "alert", "tracker", "onclick"):
        assert markup not in kept.text
    assert "And so it ends & rests." in kept.text
    assert kept.title == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/gone", "nothing to read here"),
        ("/pdf", "no text"),
        ("/short", "no words to read aloud"),
        ("/large", "larger than 3 MB"),
    ],
)
def test_what_is_no_text_is_said_in_a_sentence(
    owner: User, library: str, path: str, said: str
) -> None:
    with pytest.raises((NotFetchedError, NotAText), match=said):
        keep_own_text(
            owner=owner, told=f"{library}{path}", title="", direction=Direction.CALM, now=NOW,
            fetch=fetch,
        )  # fmt: skip
    assert not Speech.objects.exists()


@pytest.mark.parametrize("what", ["text", "podcast"])
def test_nothing_inside_is_ever_asked_and_there_is_something_else(
    client: Client, library: str, what: str
) -> None:
    answer = client.post("/hear/own/", {"what": what, "address": f"{library}/book"})
    assert answer.status_code == 422
    assert "private network or to this computer. Not asked. There is enough else" in words_of(
        answer
    )


def test_a_press_looks_whether_an_address_still_answers(client: Client, owner: User) -> None:
    inside = Speech.objects.create(
        owner=owner, kind="text", direction="calm", title="Inside", address="http://127.0.0.1:9/x",
        added_at=NOW,
    )  # fmt: skip
    answer = client.post("/hear/check", {"speech": f"mine:{inside.pk}"}, follow=True)
    assert "Something else is offered here." in words_of(answer)
    assert client.post("/hear/check", {"speech": "about_you"}).status_code == 404


def test_looking_whether_it_is_there_reads_nothing_of_it(library: str) -> None:
    assert fetch_feed(f"{library}/large", largest=0, may_ask=_yes) == b""
    with pytest.raises(NotFetchedError, match="404"):
        fetch_feed(f"{library}/gone", largest=0, may_ask=_yes)


@pytest.mark.parametrize("raw", [b"", b"\0\0\0", b"<html></html>", b"\xff" * 50, b"***" * 9])
def test_bytes_of_any_sort_give_a_sentence(raw: bytes) -> None:
    with pytest.raises(NotAText):
        text_of(raw)


# Podcasts -------------------------------------------------------------------------------------


def test_a_podcast_lists_its_episodes_and_fetches_none(owner: User, library: str) -> None:
    podcast = keep_podcast(owner=owner, told=f"{library}/feed", now=NOW, fetch=fetch)
    episode = Speech.objects.get(podcast=podcast)
    assert episode.address == f"{library}/one.mp3?key=7"
    assert episode.minutes == 12.5
    assert (podcast.address, episode.speaker) == (f"{library}/feed", "Fields")
    look_again(podcast=podcast, now=NOW, fetch=fetch)
    assert Speech.objects.count() == 1


def test_an_episode_is_played_from_its_own_place_only_after_a_press(
    owner: User, client: Client, library: str
) -> None:
    keep_podcast(owner=owner, told=f"{library}/feed", now=NOW, fetch=fetch)
    episode = Speech.objects.get()
    client.post("/hear/begin", {"speech": f"mine:{episode.pk}"})
    page = f"/hear/{Listening.objects.get().pk}/"
    before, after = client.get(page), client.get(f"{page}?play=1")
    assert "<audio" not in words_of(before)
    assert "media-src" not in before.headers["Content-Security-Policy"]
    assert f'src="{episode.address}"' in words_of(after)
    assert f"media-src 'self' {library} https:" in after.headers["Content-Security-Policy"]
    assert "<script>" not in words_of(after).replace('<script type="module"', "")
    for other in ("/hear/?play=1", "/?play=1"):
        assert "media-src" not in client.get(other).headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/page", "/book", "/words.xml", "/gone"])
def test_what_is_no_podcast_is_said_and_nothing_kept(owner: User, library: str, path: str) -> None:
    with pytest.raises((NotAFeed, NotTaken, NotFetchedError)):
        keep_podcast(owner=owner, told=f"{library}{path}", now=NOW, fetch=fetch)
    assert not Podcast.objects.exists()


def test_a_feed_that_went_away_keeps_its_episodes_and_says_why(owner: User, library: str) -> None:
    podcast = keep_podcast(owner=owner, told=f"{library}/feed", now=NOW, fetch=fetch)
    Podcast.objects.update(address=f"{library}/gone")
    podcast.refresh_from_db()
    look_again(podcast=podcast, now=NOW, fetch=fetch)
    podcast.refresh_from_db()
    assert "nothing to read here" in podcast.problem
    assert Speech.objects.count() == 1


# Sound of one's own ---------------------------------------------------------------------------


def _kept(owner: User, raw: bytes = MP3, name: str = "voice.mp3") -> Speech:
    return keep_sound(
        owner=owner, file=BytesIO(raw), name=name, size=len(raw), direction=Direction.CALM, now=NOW
    )


def test_files_of_sound_are_kept_by_their_content(client: Client, owner: User) -> None:
    files = [
        SimpleUploadedFile("grandmother.mp3", MP3),
        SimpleUploadedFile("invoice.mp3", b"%PDF-1.7 no sound"),
    ]
    answer = client.post("/hear/own/", {"what": "sound", "files": files, "direction": "calm"})
    assert answer.status_code == 422
    assert "invoice.mp3 holds no sound that a browser plays" in words_of(answer)
    kept = Speech.objects.get()
    assert (kept.title, kept.media_type, kept.size) == ("grandmother", "audio/mpeg", len(MP3))
    assert SoundPart.objects.count() == len(MP3) // PART + 1
    client.post("/hear/begin", {"speech": f"mine:{kept.pk}"})
    assert f"/hear/own/{kept.pk}/sound" in words_of(
        client.get(f"/hear/{Listening.objects.get().pk}/")
    )


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        (f"bytes={PART - 5}-{PART + 4}", PART - 5, PART + 4),
        (f"bytes={len(MP3) - 3}-", len(MP3) - 3, len(MP3) - 1),
        ("bytes=-10", len(MP3) - 10, len(MP3) - 1),
        ("bytes=100-999999999999", 100, len(MP3) - 1),
    ],
)
def test_a_range_of_a_file_is_given(
    client: Client, owner: User, asked: str, first: int, last: int
) -> None:
    answer = client.get(f"/hear/own/{_kept(owner).pk}/sound", headers={"range": asked})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(MP3)}"
    assert answer.getvalue() == MP3[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=9999999999-", "bytes=-", "bytes=-0", "bytes=9-3"])
def test_a_range_that_is_not_there_is_refused(client: Client, owner: User, asked: str) -> None:
    answer = client.get(f"/hear/own/{_kept(owner).pk}/sound", headers={"range": asked})
    assert answer.status_code == 416


def test_without_a_range_it_is_whole(client: Client, owner: User) -> None:
    answer = client.get(f"/hear/own/{_kept(owner).pk}/sound", headers={"range": "lines=1-2"})
    assert answer.status_code == 200
    assert answer.getvalue() == MP3


def test_nobody_else_hears_it(client: Client) -> None:
    theirs = _kept(an_owner("ben"))
    assert client.get(f"/hear/own/{theirs.pk}/sound").status_code == 404
    assert client.post(f"/hear/own/{theirs.pk}/remove").status_code == 404
    assert SoundPart.objects.exists()


def test_there_is_an_end_to_the_room(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "LARGEST_OF_ALL", len(MP3))
    _kept(owner)
    with pytest.raises(NotTaken, match="Remove some first"):
        _kept(owner)
    monkeypatch.setattr(bringing, "LARGEST_SOUND", 10)
    with pytest.raises(NotTaken, match="larger than"):
        _kept(owner)


def test_removing_it_removes_its_bytes(client: Client, owner: User) -> None:
    client.post(f"/hear/own/{_kept(owner).pk}/remove")
    assert not SoundPart.objects.exists()


def test_an_export_has_the_files_of_sound(owner: User, tmp_path: Path) -> None:
    kept = _kept(owner)
    export_everything(owner, tmp_path / "out")
    assert (tmp_path / f"out/sounds/voice-{kept.pk}.mp3").read_bytes() == MP3


def test_a_site_that_a_feed_names_writes_no_rules_of_the_page(client: Client, owner: User) -> None:
    told = "https://x.example;script-src 'unsafe-inline' *;x/a.mp3"
    episode = Speech.objects.create(
        owner=owner,
        kind="episode",
        direction=Direction.STORY,
        title="E",
        address=told,
        podcast=Podcast.objects.create(owner=owner, address="https://x.example/feed"),
        added_at=NOW,
    )
    client.post("/hear/begin", {"speech": f"mine:{episode.pk}"})
    page = client.get(f"/hear/{Listening.objects.get().pk}/?play=1")
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    assert "https:" in page.headers["Content-Security-Policy"]
