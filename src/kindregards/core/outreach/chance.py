"""What to expect: how many letters of this kind are answered (R6)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kindregards.core.letters.reading import Stage

# Beta priors: a poll of 14,000 LinkedIn members found about one in ten answered; the higher start
# after a final round is our own judgement (R6).
_PRIOR = (1, 9)
_PRIOR_FINAL = (2, 8)


@dataclass(frozen=True, slots=True)
class AnswerChance:
    """The expected share of answers, between 0 and 1, and a sentence that says it."""

    share: Fraction
    sentence: str

    @property
    def in_ten(self) -> int:
        """How many of ten answer, rounded: for ten dots."""
        return round(self.share * 10)


def answer_chance(stage: Stage | None = None, *, sent: int = 0, answered: int = 0) -> AnswerChance:
    """How likely an answer is: the prior of R6 with the person's own results added.

    `sent` counts their earlier requests whose time is over, `answered` those that were answered.
    Raises ValueError when more were answered than sent, or on a negative count.
    """
    if not 0 <= answered <= sent:
        raise ValueError("There cannot be more answers than letters.")
    alpha, beta = _PRIOR_FINAL if stage in (Stage.FINAL, Stage.OFFER) else _PRIOR
    share = Fraction(alpha + answered, alpha + beta + sent)
    return AnswerChance(share, _said(share))


def _said(share: Fraction) -> str:
    in_ten = round(share * 10)
    if in_ten:
        return f"About {in_ten} in 10 answer"
    return f"About {max(1, round(share * 100))} in 100 answer"
