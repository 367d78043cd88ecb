"""Whom a letter goes to: addresses that take no replies, and the right person (R5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kindregards.core.letters.reading import Person

_ADDRESS = re.compile(r"[^\s<>,;\"]+@[^\s<>,;\"]+")
_SILENT = re.compile(
    r"no[-_.]?repl(?:y|ies)|not?[-_.]?repl(?:y|ies)|do[-_.]?not[-_.]?(?:reply|respond|answer)"
    r"|dont[-_.]?reply|no[-_.]?response|no[-_.]?answer|nicht[-_.]?(?:antworten|beantworten)"
    r"|keine?[-_.]?antwort(?:en)?|unmonitored|undisclosed|mailer[-_.]?daemon|postmaster|bounces?"
)
_MACHINE = re.compile(
    r"(?:auto(?:mated|matic|mailer|reply)?|notifications?|notify|alerts?|news(?:letters?)?|mailer"
    r"|updates?|system|robot|bot|daemon|benachrichtigung(?:en)?|system(?:nachricht|mail)|mailings?"
    r"|ats|workday|applications?[-_.]?status|jobalerts?)(?:[-_.+].*)?"
)
# Domains from which applicant tracking systems write in an employer's name.
_TRACKING = re.compile(
    r"(?:.*\.)?(?:greenhouse(?:-mail)?\.io|hire\.lever\.co|ashbyhq\.com|myworkday(?:jobs)?\.com"
    r"|workday\.com|icims\.com|taleo\.net|smartrecruiters\.com|jobvite\.com|bamboohr\.com"
    r"|workablemail\.com|breezy-mail\.com|successfactors\.(?:com|eu)|avature\.net|jazzhr\.com"
    r"|applytojob\.com|teamtailor-mail\.com|recruitee\.com|personio\.(?:de|com)|softgarden\.(?:de|io)"
    r"|rexx-systems\.com|linkedin\.com|indeed\.com|stepstone\.de|xing\.com)"
)
_RECRUITS = re.compile(
    r"recruit|talent|people|human resources|\bhr\b|sourcer|acquisition|personal|bewerb",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\b(?:jobs|careers?|recruit\w*|talents?|hr|hiring|people team|team|human resources|no-?reply"
    r"|bewerb\w*|karriere|personal(?:abteilung|wesen)?|recrutement|carrières?|empleos?|rrhh"
    r"|selecci[oó]n|vagas|vacatures|werving|lavora|selezione|rekrutacja)\b",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"hiring manager|head of|lead|manager|director|chief|leiter|leitung|founder|\bc[eto]o\b",
    re.IGNORECASE,
)


def takes_no_replies(email: str) -> bool:
    """Whether mail to this address reaches nobody: no-reply, notifications, a tracking system.

    `email` may carry a name, as in a From line. A name without an address takes replies as far as
    one can tell.
    """
    address = _ADDRESS.search(email.lower())
    if not address:
        return bool(_SILENT.search(email.lower()))
    local, _, domain = address.group().rpartition("@")
    if _SILENT.search(local) or _MACHINE.fullmatch(local) or _SILENT.search(domain.split(".")[0]):
        return True
    return bool(_TRACKING.fullmatch(domain)) and not re.fullmatch(r"[a-z]+\.[a-z]+", local)


def is_house(name: str, employer: str = "") -> bool:
    """Whether a sender's name is that of a department or of the employer, and nobody's own."""
    same = name.casefold().split() == employer.casefold().split()
    return bool(_HOUSE.search(name)) or (bool(employer) and same)


def recipient(
    people: Sequence[Person],
    *,
    sender: Person | None = None,
    reply_to: str = "",
    met: Sequence[str] = (),
) -> Person | None:
    """The one to write to (R5): met last or most, else a recruiter, else a hiring manager.

    `met` holds names or addresses of those met, in order, repeated when met again; the most
    frequent comes first, then the last. Only people who can be reached count: those with an
    address that takes replies. `reply_to` stands in for a sender without such an address. An
    address is never guessed; None when nobody can be reached.
    """
    reachable = [person for person in _known(people, sender, reply_to) if _reached(person)]
    for group in (
        _by_meeting(reachable, met),
        [person for person in reachable if _RECRUITS.search(person.role)],
        [person for person in reachable if _DECIDES.search(person.role)],
        reachable,
    ):
        if group:
            return group[0]
    return None


def _known(people: Sequence[Person], sender: Person | None, reply_to: str) -> list[Person]:
    known = list(people)
    if sender is not None:
        address = sender.email if _reached(sender) else (reply_to or sender.email)
        known.append(Person(sender.name, address, sender.role))
    elif reply_to:
        known.append(Person("", reply_to))
    return known


def _reached(person: Person) -> bool:
    return "@" in person.email and not takes_no_replies(person.email)


def _by_meeting(people: list[Person], met: Sequence[str]) -> list[Person]:
    seen = [name.casefold().strip() for name in met]

    def rank(person: Person) -> tuple[int, int]:
        places = [at for at, name in enumerate(seen) if name and name in _names(person)]
        return (len(places), max(places, default=-1))

    return sorted((one for one in people if rank(one)[0]), key=rank, reverse=True)


def _names(person: Person) -> tuple[str, str]:
    return (person.name.casefold().strip(), person.email.casefold().strip())
