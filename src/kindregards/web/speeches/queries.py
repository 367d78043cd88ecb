"""What an owner can hear, what they heard, and what sort of evening it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from kindregards.core.applications import Outcome
from kindregards.core.letters.reading import Kind, Stage, Style
from kindregards.core.mood import MANY_WITHIN, is_time_for_kindness
from kindregards.core.speeches import speech as core
from kindregards.core.speeches.catalogue import catalogue, speech_of
from kindregards.core.speeches.choosing import Heard
from kindregards.core.speeches.speech import Direction, Evening, SpeechKind
from kindregards.core.speeches.tonight import Rejected, evenings
from kindregards.web.models import (
    Application,
    Comfort,
    Letter,
    Listening,
    Speech,
    User,
)
from kindregards.web.moods import marks_of

MOST_HEARD = 500
"""Listenings that a choice looks at, the latest ones."""
REJECTIONS_LOOKED_AT = 60
INVITED_WITHIN = timedelta(days=21)
ABOUT_YOU = core.Speech(
    key="about_you",
    kind=SpeechKind.ABOUT_YOU,
    title="A speech about you",
    about="Made of your own record and nothing else; another one each time.",
    direction=Direction.CALM,
    minutes=2,
    evenings=frozenset({Evening.FINAL, Evening.FORM, Evening.DREAM, Evening.ANSWER}),
)


def speeches_for(owner: User) -> list[core.Speech]:
    """Everything that this owner can hear: the catalogue, their own things, their record."""
    mine = list(own_speeches(owner))
    fetched = {one.catalogue_key: one for one in mine if one.catalogue_key}
    known = [as_speech(fetched[one.key]) if one.key in fetched else one for one in catalogue()]
    return [*known, ABOUT_YOU, *(as_speech(one) for one in mine if not one.catalogue_key)]


def chosen_from(owner: User) -> list[core.Speech]:
    """What is offered by itself: not old speeches that nobody fetched, and only one language."""
    return [
        one
        for one in speeches_for(owner)
        if one.language == "en" and (one.kind is not SpeechKind.TEXT or one.text)
    ]


def own_speeches(owner: User) -> QuerySet[Speech]:
    """What the owner brought, the latest first."""
    return Speech.objects.filter(owner=owner).order_by("-added_at", "-pk")


def own_speech(owner: User, pk: int) -> Speech:
    """One of the owner's own, else 404."""
    found = Speech.objects.filter(owner=owner, pk=pk).first()
    if found is None:
        raise Http404
    return found


def as_speech(row: Speech) -> core.Speech:
    """A row as the core looks at it; a fetched old speech keeps its key and facts."""
    listed = speech_of(row.catalogue_key) if row.catalogue_key else None
    return core.Speech(
        key=row.catalogue_key or f"mine:{row.pk}",
        kind=SpeechKind(row.kind),
        title=row.title,
        speaker=row.speaker,
        about=listed.about if listed else "",
        year=listed.year if listed else None,
        direction=Direction(row.direction),
        minutes=row.minutes,
        address=row.address,
        rights=row.rights,
        evenings=listed.evenings if listed else frozenset(),
        text=row.text,
    )


def found_speech(owner: User, key: str) -> core.Speech | None:
    """What a key means for this owner; None where it means nothing."""
    kind, _colon, number = key.partition(":")
    if key == ABOUT_YOU.key:
        return ABOUT_YOU
    if kind == "mine":
        is_number = number.isascii() and number.isdigit() and len(number) < 18
        row = Speech.objects.filter(owner=owner, pk=int(number)).first() if is_number else None
        return as_speech(row) if row else None
    listed = speech_of(key)
    if listed is not None and listed.kind is SpeechKind.TEXT:
        row = Speech.objects.filter(owner=owner, catalogue_key=key).first()
        return as_speech(row) if row else listed
    return listed


def listening_of(owner: User, pk: int) -> Listening:
    """One of the owner's listenings with its marks, else 404."""
    found = Listening.objects.filter(owner=owner, pk=pk).select_related("before", "after").first()
    if found is None:
        raise Http404
    return found


def heard_of(owner: User) -> list[Heard]:
    """What was heard, the latest first, with the change where both marks were made."""
    rows = Listening.objects.filter(owner=owner).order_by("-began_at", "-pk")
    told = rows.values_list(
        "key", "kind", "direction", "began_at", "before__pleasure", "after__pleasure"
    )
    return [
        Heard(
            key,
            SpeechKind(kind),
            Direction(direction),
            at,
            after - before if before and after else None,
        )
        for key, kind, direction, at, before, after in told[:MOST_HEARD]
    ]


def rejections_of(owner: User, *, since: datetime | None = None) -> list[Rejected]:
    """The latest rejections, in the owner's own zone."""
    letters = Letter.objects.filter(
        owner=owner, kind=Kind.REJECTION, application__outcome=Outcome.REJECTED, answer=None
    )
    if since is not None:
        letters = letters.filter(sent_at__gte=since)
    rows = letters.order_by("-sent_at", "-pk").values_list(
        "sent_at", "application__stage", "style", "reading__kind_words"
    )
    return [
        Rejected(timezone.localtime(at), Stage(stage), Style(style) if style else None, bool(kind))
        for at, stage, style, kind in rows[:REJECTIONS_LOOKED_AT]
    ]


def evenings_of(owner: User, now: datetime) -> frozenset[Evening]:
    """What sort of evening it is, as far as the letters tell."""
    waiting = Application.objects.filter(
        owner=owner, outcome=Outcome.OPEN, last_heard_at__isnull=False
    )
    oldest = waiting.order_by("last_heard_at").values_list("last_heard_at", flat=True).first()
    return evenings(
        rejections_of(owner),
        now=timezone.localtime(now),
        is_invited=_is_invited(owner, now),
        silent_since=timezone.localtime(oldest) if oldest else None,
    )


def _is_invited(owner: User, now: datetime) -> bool:
    """Whether an interview is today or tomorrow; where nobody said its day, a fresh invitation."""
    today = timezone.localdate(now)
    soon = Q(interview_date__range=(today, today + timedelta(days=1)))
    invitations = Letter.objects.filter(
        application=OuterRef("pk"),
        kind=Kind.INTERVIEW_INVITATION,
        sent_at__gte=now - INVITED_WITHIN,
        sent_at__lte=now,
    )
    unsaid = Q(interview_date=None) & Exists(invitations)
    return Application.objects.filter(soon | unsaid, owner=owner, outcome=Outcome.OPEN).exists()


def is_kindness_due(owner: User, now: datetime) -> bool:
    """R15: whether five kind minutes are offered beside."""
    rejected = Application.objects.filter(
        owner=owner, outcome=Outcome.REJECTED, decided_at__gte=now - MANY_WITHIN
    ).values_list("decided_at", flat=True)
    days = [at for at in rejected if at is not None]
    return is_time_for_kindness(marks_of(owner, now), days, now=timezone.localtime(now))


def comfort_of(owner: User) -> Comfort | None:
    """Whom to call and what music, as the person chose."""
    return Comfort.objects.filter(owner=owner).select_related("contact__employer").first()
