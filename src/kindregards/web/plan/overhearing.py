"""What mail tells of people though it is no letter about an application: that it went at all.

Notices of LinkedIn's are reasons to write; mail from and to people who are here is a word between
them and the person. Of such mail nothing is kept but who, when and its Message-ID, and a review of
a resume that somebody was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kindregards.core.letters.triage import Glance, Why, never_left
from kindregards.core.network.occasions import Notice
from kindregards.core.outreach.sent import SentLetter, read_heading
from kindregards.core.resumes.carried import reviews_in
from kindregards.sources.sorting import Sorted
from kindregards.web.models import User
from kindregards.web.network.hearing import keep_heard
from kindregards.web.network.noticing import keep_notices, notices_of
from kindregards.web.outreach.sent_mail import keep_sent
from kindregards.web.plan.returning import keep_reviews


class Overheard:
    """What messages that are left out told, until it is kept."""

    def __init__(self, looked: Iterable[Sorted] = ()) -> None:
        self.notices: list[Notice] = []
        self.heard: list[Glance] = []
        self.sent: list[SentLetter] = []
        self.reviews: list[bytes] = []
        for one in looked:
            self.add(one)

    def add(self, one: Sorted) -> None:
        """Take note of one more message; of a letter that is kept, only whether it is a notice or
        carries a review."""
        self.reviews += reviews_in(one.source.raw)
        glance = one.glance
        if glance is None:
            return
        self.notices += notices_of([glance])
        if not one.is_left_out:
            return
        if glance.why is Why.OWN:
            raw = one.source.raw
            heading = None if never_left(raw) else read_heading(raw)
            self.sent += [heading] if heading is not None else []
        elif not glance.bulk and glance.message_id and glance.sent_at is not None:
            self.heard.append(glance)

    def keep(self, *, owner: User, now: datetime) -> None:
        """Keep what they told of people who are here; of others nothing is kept."""
        keep_notices(owner=owner, notices=self.notices, now=now)
        keep_heard(owner=owner, glances=self.heard, now=now)
        keep_reviews(owner=owner, files=self.reviews, now=now)
        if self.sent:
            keep_sent(owner=owner, letters=self.sent, now=now)
