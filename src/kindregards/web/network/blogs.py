"""Blogs of people: named by the person, looked at now and then, told as reasons to write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from kindregards.core.network.feeds import Entry, FeedRead, NotAFeed, read_feed
from kindregards.core.network.occasions import LASTS, OccasionKind
from kindregards.sources.feed_connection import NotFetchedError, feed_address, fetch_feed
from kindregards.web.models import Blog, Contact, Occasion, User
from kindregards.web.rhythm import work_out

EVERY = timedelta(days=1)
MOST = 50  # feeds; each is asked once a day
MOST_NEW = 3  # reasons from one look; nobody needs twenty to write one line
Fetch = Callable[[str], bytes]


class TooManyFeedsError(ValueError):
    """Raised where there are as many feeds as are looked after; a sentence for a person."""


def due_feeds(now: datetime, owner: User | None = None) -> QuerySet[Blog]:
    """Feeds that were not looked at for a day, of everybody or of one owner."""
    due = Blog.objects.filter(Q(looked_at=None) | Q(looked_at__lte=now - EVERY))
    return (due if owner is None else due.filter(owner=owner)).select_related("contact")


def add_feed(*, contact: Contact, told: str, now: datetime, fetch: Fetch = fetch_feed) -> Blog:
    """Keep the address of somebody's blog, once it has been read.

    Raises NotFetchedError, NotAFeed or TooManyFeedsError with a sentence; then nothing is kept.
    """
    address = feed_address(told)[:2000]
    if Blog.objects.filter(owner_id=contact.owner_id).count() >= MOST:
        raise TooManyFeedsError(f"{MOST} blogs are looked at, which is as many as can be.")
    told_now = read_feed(fetch(address), address=address)
    with transaction.atomic():
        feed, _made = Blog.objects.get_or_create(
            owner_id=contact.owner_id, contact=contact, address=address
        )
        _keep(feed, told_now, now)
    return feed


def look(*, feed: Blog, now: datetime, fetch: Fetch = fetch_feed) -> None:
    """Look at a feed again; what went wrong stands with it."""
    try:
        told = read_feed(fetch(feed.address), address=feed.address)
    except (NotFetchedError, NotAFeed) as problem:
        Blog.objects.filter(pk=feed.pk).update(problem=str(problem)[:300], looked_at=now)
    else:
        with transaction.atomic():
            _keep(feed, told, now)


def _keep(feed: Blog, told: FeedRead, now: datetime) -> None:
    Blog.objects.filter(pk=feed.pk).update(title=told.title[:300], problem="", looked_at=now)
    lasts = LASTS[OccasionKind.POST]
    days = [(one.at, one) for one in told.entries if one.at and now - lasts < one.at <= now]
    newest = sorted(days, key=lambda each: each[0], reverse=True)[:MOST_NEW]
    Occasion.objects.bulk_create(
        [_occasion(feed, one, at) for at, one in newest], ignore_conflicts=True
    )
    work_out(owner_id=feed.owner_id, contacts=[feed.contact_id], now=now)


def _occasion(feed: Blog, entry: Entry, at: datetime) -> Occasion:
    return Occasion(
        owner_id=feed.owner_id,
        contact_id=feed.contact_id,
        kind=OccasionKind.POST,
        at=at,
        ends_at=at + LASTS[OccasionKind.POST],
        words=entry.title[:300],
        link=entry.link,
    )


def look_at_due(
    *,
    now: datetime,
    owner: User | None = None,
    stopping: Callable[[], bool] = lambda: False,
    fetch: Fetch = fetch_feed,
) -> list[Blog]:
    """Look at the feeds that are due, one by one; gives them as they are then."""
    looked = []
    for feed in due_feeds(now, owner).order_by("pk"):
        if stopping():
            break
        look(feed=feed, now=now, fetch=fetch)
        feed.refresh_from_db()
        looked.append(feed)
    return looked
