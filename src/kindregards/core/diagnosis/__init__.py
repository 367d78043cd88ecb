"""Where applications end, how sure that is, what to work on, and what to leave alone."""

from kindregards.core.diagnosis.diagnosis import Diagnosis, Verdict, diagnose, passings_in
from kindregards.core.diagnosis.family import family_of
from kindregards.core.diagnosis.fixes import Counted, Fix, Speaks, fixes, practice_first
from kindregards.core.diagnosis.funnel import End, Past, StageCount
from kindregards.core.diagnosis.pace import Pace, Way, paces
from kindregards.core.diagnosis.passing import Passing, Share
from kindregards.core.diagnosis.record import as_record
from kindregards.core.diagnosis.recurring import ComesBack, Remembered
from kindregards.core.diagnosis.splits import By, Group, Half, Split, splits
from kindregards.core.diagnosis.stated import Recurring, Stated
from kindregards.core.diagnosis.told import Act, Words, words_for
from kindregards.core.diagnosis.usual import (
    Market,
    Passage,
    Route,
    UsualRate,
    usual_rate,
    usual_rates,
)
from kindregards.core.diagnosis.wrong_fix import wrong_fix

__all__ = [
    "Act",
    "By",
    "ComesBack",
    "Counted",
    "Diagnosis",
    "End",
    "Fix",
    "Group",
    "Half",
    "Market",
    "Pace",
    "Passage",
    "Passing",
    "Past",
    "Recurring",
    "Remembered",
    "Route",
    "Share",
    "Speaks",
    "Split",
    "StageCount",
    "Stated",
    "UsualRate",
    "Verdict",
    "Way",
    "Words",
    "as_record",
    "diagnose",
    "family_of",
    "fixes",
    "paces",
    "passings_in",
    "practice_first",
    "splits",
    "usual_rate",
    "usual_rates",
    "words_for",
    "wrong_fix",
]
