"""The diagnosis as plain JSON values."""

from __future__ import annotations

from typing import Any

from kindregards.core.diagnosis.diagnosis import Diagnosis
from kindregards.core.diagnosis.funnel import StageCount
from kindregards.core.diagnosis.passing import Passing, Share
from kindregards.core.diagnosis.recurring import ComesBack
from kindregards.core.diagnosis.splits import Split
from kindregards.core.diagnosis.stated import Recurring
from kindregards.core.diagnosis.told import words_for
from kindregards.core.diagnosis.usual import Route, UsualRate, usual_rates


def as_record(found: Diagnosis) -> dict[str, Any]:
    """Everything as plain JSON values. Rates are null below five results (R20)."""
    words = words_for(found)
    weak = found.weak
    return {
        "verdict": found.verdict,
        "title": words.title,
        "lead": words.lead,
        "work_on": list(words.work_on),
        "leave_alone": list(words.leave_alone),
        "how_sure": words.sure,
        "more": list(words.more),
        "begin": list(words.begin),
        "market": found.market,
        "since": found.since.isoformat() if found.since else None,
        "applications": found.applications,
        "decided": found.decided,
        "weak": [weak.passage.start, weak.passage.to] if weak else None,
        "told_elsewhere": list(found.told_elsewhere),
        "stages": [_stage(count) for count in found.stages],
        "passages": [_passing(one) for one in found.passings],
        "splits": [_split(one) for one in found.splits],
        "reasons": [_reason(one) for one in found.reasons],
        "questions": [_came_back(one) for one in found.questions],
        "gaps": [_came_back(one) for one in found.gaps],
        "usual_rates": [_usual(one) for one in usual_rates(found.market, Route)],
    }


def _stage(count: StageCount) -> dict[str, Any]:
    return {
        "stage": count.stage,
        "reached": count.reached,
        "ended": {str(end): many for end, many in count.ended.items()},
    }


def _passing(one: Passing) -> dict[str, Any]:
    return {
        "from": one.passage.start,
        "to": one.passage.to,
        **_share(one.whole),
        "chance": one.chance if one.whole.is_shown else None,
        "is_weak": one.is_weak,
        "works": one.works,
        "more_needed": one.more_needed,
        "by_route": {str(route): _share(share) for route, share in one.by_route.items()},
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "passed": share.passed,
        "tried": share.tried,
        "usual": share.usual,
        "low": share.low if share.is_shown else None,
        "high": share.high if share.is_shown else None,
    }


def _split(split: Split) -> dict[str, Any]:
    return {
        "by": split.by,
        "from": split.passage.start,
        "to": split.passage.to,
        "differs": split.differs,
        "groups": [
            {
                "name": group.name,
                "since": group.since.isoformat(),
                **_share(group.share),
                "fewer": group.fewer,
                "more": group.more,
            }
            for group in split.groups
        ],
    }


def _reason(one: Recurring) -> dict[str, Any]:
    return {
        "reason": one.reason,
        "employers": one.employers,
        "recurs": one.recurs,
        "stated": [
            {
                "quote": stated.quote,
                "employer": stated.employer or None,
                "letter": stated.letter,
                "at": stated.at.isoformat(),
            }
            for stated in one.stated
        ],
    }


def _came_back(one: ComesBack) -> dict[str, Any]:
    return {
        "words": one.words,
        "employers": one.employers,
        "badly": one.badly,
        "times": [
            {
                "words": time.words,
                "employer": time.employer or None,
                "debrief": time.debrief,
                "at": time.at.isoformat(),
                "went": time.went,
            }
            for time in one.times
        ],
    }


def _usual(one: UsualRate) -> dict[str, Any]:
    return {
        "from": one.passage.start,
        "to": one.passage.to,
        "route": one.route,
        "mean": one.mean,
        "year": one.year,
        "source": one.source,
        "note": one.note or None,
    }
