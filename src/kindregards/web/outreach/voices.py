"""In which language, and how, the person writes to somebody: kept with a draft, or worked out.

`Draft.own_words` holds: "voice", a Voice; "happened", pairs of what is to be told (`HAPPENED` of
`core.outreach.compose`) and its words; "is_long_ago"; and "given", the text as it was drafted.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from kindregards.core.outreach.address import addresses_formally
from kindregards.core.outreach.intake import language_of
from kindregards.web.models import Draft, Letter, Touch
from kindregards.web.outreach.matter import Matter

LOOKED_AT = 3


class Voice(StrEnum):
    """A language, in German with its form of address."""

    ENGLISH = "en"
    DU = "de-du"
    SIE = "de-sie"

    @property
    def language(self) -> str:
        """Its language."""
        return self.value[:2]


def voice_in(text: str) -> Voice:
    """The voice of what somebody wrote."""
    if language_of(text) != "de":
        return Voice.ENGLISH
    return Voice.SIE if addresses_formally(text, "de") else Voice.DU


def voice_with(matter: Matter) -> Voice:
    """How somebody and the person wrote to one another last; English where nothing tells."""
    for text in _texts_between(matter):
        if len(text.split()) > LOOKED_AT:
            return voice_in(text)
    return Voice.ENGLISH


def _texts_between(matter: Matter) -> Iterable[str]:
    letters = Letter.objects.filter(matter.letters(), owner=matter.owner)
    yield from letters.order_by("-sent_at").values_list("text", flat=True)[:LOOKED_AT]
    said = Touch.objects.filter(matter.touches(), owner=matter.owner).exclude(words="")
    # What they wrote comes first: "in" stands before "out".
    yield from said.order_by("direction", "-at").values_list("words", flat=True)[:LOOKED_AT]
    sent = Draft.objects.filter(owner=matter.owner, touch__contact=matter.contact)
    yield from sent.order_by("-touch__at").values_list("text", flat=True)[:1]
