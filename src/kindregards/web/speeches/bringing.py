"""What the person brings to hear: texts that are fetched once, files of sound, podcasts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import IO, Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Sum

from kindregards.core.network.feeds import Entry, NotAFeed, read_feed
from kindregards.core.speeches import speech as core
from kindregards.core.speeches.audio import LOOKED_AT, audio_type
from kindregards.core.speeches.old_text import text_of
from kindregards.core.speeches.speech import Direction, SpeechKind, minutes_aloud
from kindregards.sources.feed_connection import NotFetchedError, feed_address, fetch_feed
from kindregards.web.models import Podcast, SoundPart, Speech, User

LARGEST_TEXT = 3_000_000  # bytes, as fetched
LARGEST_FEED = 8_000_000
LARGEST_SOUND = 200_000_000  # bytes of one file
LARGEST_OF_ALL = 1_000_000_000  # bytes of all files of sound together
PART = 1 << 20  # bytes
MOST_PODCASTS = 20
MOST_EPISODES = 30
LONGEST_TEXT = 400_000  # characters: a book of speeches goes in, a library does not

Fetch = Callable[[str], bytes]
fetch_text = partial(fetch_feed, largest=LARGEST_TEXT)
fetch_podcast = partial(fetch_feed, largest=LARGEST_FEED)
look_there = partial(fetch_feed, largest=0)


class NotTaken(ValueError):
    """Raised for what cannot be kept; its message is a sentence for a person."""


# Texts ----------------------------------------------------------------------------------------


def keep_listed_text(
    *, owner: User, listed: core.Speech, now: datetime, fetch: Fetch = fetch_text
) -> Speech:
    """Fetch an old speech of the catalogue once and keep it, with its rights note.

    Raises NotFetchedError or NotAText with a sentence; then nothing is kept.
    """
    text = text_of(fetch(listed.address))[:LONGEST_TEXT]
    kept, _made = Speech.objects.update_or_create(
        owner=owner,
        catalogue_key=listed.key,
        defaults={
            "kind": SpeechKind.TEXT, "direction": listed.direction, "title": listed.title,
            "speaker": listed.speaker, "address": listed.address, "rights": listed.rights,
            "text": text, "minutes": minutes_aloud(text), "added_at": now,
        },
    )  # fmt: skip
    return kept


def keep_own_text(
    *,
    owner: User,
    told: str,
    title: str,
    direction: Direction,
    now: datetime,
    fetch: Fetch = fetch_text,
) -> Speech:
    """Fetch a text from an address that the person gave, and keep it."""
    address = feed_address(told)[:2000]
    text = text_of(fetch(address))[:LONGEST_TEXT]
    return Speech.objects.create(
        owner=owner,
        kind=SpeechKind.TEXT,
        direction=direction,
        title=(title or urlsplit(address).hostname or "A text")[:300],
        address=address,
        rights="Fetched by you, for yourself.",
        text=text,
        minutes=minutes_aloud(text),
        added_at=now,
    )


# Files of sound -------------------------------------------------------------------------------


def keep_sound(
    *, owner: User, file: IO[Any], name: str, size: int, direction: Direction, now: datetime
) -> Speech:
    """Keep a file of sound, known by its content. Raises NotTaken with a sentence."""
    title = PurePath(name).stem[:300] or "A file of sound"
    start = file.read(LOOKED_AT)
    media_type = audio_type(start)
    if not media_type:
        raise NotTaken(f"{name[:80]} holds no sound that a browser plays, so it was not kept.")
    if size > LARGEST_SOUND:
        raise NotTaken(
            f"{name[:80]} is larger than {LARGEST_SOUND // 10**6} MB, so it was not kept."
        )
    if size + bytes_kept(owner) > LARGEST_OF_ALL:
        raise NotTaken(
            f"There is room for {LARGEST_OF_ALL // 10**9} GB of sound. Remove some first."
        )
    file.seek(0)
    with transaction.atomic():
        speech = Speech.objects.create(
            owner=owner,
            kind=SpeechKind.AUDIO,
            direction=direction,
            title=title,
            media_type=media_type,
            size=size,
            added_at=now,
        )
        for number, raw in enumerate(iter(lambda: file.read(PART), b"")):
            SoundPart.objects.create(owner=owner, speech=speech, number=number, raw=raw)
    return speech


def bytes_kept(owner: User) -> int:
    """How many bytes the owner's files of sound take."""
    return Speech.objects.filter(owner=owner).aggregate(all=Sum("size"))["all"] or 0


def sound_between(speech: Speech, first: int, last: int) -> Iterator[bytes]:
    """The bytes of a file of sound from the first to the last, both counted from 0."""
    parts = speech.parts.filter(number__gte=first // PART, number__lte=last // PART)
    for number, raw in parts.order_by("number").values_list("number", "raw").iterator(1):
        begins = number * PART
        yield bytes(raw)[max(0, first - begins) : last - begins + 1]


# Podcasts -------------------------------------------------------------------------------------


def keep_podcast(*, owner: User, told: str, now: datetime, fetch: Fetch = fetch_podcast) -> Podcast:
    """Keep a podcast with its latest episodes, once its feed has been read.

    Raises NotFetchedError, NotAFeed or NotTaken with a sentence; then nothing is kept.
    """
    address = feed_address(told)[:2000]
    if Podcast.objects.filter(owner=owner).count() >= MOST_PODCASTS:
        raise NotTaken(f"{MOST_PODCASTS} podcasts are here, which is as many as can be.")
    read = read_feed(fetch(address), address=address)
    episodes = _with_sound(read.entries)
    if not episodes:
        raise NotTaken("This feed is read, but nothing in it can be heard: it is no podcast.")
    with transaction.atomic():
        podcast, _made = Podcast.objects.get_or_create(owner=owner, address=address)
        _keep_episodes(podcast, read.title, episodes, now)
    return podcast


def look_again(*, podcast: Podcast, now: datetime, fetch: Fetch = fetch_podcast) -> None:
    """Read the feed once more; what went wrong stands with it."""
    try:
        read = read_feed(fetch(podcast.address), address=podcast.address)
    except (NotFetchedError, NotAFeed) as problem:
        Podcast.objects.filter(pk=podcast.pk).update(problem=str(problem)[:300], looked_at=now)
        return
    with transaction.atomic():
        _keep_episodes(podcast, read.title, _with_sound(read.entries), now)


def _with_sound(entries: Iterable[Entry]) -> list[Entry]:
    return [one for one in entries if one.sound][:MOST_EPISODES]


def _keep_episodes(podcast: Podcast, title: str, episodes: list[Entry], now: datetime) -> None:
    Podcast.objects.filter(pk=podcast.pk).update(title=title[:300], problem="", looked_at=now)
    Speech.objects.bulk_create(
        [
            Speech(
                owner_id=podcast.owner_id,
                kind=SpeechKind.EPISODE,
                direction=Direction.STORY,
                title=(one.title or "An episode")[:300],
                speaker=title[:300],
                address=one.sound,
                minutes=one.seconds / 60 if one.seconds else None,
                podcast=podcast,
                said_at=one.at,
                added_at=now,
            )
            for one in episodes
        ],
        ignore_conflicts=True,
    )
