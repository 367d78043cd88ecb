"""What happened since the last word with somebody, from the person's own record (R27)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q

from kindregards.core.applications import Outcome
from kindregards.core.letters.reading import Stage
from kindregards.web.models import Advice, Application, Debrief, Draft, Touch, User
from kindregards.web.outreach.matter import Matter, matter_of

LOOKED_BACK = timedelta(days=180)
MOST = 8
MOST_ENDED = 2  # interviews that led to nothing are no news in a row
LONGEST = 160
_MET = (Stage.INTERVIEW, Stage.FINAL, Stage.OFFER)


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: what it is (`HAPPENED`), its words, and how a page says it."""

    what: str
    words: str
    said: str
    is_told: bool = False

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.what} {self.words}"


def happenings(draft: Draft, now: datetime) -> list[Happening]:
    """What could be told in a word of progress, at most eight; what is told already is marked."""
    matter = matter_of(draft)
    told = {(what, words) for what, words in draft.own_words.get("happened", [])}
    found = {one.key: one for one in _record(matter.owner, _since(matter, draft, now), matter)}
    return [
        Happening(one.what, one.words, one.said, (one.what, one.words) in told)
        for one in list(found.values())[:MOST]
    ]


def typed_in(draft: Draft) -> str:
    """What the person typed to be told besides."""
    told = draft.own_words.get("happened", [])
    return next((words for what, words in told if what == "typed"), "")


def _since(matter: Matter, draft: Draft, now: datetime) -> datetime:
    """When the last word was, or half a year ago."""
    between = Touch.objects.filter(matter.touches(), owner=matter.owner).exclude(draft=draft)
    last: datetime | None = between.aggregate(at=Max("at"))["at"]
    return max(last or now - LOOKED_BACK, now - LOOKED_BACK)


def _record(owner: User, since: datetime, matter: Matter) -> Iterator[Happening]:
    done = Advice.objects.filter(owner=owner, done_at__gt=since).order_by("-done_at")
    for quote in done.values_list("quote", flat=True)[:MOST]:
        words = " ".join(quote.split())
        if len(words) <= LONGEST:
            yield Happening("advice", words, f"You did what was advised: \u201c{words}\u201d")
    yield from _from_applications(owner, since, matter)
    yield from _from_debriefs(owner, since)


def _from_applications(owner: User, since: datetime, matter: Matter) -> Iterator[Happening]:
    lately = Q(began_at__gt=since) | Q(last_heard_at__gt=since) | Q(decided_at__gt=since)
    mine = Application.objects.filter(lately, owner=owner, employer__isnull=False)
    if matter.house_keys:  # they know their own process
        mine = mine.exclude(employer__key__in=matter.house_keys)
    latest = list(mine.select_related("employer").order_by("-began_at", "-pk")[: 2 * MOST])
    yield from _told(one for one in latest if one.outcome == Outcome.OFFERED)
    still = [one for one in latest if one.outcome == Outcome.OPEN]
    yield from _told(one for one in still if one.stage in _MET or one.began_at > since)
    ended = [one for one in latest if one.outcome == Outcome.REJECTED and one.stage in _MET]
    yield from _told(ended[:MOST_ENDED])


def _told(applications: Iterable[Application]) -> Iterator[Happening]:
    for one in applications:
        name = one.employer.name if one.employer else ""
        if one.outcome == Outcome.OFFERED:
            yield Happening("offer", name, f"An offer from {name}")
        elif one.stage not in _MET:
            yield Happening("application", name, f"A new application, at {name}")
        elif one.outcome == Outcome.OPEN:
            yield Happening("interview", name, f"An interview at {name}")
        else:
            yield Happening("interview", name, f"An interview at {name}; it ended in a no")


def _from_debriefs(owner: User, since: datetime) -> Iterator[Happening]:
    lately = Q(meaning_done_at__gt=since) | Q(practiced_at__gt=since)
    mine = Debrief.objects.filter(lately, owner=owner, application__employer__isnull=False)
    for one in mine.select_related("application__employer").order_by("-began_at")[:MOST]:
        name = one.application.employer.name if one.application.employer else ""
        if one.practiced_at and one.practiced_at > since:
            yield Happening("practice", name, f"You practised what went badly at {name}")
        else:
            yield Happening("debrief", name, f"You thought the process at {name} through")
