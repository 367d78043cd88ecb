"""How each version of a resume fared, and whether it is the resume at all (R20, R22)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kindregards.core.diagnosis import Past, wrong_fix
from kindregards.core.diagnosis.chance import at_most
from kindregards.core.diagnosis.passing import Passing, passings
from kindregards.core.diagnosis.saying import number, rate, times_in_100
from kindregards.core.diagnosis.usual import Market
from kindregards.web.diagnosis.queries import diagnosis_of, pasts_by_version
from kindregards.web.models import Resume, User


@dataclass(frozen=True, slots=True)
class Fared:
    """What became of the applications a version went to: in counts, and how much chance is in it.

    `sent` counts all of them. `caution` is the chance line, "" below five that ended (R20).
    """

    sent: int
    said: str
    caution: str


def gate_of(owner: User, now: datetime) -> str:
    """A sentence where the resume does get conversations and is not what to fix (R22); else ""."""
    found = diagnosis_of(owner, now)
    return wrong_fix(found) if found.on_paper.works else ""


def fared(resume: Resume, owner: User, now: datetime) -> dict[int, Fared]:
    """How the versions of a resume fared, by their key; those that went nowhere are left out."""
    by_version: dict[int, list[Past]] = defaultdict(list)
    for version, past in pasts_by_version(resume):
        by_version[version].append(past)
    market = Market(owner.market)
    return {key: _fared(pasts, market, now) for key, pasts in by_version.items()}


def _fared(pasts: Sequence[Past], market: Market, now: datetime) -> Fared:
    first = passings(pasts, market, now)[0]
    return Fared(len(pasts), _said(len(pasts), first), _caution(first))


def _said(sent: int, first: Passing) -> str:
    share = first.whole
    told = f"Went to {_counted(sent)}."
    if not share.tried:
        return f"{told} None has ended or led further yet."
    talks = f"{_capital(number(share.passed)) if share.passed else 'None'} of {number(share.tried)}"
    return f"{told} {talks} that can tell led to a conversation."


def _caution(first: Passing) -> str:
    """R20: how often somebody average sees the same by chance alone; nothing below five."""
    share = first.whole
    if not share.is_shown:
        return "Too few to tell anything of the resume." if share.tried else ""
    is_more = share.passed > share.usual * share.tried
    chance = 1 - at_most(share.passed - 1, [share.usual] * share.tried) if is_more else first.chance
    so_many = number(share.passed) if share.passed else "none"
    or_so = " or more" if is_more else " or fewer" if share.passed else ""
    return (
        f"The usual rate is {rate(share.usual)}. Somebody average would see {so_many}{or_so} "
        f"{times_in_100(chance)}, by chance alone."
    )


def _counted(many: int) -> str:
    return "one application" if many == 1 else f"{number(many)} applications"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
