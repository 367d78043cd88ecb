"""What a list says of a letter: as it was read, or that it answers the person's own."""

from __future__ import annotations

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When

from kindregards.core.outreach import AnswerKind
from kindregards.web.models import Correction, Letter

AN_ANSWER = "An answer to your letter"
_MORE = {AnswerKind.ADVICE: ", with advice", AnswerKind.CALL: ", they offer a talk"}


def with_told_here(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """The letters, each with `told_here`: `told`, or that it answers, in the same question.

    As on the letter's own page, a machine's answer is none, and what the person corrected stays.
    """
    read_otherwise = Exists(Correction.objects.filter(letter=OuterRef("pk"), field="kind"))
    answers = Q(answer__touch__isnull=False) & ~Q(read_otherwise)
    said = [
        When(answers & Q(answer__kind=kind), then=Value(AN_ANSWER + more))
        for kind, more in _MORE.items()
    ]
    told = Case(
        *said, When(answers, then=Value(AN_ANSWER)), default=F("told"), output_field=TextField()
    )
    return letters.annotate(told_here=told)


def told_here(letter: Letter) -> str:
    """What a list says of a letter that came with `with_told_here`."""
    said: str = getattr(letter, "told_here", letter.told)
    return said
