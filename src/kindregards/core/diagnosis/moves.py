"""The first moves that a diagnosis leads to, from the evidence."""

from __future__ import annotations

# Readers (R37), the first screen (R38), referrals (Lever 2017), spelling (R39).
RESUME_FIRST = (
    "Ask three to six people to read your resume, each without the remarks of the others. What two "
    "of them say, change first.",
    "Let somebody look at it for seven seconds, and tell you what they remember. Name, last two "
    "roles with their days, education: is all of it there?",
    "Before the next five applications, look for one person at each employer who could put in a "
    "word. Of those who are referred, 57 in 100 get a first call; of those who apply directly, 13 "
    "(Lever, 2017).",
    "Read it once backwards, line by line, for slips of spelling. They cost more than anything "
    "else.",
)
# Aloud, spaced, and told as situation, task, act and outcome (R33 to R36).
PRACTICE_FIRST = (
    "Take the two answers you were least happy with.",
    "Say each aloud, in one to two minutes, before you look at any notes.",
    "Tell it as situation, task, what you did, and what came of it. The last two are worth half of "
    "the time.",
    "Let somebody hear it who says what you said, what it did, and what to try instead.",
    "Say it again tomorrow, and in a week.",
)
