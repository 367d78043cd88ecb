"""Saying a sentence of the person's own again: with less of oneself, more plainly, or in two.

The wordings are in `phrases/rewording_<language>.toml`. Every function takes a sentence as it
stands in `Prose.folded` and gives None where it knows no wording that reads well.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kindregards.core.outreach.prose import WORD

SHORTEST_HALF = 4
"""Words that each half of a parted sentence has at least [design]."""
LONGEST_JOINED = 20
"""Words of two sentences made one, the limit of R3."""
_LONGEST_JOINED_PART = 14


@dataclass(frozen=True, slots=True)
class Rewordings:
    """What is known of one language: openings that can go, and plain words for others."""

    language: str
    of_oneself: tuple[tuple[re.Pattern[str], str], ...]
    plain: tuple[tuple[re.Pattern[str], str], ...]
    patterns: Mapping[str, re.Pattern[str]]
    words: Mapping[str, Any]


@cache
def rewordings(language: str) -> Rewordings:
    """The rewordings of "de" or "en"."""
    source = files("kindregards.core.outreach") / "phrases" / f"rewording_{language}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    words = {name: value for name, value in data.items() if isinstance(value, (str, dict))}
    return Rewordings(
        language=language,
        of_oneself=tuple((_compiled(one["from"]), one["to"]) for one in data["of_oneself"]),
        plain=tuple(
            (re.compile(rf"\b(?:{_spaced(kept)})\b", re.IGNORECASE), said)
            for kept, said in data["plain"].items()
        ),
        patterns={name: _compiled(data[name]) for name in _PATTERNS},
        words=words,
    )


_PATTERNS = {
    "another_own",
    "not_after",
    "begins_own",
    "clause",
    "which",
    "colon",
    "asks_first",
    "joined_by",
    "subordinate",
    "thanks_also",
    "keeps",
    "although",
    "aside",
    "leads_in",
}


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", r"\s+")


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the data; a blank is any white space, unless it may be there or not."""
    return re.compile(re.sub(r" (?!\?)", r"\\s+", pattern), re.IGNORECASE)


def less_of_oneself(sentence: str, language: str) -> str | None:
    """The sentence without its "I think that" or "I wanted to", or with one "I" for several."""
    known = rewordings(language)
    for pattern, said in known.of_oneself:
        found = pattern.match(sentence)
        if found:
            return _capital(found.expand(said) + sentence[found.end() :], sentence)
    return _own_once(sentence, known)


def _own_once(sentence: str, known: Rewordings) -> str | None:
    """ "I read it, and I tried it" as "I read it and tried it"."""
    if not known.patterns["begins_own"].match(sentence) or "?" in sentence:
        return None
    again = list(known.patterns["another_own"].finditer(sentence))
    # A list needs its "and", and behind "that" or "if" the second "I" belongs to the clause there.
    if not again or not again[-1]["and"]:
        return None
    if known.patterns["subordinate"].search(sentence[: again[-1].start()]):
        return None
    if any(_is_a_pair(sentence, found, known) for found in again):
        return None
    comma = "," if len(again) > 1 and known.language == "en" else ""
    made = sentence
    for found in reversed(again):
        link = f"{comma} {found['and']} " if found["and"] else ", "
        made = f"{made[: found.start()]}{link}{found['verb']}{made[found.end() :]}"
    return made


def _is_a_pair(sentence: str, found: re.Match[str], known: Rewordings) -> bool:
    """Whether "and I" may stand behind somebody ("the team and I"); a comma parts them."""
    is_apart = found.group().startswith(",")
    return not is_apart and bool(known.patterns["not_after"].search(sentence[: found.start()]))


def joined(one: str, other: str, language: str) -> str | None:
    """Two short sentences that both begin with "I" as one, or None."""
    known = rewordings(language)
    if not (known.patterns["begins_own"].match(one) and one.endswith(".")):
        return None
    second = _after_own(other, known)
    if second is None or not other.endswith("."):
        return None
    counts = [len(WORD.findall(part)) for part in (one, other)]
    if sum(counts) > LONGEST_JOINED or max(counts) > _LONGEST_JOINED_PART:
        return None
    if any("," in part or known.patterns["joined_by"].search(part) for part in (one, second)):
        return None
    return f"{one[:-1]} {known.words['and']} {second}"


def _after_own(sentence: str, known: Rewordings) -> str | None:
    first, _, rest = sentence.partition(" ")
    if first.casefold() in known.words["contracted"]:
        return f"{known.words['contracted'][first.casefold()]} {rest}"
    if not known.patterns["begins_own"].match(sentence):
        return None
    return rest


def plainer(sentence: str, language: str) -> str | None:
    """The sentence with plain words for the long ones that the data knows."""
    made = sentence
    for pattern, said in rewordings(language).plain:
        made = pattern.sub(lambda found, said=said: _like(found.group(), said), made)  # type: ignore[misc]
    lead = rewordings(language).patterns["leads_in"].match(made)
    made = _capital(made[lead.end() :], sentence) if lead else made
    return made if made != sentence else None


def _like(before: str, said: str) -> str:
    return said[:1].upper() + said[1:] if before[:1].isupper() else said


def parted(sentence: str, language: str) -> str | None:
    """The sentence as two, cut where a clause can stand alone, nearest the middle."""
    known = rewordings(language)
    made = [
        *_cut(sentence, known.patterns["clause"], ". "),
        *_cut(sentence, known.patterns["which"], known.words["which_becomes"]),
        *_cut(sentence, known.patterns["thanks_also"], known.words["thanks_also_becomes"]),
        *_after_colon(sentence, known),
    ]
    if not made:
        found = known.patterns["although"].fullmatch(sentence)
        return _halves(known, found) if found else None
    return min(made, key=lambda halves: abs(len(halves[0]) - len(sentence) / 2))[1]


def _halves(known: Rewordings, found: re.Match[str]) -> str:
    one = found["one"][:1].upper() + found["one"][1:]
    return str(known.words["although_becomes"]).format(one=one, other=found["other"])


def _cut(sentence: str, at: re.Pattern[str], by: str) -> list[tuple[str, str]]:
    made = []
    for cut in at.finditer(sentence):
        before, after = sentence[: cut.start()], sentence[cut.end() :]
        if _is_enough(before) and _is_enough(after):
            after = after[:1].upper() + after[1:] if by == ". " else after
            made.append((before, f"{before}{by}{after}"))
    return made


def _after_colon(sentence: str, known: Rewordings) -> list[tuple[str, str]]:
    """ "May I ask one thing: what …?" as two questions, other colons as a full stop."""
    asks = known.patterns["asks_first"].match(sentence)
    if (asks and not sentence.endswith("?")) or known.patterns["subordinate"].match(sentence):
        return []
    made = []
    for cut in list(known.patterns["colon"].finditer(sentence))[:1]:
        before, after = sentence[: cut.start()], sentence[cut.end() :]
        if _is_enough(before) and _is_enough(after):
            after = after[:1].upper() + after[1:]
            made.append((before, f"{before}{'? ' if asks else '. '}{after}"))
    return made


def _is_enough(half: str) -> bool:
    return len(WORD.findall(half)) >= SHORTEST_HALF


def keeps(sentence: str, language: str) -> bool:
    """Whether a sentence accepts the decision, in whatever words: then it is not taken out."""
    return bool(rewordings(language).patterns["keeps"].search(sentence))


def without_aside(sentence: str, language: str) -> str | None:
    """The sentence without what stands in brackets, between dashes, or behind "for example"."""
    made = rewordings(language).patterns["aside"].sub("", sentence)
    made = re.sub(r"\s+(?=[,.;:!?])", "", made)
    if made == sentence or not _is_enough(made):
        return None
    return _capital(made, sentence)


def _capital(made: str, before: str) -> str:
    made = made.lstrip()
    return made[:1].upper() + made[1:] if before[:1].isupper() else made[:1].lower() + made[1:]
