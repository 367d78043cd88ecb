"""Which employer and which role a letter speaks of: all candidates weighed, the likeliest told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from math import exp

from kindregards.core.letters import evidence
from kindregards.core.letters.lines import Line
from kindregards.core.letters.page import Page
from kindregards.core.letters.phrasebook import Phrasebook
from kindregards.core.letters.senders import sends_for_others, site_of
from kindregards.core.letters.signatures import Named, is_person, plain
from kindregards.core.letters.spans import EMPLOYER, ROLE, Span, spans_of

_LOOKED_AT = 20_000
"""Characters of a letter in which names are looked for."""
_LONGEST_HEADER = 300
"""Characters of a subject or a sender's name."""
# Plain tuples: there are many in a letter.
Candidate = tuple[int, str, str, bool, float, float]
"""A candidate in its line: where it stands there, its name, that by its letters alone, whether it
is the whole line, and its chances as employer and as role against that of none being named."""
Place = tuple[bool, int, int, int, bool]
"""Of a line: is it short, lines above and below, lines since the leave was taken (0 where it was
not), and is the next line a title. At most 3 above, 7 below, 6 since."""
Part = tuple[str, str, int, Place | None]
"""A line in which names are looked for, its source ("s" subject, "f" sender, "t" text), where it
begins in the text, and its place."""


def names_of(page: Page, book: Phrasebook) -> tuple[Named | None, Named | None]:
    """The employer and the role that are likeliest; None where likely none is named."""
    chances = _Chances(page, book.names.get("signoff", ""))
    employer, role = chances.best(chances.employers), chances.best(chances.roles)
    if employer and employer == role:
        # One name for both: it is what it is more surely, and the next best is the other.
        if chances.share(chances.employers) > chances.share(chances.roles):
            role = chances.best({**chances.roles, role: 0.0})
        else:
            employer = chances.best({**chances.employers, employer: 0.0})
    return chances.named(employer, -2), _with_brackets(chances.named(role, -1), page.letter.text)


class _Chances:
    """Chances of all names against that of none, each the sum of the chances of its mentions."""

    def __init__(self, page: Page, signoff: str) -> None:
        self.text = page.letter.text
        self.employers: dict[str, float] = {}
        self.roles: dict[str, float] = {}
        self.mentions: list[tuple[int, int, str, str, float, float]] = []
        for text, source, start, place in parts_of(page, signoff):
            self._add(_weighed(text, source)[0], start, place)
        about = About(page)
        if about.site:
            name = site_of(page.letter.sender.email).replace("-", " ").title()
            domain = exp((evidence.weight_of(("domain",)) - _none()).real)
            self.mentions.append((0, 0, name, about.site, domain, 0.0))
            self.employers[about.site] = self.employers.get(about.site, 0.0) + domain
        for key, name in {key: name for _, _, name, key, _, _ in self.mentions}.items():
            if features := about.features(key, name):
                by_employer, by_role = _factors(tuple(features))
                if key in self.employers:
                    self.employers[key] *= by_employer
                if key in self.roles:
                    self.roles[key] *= by_role

    def _add(self, candidates: tuple[Candidate, ...], start: int, place: Place | None) -> None:
        if not candidates:
            return
        employers, roles, mentions = self.employers, self.roles, self.mentions
        part, whole = _PLACES[place] if place else _NO_PLACE
        signing = signs(place)
        for begin, name, key, is_whole, employer, role in candidates:
            by_employer, by_role = whole if is_whole else part
            employer *= by_employer
            role = 0.0 if signing else role * by_role
            if employer:
                employers[key] = employers.get(key, 0.0) + employer
            if role:
                roles[key] = roles.get(key, 0.0) + role
            # In the text, and there rather in a sentence than as a line, it is shown best.
            shown = 0 if not place else 1 if is_whole else 2
            mentions.append((start + begin, shown, name, key, employer, role))

    @staticmethod
    def best(chances: dict[str, float]) -> str:
        """The likeliest name, "" for none."""
        best = max(chances, key=chances.__getitem__, default="")
        return best if best and chances[best] > 1.0 else ""

    @staticmethod
    def share(chances: dict[str, float]) -> float:
        """The chance of the likeliest name among all."""
        return max(chances.values()) / (1.0 + sum(chances.values()))

    def named(self, wanted: str, which: int) -> Named | None:
        """A name where the text shows it best as employer (-2) or role (-1), or as it is else."""
        found = [mention for mention in self.mentions if wanted and mention[3] == wanted]
        if not found:
            return None
        start, shown, name, *_ = max(found, key=lambda mention: (mention[1], mention[which]))
        if not shown:
            start = self.text.find(name)
        return Named(name, start, start + len(name)) if start >= 0 else Named(name)


@lru_cache(maxsize=512)
def _factors(features: tuple[str, ...]) -> tuple[float, float]:
    """By what features multiply the chances as employer and as role."""
    weight = evidence.weight_of(features)
    return exp(weight.real), exp(weight.imag)


def _with_brackets(role: Named | None, text: str) -> Named | None:
    """The role with what stands in brackets behind it: "(m/w/d)", "(part-time)"."""
    if role is None or role.start < 0 or not text.startswith(" (", role.end):
        return role
    end = text.find(")", role.end, role.end + _LONGEST_BRACKETS) + 1
    return Named(text[role.start : end], role.start, end) if end else role


_LONGEST_BRACKETS = 25


@lru_cache(maxsize=8192)
def _weighed(text: str, source: str) -> tuple[tuple[Candidate, ...], bool]:
    """The candidates of a line that have a chance, and whether it is a title."""
    line = Line(text)
    kept: list[Candidate] = []
    none = _none()
    for span in spans_of(line, source):
        weight = evidence.weigh(line, span, source) - none
        could_be, employer, role = span[2], 0.0, 0.0
        if could_be & EMPLOYER and weight.real >= _LEAST:
            employer = exp(min(weight.real, _MOST))
        if could_be & ROLE and weight.imag >= _LEAST:
            role = exp(min(weight.imag, _MOST))
        if employer or role:
            begin, name, whole = named_in(line, span)
            key = plain(name)
            if len(key) > 1 and len(name) <= _LONGEST:
                kept.append((begin, name, key, whole, employer, role))
    return tuple(kept), _is_title(line)


_LEAST = -4.0
"""Log odds against none from which on a candidate is looked at any further."""
_LONGEST = 99
"""Characters of a name."""
_MOST = 50.0


def named_in(line: Line, span: Span) -> tuple[int, str, bool]:
    """Where a candidate begins, its name without an owner's ending, whether it is all the line."""
    first, after, could_be, _ = span
    name = line.name_of(first, after)
    if could_be == EMPLOYER and name.endswith("'s"):
        name = name[:-2]
    return line.start_of(first), name, len(name) > len(line.text) - 5


def _is_title(line: Line) -> bool:
    """Whether a role's noun stands in a short line."""
    return len(line.text) < 90 and ("C" in line.sorts or "R" in line.sorts)


@cache
def _none() -> complex:
    """The log odds of that no employer and no role is named."""
    return evidence.weight_of(("none",))


def signs(place: Place | None) -> bool:
    """Whether a line is one of a signature, in which a role is the signer's own."""
    return place is not None and 0 < place[3] <= _SIGNATURE


_SIGNATURE = 3
"""Lines below the leave that belong to a signature."""


def place_features(place: Place, *, whole: bool) -> evidence.Features:
    """The features of a line's place, for a part of it or for all of it."""
    short, above, below, since, titled = place
    form = "w" if whole else "s" if short else "l"
    title = "t" if titled else ""
    return (
        f"end {form}{below}",
        f"top {'w' if whole else ''}{above if above < 3 else ''}",
        f"below {form} {since}{title}{min(below, 3)}",
    )


Factors = tuple[tuple[float, float], tuple[float, float]]
"""By what chances as employer and as role are multiplied: those of a part, those of all."""


class _Places(dict[Place, Factors]):
    """What the place of a line does to the chances of its candidates."""

    def __missing__(self, place: Place) -> Factors:
        weights = [
            evidence.weight_of(place_features(place, whole=whole)) for whole in (False, True)
        ]
        part, whole = [(exp(weight.real), exp(weight.imag)) for weight in weights]
        self[place] = factors = part, whole
        return factors


_PLACES = _Places()
_NO_PLACE: Factors = ((1.0, 1.0), (1.0, 1.0))


def parts_of(page: Page, signoff: str) -> Iterator[Part]:
    """The subject, the sender's name and the lines of the text."""
    letter = page.letter
    if letter.subject:
        yield letter.subject[:_LONGEST_HEADER], "s", 0, None
    if letter.sender.name:
        yield letter.sender.name[:_LONGEST_HEADER], "f", 0, None
    every = letter.text[:_LOOKED_AT].split("\n")
    starts = accumulate([len(line) + 1 for line in every], initial=0)
    lines = [(line, start) for line, start in zip(every, starts, strict=False) if line]
    signed = _signed_at(lines, signoff)
    last = len(lines) - 1
    for number, (line, start) in enumerate(lines):
        since, below = 0, last - number
        titled = False
        if 0 <= signed < number:
            since = number - signed if number - signed < 6 else 6
            titled = number < last and _weighed(lines[number + 1][0], "t")[1]
        above = number if number < 3 else 3
        yield line, "t", start, (len(line) < 70, above, below if below < 7 else 7, since, titled)


def _signed_at(lines: list[tuple[str, int]], signoff: str) -> int:
    """The number of the last line that takes leave; below 0 where none does."""
    if signoff:
        leave = compiled(signoff)
        for number in range(len(lines) - 1, -1, -1):
            if len(lines[number][0]) < 60 and leave.match(lines[number][0]):
                return number
    return -1


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """The expression, made once."""
    return re.compile(expression)


_NO_SITES = ("example", "home", "score", "mail")


class About:
    """What is known of a name apart from where it stands: the sender's domain, name, subject."""

    def __init__(self, page: Page) -> None:
        letter = page.letter
        email = letter.sender.email
        site = plain(site_of(email)) if email else ""
        if len(site) < 3 or site in _NO_SITES or sends_for_others(email):
            site = ""
        self.site = site
        self.subject = plain(letter.subject)
        self.sender = plain(letter.sender.name)
        self.person = is_person(letter.sender.name, email)

    def features(self, key: str, name: str) -> list[str]:
        """The features of a name, given by its letters alone and as it is written."""
        found: list[str] = []
        if len(key) < 3:
            return found
        site, sender = self.site, self.sender
        if site:
            if key in site or site in key:
                ratio = min(len(key), len(site)) / max(len(key), len(site))
                found.append(f"like {'=' if ratio == 1 else int(ratio * 4)}")
            elif len(site) < 7:
                initials = "".join([word[0] for word in name.split() if word[0].isupper()])
                if len(initials) > 1 and initials.lower() in site:
                    found.append("like initials")
        if sender and (key in sender or sender in key):
            found.append("sender person" if self.person else "sender other")
            if self.person and key == sender:
                found.append("sender self")
        if key in self.subject:
            found.append("subject")
        return found
