"""Thinking it through: what is asked, in which order; how sure a cause may be; notes in and out."""

from kindregards.core.debriefs.confidence import CAP_OF_A_FORM, Level, cap, held, levels
from kindregards.core.debriefs.markdown import as_markdown, from_markdown, is_ours
from kindregards.core.debriefs.notes import read_notes
from kindregards.core.debriefs.people import Named, people_in
from kindregards.core.debriefs.prompts import (
    SITTING_OF,
    Known,
    Prompt,
    Screen,
    Sitting,
    after,
    before,
    screens,
)
from kindregards.core.debriefs.record import (
    BADLY,
    Asked,
    Cause,
    Intention,
    OtherReason,
    Record,
    tidy,
    went_badly,
)
from kindregards.core.debriefs.words import Told, Words, words_for

__all__ = [
    "BADLY",
    "CAP_OF_A_FORM",
    "SITTING_OF",
    "Asked",
    "Cause",
    "Intention",
    "Known",
    "Level",
    "Named",
    "OtherReason",
    "Prompt",
    "Record",
    "Screen",
    "Sitting",
    "Told",
    "Words",
    "after",
    "as_markdown",
    "before",
    "cap",
    "from_markdown",
    "held",
    "is_ours",
    "levels",
    "people_in",
    "read_notes",
    "screens",
    "tidy",
    "went_badly",
    "words_for",
]
