"""Practice of interview questions: which one when, how it is rated, and how it sounded."""

from __future__ import annotations

from enum import StrEnum


class QuestionKind(StrEnum):
    """What a question asks for."""

    BEHAVIOR = "behavior"
    TECHNICAL = "technical"
    CASE = "case"
    MOTIVATION = "motivation"
    LOGISTICS = "logistics"


KINDS = {
    QuestionKind.BEHAVIOR: "Something you did",
    QuestionKind.TECHNICAL: "Knowledge of the work",
    QuestionKind.CASE: "A case to think through",
    QuestionKind.MOTIVATION: "Why this, why you",
    QuestionKind.LOGISTICS: "Dates, pay and place",
}
