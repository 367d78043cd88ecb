"""The command `diagnose`: where applications end, and how sure that is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from kindregards.web.start import ready

if TYPE_CHECKING:
    from kindregards.core.diagnosis import Diagnosis, Pace
    from kindregards.web.diagnosis.queries import Asked

Say = Callable[[str], None]


def diagnosis(*, as_json: bool, say: Say, answer: Say) -> int:
    """Print the words of the diagnosis, or with `as_json` everything it is made of."""
    if ready(say=say):
        return 1
    from django.utils import timezone

    from kindregards.core.diagnosis import as_record
    from kindregards.web.accounts.services import owner_of_this_machine
    from kindregards.web.diagnosis.queries import diagnosis_of, paces_of, requests_of

    owner = owner_of_this_machine()
    found = diagnosis_of(owner, timezone.now())
    if as_json:
        more = {"days": _days(paces_of(owner)), "answers": _answers(requests_of(owner))}
        answer(json.dumps(as_record(found) | more, ensure_ascii=False))
    else:
        for line in _lines(found):
            answer(line)
    return 0


def _lines(found: Diagnosis) -> Iterable[str]:
    from kindregards.core.diagnosis import words_for

    words = words_for(found)
    yield words.title
    yield words.lead
    if not found.applications:
        return
    for title, lines in (
        ("Work on", words.work_on),
        ("Leave alone", words.leave_alone),
        ("How sure", (words.sure,)),
        ("What would tell more", words.more),
        ("How to begin", words.begin),
    ):
        if lines:
            yield f"\n{title}"
            yield from (f"  {line}" for line in lines)


def _days(paces: Iterable[Pace]) -> list[dict[str, Any]]:
    return [
        {
            "stage": pace.stage,
            "until_next": pace.median_until_next,
            "until_no": pace.median_until_no,
        }
        for pace in paces
    ]


def _answers(asked: list[Asked]) -> dict[str, int]:
    return {"asked": len(asked), "answered": sum(one.answer is not None for one in asked)}
