"""The name in a greeting, held against the name of the person whom the letter goes to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from kindregards.core.outreach.addresses import is_house
from kindregards.core.outreach.draft import Circumstances, Draft, Finding, Severity
from kindregards.core.outreach.prose import WORD, Prose, Sentence

_TITLES = re.compile(r"m(?:r|rs|s|x|iss|adam)|sir|dr|prof(?:essor)?|herr|frau|doktor", re.I)
_GREETS = re.compile(
    r"hi|hello|hey|dear|greetings|good|morning|afternoon|evening|day|hallo|guten|tag|morgen|abend"
    r"|liebe[rs]?|moin|servus|gr(?:ü|ue)(?:ß|ss)|gott|sehr|geehrte[rs]?|werte[rs]?|again|there"
    r"|once|noch|mal|wieder|schönen|from|aus",
    re.IGNORECASE,
)
_STIFF = re.compile(r"liebe[rs]?|sehr geehrte[rs]?|geehrte[rs]?|werte[rs]?", re.IGNORECASE)
_NOBODY = re.compile(
    r"\b(?:all|both|every(?:one|body)|folks|friends|panel|committee|manager|madam|whom|office"
    r"|department|board|crew|staff|info|contact|kontakt|service|support|post|mail|desk|studio"
    r"|zusammen|beide|damen|herren|kolleg\w*|leute|abteilung|b(?:ü|ue)ro|verwaltung|sekretariat"
    r"|empfang|redaktion|zentrale|leitung|praxis)\b|team|recruiting|abteilung",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\band\b|\bund\b|[&/+\[\]{}_]", re.IGNORECASE)
# Short forms that neither begin like the long one nor stand in it.
_SHORT_FORMS = frozenset(
    {
        ("bob", "robert"),
        ("bill", "william"),
        ("dick", "richard"),
        ("ted", "edward"),
        ("jack", "john"),
        ("jim", "james"),
        ("tony", "anthony"),
        ("kate", "catherine"),
        ("peggy", "margaret"),
        ("harry", "henry"),
        ("molly", "mary"),
        ("sasha", "alexander"),
        ("hans", "johannes"),
        ("sandra", "alexandra"),
    }
)


def name_findings(draft: Draft, prose: Prose, circumstances: Circumstances) -> Iterator[Finding]:
    """A name in the greeting with a slip in it, or one that is not the reader's at all (R5).

    Nothing is said of a greeting to several people or to a house, nor where the letter has more
    readers than one. A name is somebody else's only where the reader's is known: from the words
    before an address, or from an address of two words.
    """
    greeting = prose.greeting
    if not greeting or len(draft.to) != 1:
        return
    slips = list(_slips(draft.to[0], prose, greeting))
    yield from slips or _somebody_else(draft, prose, greeting, circumstances.employer)


def _slips(reader: str, prose: Prose, greeting: Sentence) -> Iterator[Finding]:
    known = [word.casefold() for word in WORD.findall(reader.partition("@")[0])]
    for word in list(WORD.finditer(greeting.text))[1:]:
        spelled = word.group().casefold()
        near = next((one for one in known if _slipped(spelled, one)), None)
        if near and not (spelled in known or _TITLES.fullmatch(spelled)):
            yield _asked(
                prose,
                greeting.start + word.start(),
                greeting.start + word.end(),
                "Is the name right?",
                f"The address spells it {near.capitalize()}.",
                near.capitalize(),
            )


def _somebody_else(
    draft: Draft, prose: Prose, greeting: Sentence, employer: str
) -> Iterator[Finding]:
    reader, line = _name_of(draft.to[0], employer), greeting.text
    house = {word.casefold() for word in WORD.findall(employer)}
    if not reader or _SEVERAL.search(line) or _NOBODY.search(line) or is_house(line):
        return
    greeted = _greeted(line)
    if not greeted or any(
        word.group().casefold() in house or any(_may_be(word.group(), one) for one in reader)
        for word in greeted
    ):
        return
    end = greeted[-1].end()
    yield _asked(
        prose,
        greeting.start,
        greeting.start + end,
        "It greets somebody else",
        f"The letter goes to {' '.join(reader)}. A wrong name is the first thing that is read.",
        _greeting_for(reader, line[:end], line[: greeted[0].start()], len(greeted), draft.language),
    )


def _greeted(line: str) -> list[re.Match[str]]:
    """The words of a greeting that name somebody: with a capital, or the one word that is left
    where the whole line is in small letters."""
    named = [
        word
        for word in WORD.finditer(line)
        if not (_GREETS.fullmatch(word.group()) or _TITLES.fullmatch(word.group()))
    ]
    if line == line.lower():
        return named if len(named) == 1 else []
    return [word for word in named if word.group()[0].isupper()]


def _greeting_for(reader: Sequence[str], line: str, begun: str, names: int, language: str) -> str:
    """The greeting with the reader's name: whole where it was whole or had a title, else first.

    "Mr" or "Lieber" may not fit the other person, so a plain word takes their place; one without a
    name does where only an initial is known.
    """
    if any(len(word) < 2 for word in reader):
        return "Guten Tag" if language == "de" else "Hello"
    titled = any(_TITLES.fullmatch(word) for word in WORD.findall(line))
    formal = titled or names > 1
    name = " ".join(reader) if formal else reader[0]
    if language == "de" and (titled or _STIFF.match(line)):
        return f"{'Guten Tag' if formal else 'Hallo'} {name}"
    first = begun.split()[0] if titled else begun.strip()
    return f"{first} {name}"


def _name_of(reader: str, employer: str) -> tuple[str, ...]:
    """The person in "Ines Okafor <ines@…>" or "ines.okafor@…"; () where none is told."""
    shown, _, address = reader.rpartition("<") if "<" in reader else ("", "", reader)
    if "@" not in address:
        shown, address = address, ""
    local, _, domain = address.partition("@")
    shown = re.split(r"[(|]|\s(?:via|at|von|bei)\s", shown.strip().strip("\"'"))[0]
    last, comma, first = shown.partition(",")
    told = f"{first} {last}" if comma else shown
    if not told.strip():
        told = local.replace(".", " ").replace("_", " ").title()
        if not re.fullmatch(r"[^\W\d]{2,} [^\W\d]{2,}", told):
            return ()
    words = tuple(word for word in WORD.findall(told) if not _TITLES.fullmatch(word))
    of_house = any(word.casefold() in domain.casefold() for word in words)
    if of_house or is_house(told, employer) or _NOBODY.search(told):
        return ()
    return words


def _may_be(written: str, known: str) -> bool:
    """Whether both may be one person's name: alike, short and long, an initial, or a slip."""
    one, other = _plain(written), _plain(known)
    if min(len(one), len(other)) < 3:
        return one[:1] == other[:1]
    return (
        one[:3] == other[:3]
        or one in other
        or other in one
        or {(one, other), (other, one)} & _SHORT_FORMS != set()
        or _slipped(one, other)
    )


def _plain(name: str) -> str:
    """Without accents, ä and ae alike."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return re.sub(r"([aou])e", r"\1", letters)


def _slipped(written: str, known: str) -> bool:
    """Whether one is the other with a single letter wrong, missing, added or swapped."""
    if written == known or min(len(written), len(known)) < 3:
        return False
    if abs(len(written) - len(known)) > 1:
        return False
    head = next((at for at, (a, b) in enumerate(zip(written, known, strict=False)) if a != b), None)
    if head is None:
        return True
    one, other = written[head:], known[head:]
    swapped = one[:2] == other[1::-1][:2] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]


def _asked(prose: Prose, start: int, end: int, title: str, why: str, instead: str) -> Finding:
    quote = prose.text[start:end]
    return Finding("greeting", Severity.SOFTEN, title, why, quote, start, end, instead)
