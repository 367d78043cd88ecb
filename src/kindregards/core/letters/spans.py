"""Words of a line that could name an employer or a role."""

from __future__ import annotations

from itertools import pairwise

from kindregards.core.letters.lines import (
    AFTER_CUES,
    BARE_CUES,
    CUES,
    FORMS,
    IN_EMPLOYERS,
    IN_ROLES,
    IN_SMALL_ROLES,
    LEVELS,
    NOT_FIRST,
    NOT_IN_ROLES,
    NOT_LAST,
    NOUN,
    SHORTENED,
    STOPS,
    Line,
)

EMPLOYER, ROLE = 1, 2
"""What a span could be; 3 is both."""

Span = tuple[int, int, int, str]
"""Words from the first number to before the second, what they could name, how they were found."""


def spans_of(line: Line, source: str) -> list[Span]:
    """All candidates. `source` is "t" for a line of the text, "s" a subject, "f" a sender."""
    found = _by_capitals(line, source)
    if source != "f":
        found += _by_nouns_and_cues(line)
    if source == "s":
        found += _pieces(line)
    if len(found) < 2:
        return found
    known: dict[tuple[int, int], Span] = {}
    for span in found:
        first, after, could_be, shape = span
        other = known.get((first, after))
        if other is not None:
            known[first, after] = (first, after, other[2] | could_be, f"{other[3]} {shape}")
        else:
            known[first, after] = span
    return list(known.values())


def _by_capitals(line: Line, source: str) -> list[Span]:
    found: list[Span] = []
    cases, count = line.cases, len(line.lowered)
    at = 0
    while rest := cases[at:].lstrip("a"):
        at = count - len(rest)
        after = _run(line, at, IN_EMPLOYERS, ())
        if after > at + 1 or not line.lowered[at].isdigit():
            _add_run(found, line, at, after, source)
        at = after
    return found


def _run(line: Line, first: int, joins: int, over: tuple[str, ...]) -> int:
    """The token after the capitalised words from `first` on, joined by blanks and small words."""
    cases, gaps, marks = line.cases, line.gaps, line.marks
    at, last = first + 1, min(len(marks), first + _MOST_IN_RUN)
    while at < last:
        if cases[at] != "a":
            gap = gaps[at]
            if gap == " " or gap in _NO_END or gap in over or _goes_on(line, at, gap):
                at += 1
                continue
            break
        far = at
        while far < last and marks[far] & joins and gaps[far] in _NEXT:
            far += 1
        if far == at or far - at > 3 or far >= last or cases[far] == "a" or gaps[far] not in _NEXT:
            break
        at = far + 1
    return at


_MOST_IN_RUN = 10
_NEXT = (" ", "")
_NO_END = (" & ", "")
_ROLE_GAPS = (" - ", " – ", " / ", ", ", "/", " + ")


def _goes_on(line: Line, at: int, gap: str) -> bool:
    """Whether a full stop or comma belongs to a name: "St. Anna", "Quill, Inc"."""
    if gap == ". ":
        return len(line.lowered[at - 1]) == 1 or bool(line.marks[at - 1] & SHORTENED)
    return gap == ", " and bool(line.marks[at] & FORMS)


def _add_run(found: list[Span], line: Line, first: int, after: int, source: str) -> None:
    """The candidates in a run of capitalised words, without what is no part of a name."""
    marks, cases = line.marks, line.cases
    begin, end = first, after
    while begin < end and marks[begin] & NOT_FIRST:
        begin += 1
    while end > begin and (marks[end - 1] & NOT_LAST or cases[end - 1] == "a"):
        end -= 1
    noun = _holds_noun(line.sorts[first:after])
    alone = begin + 1 == end and source == "t" and line.sorts[begin] == "c" and len(marks) > _FEW
    if begin < end and not alone:
        found.append((begin, end, EMPLOYER, "run"))
    if source != "f" and (noun or (begin < end and not alone)):
        _add_roles(found, line, first, 0 if noun else end)
    if source == "s":
        for cut in range(begin + 1, min(end, begin + 4)):
            found.append((begin, cut, EMPLOYER, "head"))
            if _holds_noun(line.sorts[cut:end]):
                found.append((cut, end, ROLE, "tail"))


def _holds_noun(sorts: str) -> bool:
    """Whether one of the words is a noun of roles."""
    return "C" in sorts or "R" in sorts


_FEW = 8
"""Words of a short line, in which a common word may be a name; in others it hardly is one."""


def _add_roles(found: list[Span], line: Line, first: int, plain_end: int) -> None:
    """A run as a role: with what follows a dash or comma, and without, where it holds a noun."""
    marks = line.marks
    stop = plain_end or _run(line, first, IN_ROLES, _ROLE_GAPS)
    while first < stop and (marks[first] & NOT_IN_ROLES or _is_number(line.lowered[first])):
        first += 1
    while stop > first and (marks[stop - 1] & NOT_IN_ROLES or line.cases[stop - 1] == "a"):
        stop -= 1
    if first == stop:
        return
    if plain_end:
        found.append((first, stop, ROLE, "plain"))
        return
    gaps = line.gaps
    cut = next((at for at in range(first + 1, stop) if gaps[at] in _ROLE_GAPS), stop)
    found.append((first, stop, ROLE, "noun+" if cut < stop else "noun"))
    if cut < stop:
        found.append((first, cut, ROLE, "noun-"))
    if first and gaps[first] == " " and marks[first - 1] & LEVELS and line.cases[first - 1] == "a":
        found.append((first - 1, stop, ROLE, "level"))


def _is_number(word: str) -> bool:
    """Whether a word is the number of an opening."""
    return len(word) > 3 and word[-1].isdigit()


def _pieces(line: Line) -> list[Span]:
    """What stands between the marks of a subject, without the words around a role's name."""
    marks, count = line.marks, len(line.marks)
    edges = [0, *(at for at in range(1, count) if line.signs[at]), count]
    found = []
    for first, after in pairwise(edges):
        while first < after and marks[first] & NOT_IN_ROLES:
            first += 1
        while after > first and marks[after - 1] & NOT_IN_ROLES:
            after -= 1
        if 0 < after - first < 7:
            found.append((first, after, ROLE, "piece"))
    return found


def _by_nouns_and_cues(line: Line) -> list[Span]:
    found: list[Span] = []
    for at, mark in enumerate(line.marks):
        if not mark & _NOUN_OR_CUE:
            continue
        if mark & NOUN:
            _add_around(found, line, at)
        if mark & CUES:
            _add_behind(found, line, at)
    return found


_NOUN_OR_CUE = NOUN | CUES


def _add_around(found: list[Span], line: Line, at: int) -> None:
    """Words around a role's noun that is written small, or the small words behind any."""
    first, after = at, at + 1
    if line.cases[at] == "a":
        marks, gaps = line.marks, line.gaps
        while first and at - first < 4 and gaps[first] == " " and not marks[first - 1] & STOPS:
            first -= 1
        found.append((first, after, ROLE, "small"))
        if first < at - 1:
            found.append((at - 1, after, ROLE, "small1"))
        if first < at:
            found.append((at, after, ROLE, "small0"))
    far = _right_of(line, after)
    if far > after:
        found.append((first, far, ROLE, "wide"))


def _right_of(line: Line, at: int) -> int:
    """The end of the words that go with a role's noun: "de cuisine", "ds. logistyki"."""
    marks, gaps = line.marks, line.gaps
    end, last = at, min(len(marks), at + 6)
    while end < last:
        gap = gaps[end]
        if gap != " " and gap != "" and (gap != ". " or line.lowered[end - 1] != "ds"):
            break
        far = end
        while far < last and marks[far] & IN_SMALL_ROLES and (far == end or gaps[far] in _NEXT):
            far += 1
        if far >= last or marks[far] & STOPS or (far > end and gaps[far] not in _SMALL_NEXT):
            break
        end = far + 1
    return end


_SMALL_NEXT = (" ", "", ". ")


def _add_behind(found: list[Span], line: Line, at: int) -> None:
    """Words after "position of", "poste de", "stanowisko"."""
    marks, signs = line.marks, line.signs
    first, last = at + 1, min(len(marks), at + 6)
    while first < last and marks[first] & AFTER_CUES and signs[first] not in _SENTENCE:
        first += 1
    if first >= last or marks[first] & STOPS or signs[first][:1] in _SENTENCE:
        return
    if first > at + 1 or signs[first] or marks[at] & BARE_CUES:
        found.append((first, _right_of(line, first + 1), ROLE, "cue"))


_SENTENCE = (".", "!", "?")
