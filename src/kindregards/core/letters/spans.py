"""Words of a line that could name an employer or a role."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from kindregards.core.letters.known import common_words, known_words
from kindregards.core.letters.signatures import is_role_noun, role_nouns

EMPLOYER, ROLE = 1, 2
"""What a span could be; 3 is both."""

_WORDS = re.compile(r"([^\W_]++(?:[&'.+/*·-][^\W_]++)*+[+#]*)")
"""A word with what belongs inside it (H&M, m/w/d, Node.js)."""
_ARTICLE = re.compile(r"(?:[dljcmnDLJ]|[qQ]u|[uU]n|(?:[dD]|[aA]|[nN]|[sS]u|[dD]a)ll)'(?=[^\W_])")
"""French and Italian articles, which are words apart."""
_MOST_WORDS = 400
"""Words of a line that are looked at."""
_LISTS = (
    "in_employers",
    "in_roles",
    "in_small_roles",
    "shortened",
    "forms",
    "not_first",
    "not_last",
    "not_in_roles",
    "levels",
    "stops",
    "cues",
    "bare_cues",
    "after_cues",
    "given",
    "organisations",
)
(
    IN_EMPLOYERS,
    IN_ROLES,
    IN_SMALL_ROLES,
    SHORTENED,
    FORMS,
    NOT_FIRST,
    NOT_LAST,
    NOT_IN_ROLES,
    LEVELS,
    STOPS,
    CUES,
    BARE_CUES,
    AFTER_CUES,
    GIVEN,
    ORGANISATION,
    NOUN,
    COMMON,
) = (1 << bit for bit in range(len(_LISTS) + 2))
_SORTS = "rRcC"
"""By the last two marks: rare, rare noun of roles, common, common noun of roles."""
_TO_SORTS = len(_LISTS)


@cache
def _listed() -> dict[str, int]:
    """Every listed word with its lists, each of them one bit; is it a role's noun, is it common."""
    listed: dict[str, int] = {}
    lists = [*(known_words("spans", name) for name in _LISTS), role_nouns(), common_words()]
    for bit, words in enumerate(lists):
        for word in words:
            listed[word] = listed.get(word, 0) | 1 << bit
    return listed


def _marks_of(word: str) -> int:
    """The same of any lower-case word, as which a compound of a role's noun is one, too."""
    marks = _listed().get(word, 0)
    return marks if marks & NOUN or not is_role_noun(word) else marks | NOUN


def _case_of(word: str) -> str:
    """How a word begins: A with a capital, 0 with a digit, a with a small letter."""
    first = word[0]
    return "0" if first.isdigit() else "A" if first.isupper() else "a"


class _Known(dict[str, tuple[str, str, int, str]]):
    """A word in lower case, how it begins, its lists, and its sort."""

    def __missing__(self, word: str) -> tuple[str, str, int, str]:
        lowered = word.lower()
        marks = _marks_of(lowered)
        known = lowered, _case_of(word), marks, _SORTS[marks >> _TO_SORTS]
        if len(self) < 65536:
            self[word] = known
        return known


class _Between(dict[str, str]):
    """What stands between two words as a short sign; "" for blanks alone."""

    def __missing__(self, between: str) -> str:
        sign = between.strip()[:2]
        if len(self) < 4096:
            self[between] = sign
        return sign


_KNOWN, _BETWEEN = _Known(), _Between()
_NO_WORDS: tuple[tuple[()], ...] = ((), (), (), ())


class Line:
    """The words of one line, also in lower case, how they begin, and what is known of them.

    `signs[n]` stands before word n, the last one after the last word; so do `gaps`, in full.
    """

    __slots__ = (
        "_pieces", "cases", "gaps", "lowered", "marks", "signs", "sorts", "text", "words",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        pieces = _WORDS.split(text, _MOST_WORDS)
        if "'" in text:
            _take_apart(pieces)
        if len(pieces) > 2 * _MOST_WORDS:
            pieces[2 * _MOST_WORDS :] = [""]
        self.words: list[str] = pieces[1::2]
        known = map(_KNOWN.__getitem__, self.words)
        # All four at once: lines are many, and most of their words are known.
        lowered, cases, marks, sorts = zip(*known, strict=True) if len(pieces) > 1 else _NO_WORDS
        self.text = text
        self.gaps: list[str] = pieces[0::2]
        self.signs: list[str] = [*map(_BETWEEN.__getitem__, self.gaps)]
        self.lowered: tuple[str, ...] = lowered
        self.cases = "".join(cases)
        self.marks: tuple[int, ...] = marks
        self.sorts = "".join(sorts)
        self._pieces = pieces

    def name_of(self, first: int, after: int) -> str:
        """The words from `first` to before `after` as they stand in the text."""
        return "".join(self._pieces[2 * first + 1 : 2 * after])

    def start_of(self, first: int) -> int:
        """Where a word begins in the text."""
        return len("".join(self._pieces[: 2 * first + 1]))


def _take_apart(pieces: list[str]) -> None:
    """Articles taken from the words they are tied to, from the last word to the first."""
    for at in range(len(pieces) - 2, 0, -2):
        while (word := pieces[at]).find("'") > 0 and (article := _ARTICLE.match(word)):
            pieces[at : at + 1] = [article.group(), "", word[article.end() :]]
            at += 2


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
