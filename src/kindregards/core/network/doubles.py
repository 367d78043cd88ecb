"""Who may be here twice: likely doubles, to be shown side by side. Only the person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
MOST = 500  # pairs; nobody looks through more
LARGEST_BLOCK = 60  # of one family name at one employer; in larger ones likeness tells nothing
SHORTEST_CUT = 3  # letters: Alex and Alexander, but not Al
SHORTEST_SLIP = 4  # letters: in shorter names one other letter makes another name


class Likeness(StrEnum):
    """What makes two look like one."""

    NAME = "name"
    NAME_AND_EMPLOYER = "name_and_employer"
    NEARLY = "nearly"


@dataclass(frozen=True, slots=True)
class Known(Generic[K]):
    """Somebody by what is compared: `name` is a person_key, `employer` a name_key."""

    key: K
    name: str
    employer: str
    profile: str


@dataclass(frozen=True, slots=True)
class Pair(Generic[K]):
    """Two who may be one, and why."""

    one: K
    other: K
    why: Likeness


def likely_doubles(
    people: Iterable[Known[K]], apart: Collection[frozenset[K]] = ()
) -> list[Pair[K]]:
    """Who may be here twice, the likeliest first; not those whom the person keeps apart.

    Of many with one name each is paired with one other at most, so fifty of a name give no more
    than forty-nine questions. What tells and what speaks against it is our own judgement.
    """
    everybody = [one for one in people if " " in one.name]
    pairs: dict[frozenset[K], Pair[K]] = {}
    for why, one, other in (*_of_one_name(everybody, apart), *_nearly(everybody)):
        both = frozenset((one.key, other.key))
        if both not in apart:
            pairs.setdefault(both, Pair(one.key, other.key, why))
    order = (Likeness.NAME_AND_EMPLOYER, Likeness.NAME, Likeness.NEARLY)
    return sorted(pairs.values(), key=lambda pair: order.index(pair.why))[:MOST]


def _of_one_name(
    people: list[Known[K]], apart: Collection[frozenset[K]]
) -> Iterator[tuple[Likeness, Known[K], Known[K]]]:
    for group in _grouped(people, lambda one: one.name):
        for at, other in enumerate(group):
            for one in group[:at]:
                if _may_be_one(one, other) and frozenset((one.key, other.key)) not in apart:
                    same = bool(one.employer) and one.employer == other.employer
                    yield (Likeness.NAME_AND_EMPLOYER if same else Likeness.NAME), one, other
                    break


def _may_be_one(one: Known[K], other: Known[K]) -> bool:
    """Two profiles at two employers are two people; with one profile somebody changed jobs."""
    two_profiles = bool(one.profile and other.profile)
    return not two_profiles or bool(one.employer and one.employer == other.employer)


def _nearly(people: list[Known[K]]) -> Iterator[tuple[Likeness, Known[K], Known[K]]]:
    """Names that are nearly one, at one employer: by the family name, then by the given one."""
    at_work = [one for one in people if one.employer]
    by_family = _grouped(at_work, lambda one: (one.employer, one.name.split()[-1]))
    by_given = _grouped(at_work, lambda one: (one.employer, one.name.split()[0]))
    for group in chain(by_family, by_given):
        if len(group) > LARGEST_BLOCK:
            continue
        for one, other in combinations(group, 2):
            if not (one.profile and other.profile) and nearly_one_name(one.name, other.name):
                yield Likeness.NEARLY, one, other


def _grouped(people: list[Known[K]], by: Callable[[Known[K]], object]) -> Iterator[list[Known[K]]]:
    groups: defaultdict[object, list[Known[K]]] = defaultdict(list)
    for one in people:
        groups[by(one)].append(one)
    return (group for group in groups.values() if len(group) > 1)


def nearly_one_name(one: str, other: str) -> bool:
    """Whether two person_keys that differ may be one name: an initial, a cut, a slip, one more.

    `i okafor` and `ines okafor`; `alex berg` and `alexander berg`; `jon berg` is not `jan berg`,
    `karen berg` may be `karin berg`; `ada berg lund` and `ada berg`.
    """
    if one == other:
        return False
    some, more = sorted((one.split(), other.split()), key=len)
    if len(some) < len(more):
        return len(some) > 1 and some[0] == more[0] and set(some) <= set(more)
    unlike = [(a, b) for a, b in zip(some, more, strict=True) if a != b]
    return len(unlike) == 1 and _nearly_one_word(*unlike[0])


def _nearly_one_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and (len(short) == 1 or len(short) >= SHORTEST_CUT):
        return True
    return len(short) >= SHORTEST_SLIP and _one_slip(short, long)


def _one_slip(short: str, long: str) -> bool:
    """Whether one letter is another, missing, or has changed places with the next."""
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) != len(long):
        return len(long) - len(short) == 1 and short[at:] == long[at + 1 :]
    swapped = long[:at] + long[at : at + 2][::-1] + long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or short == swapped
