"""The sender check: whether a letter comes from whom it says, told in one calm line.

It speaks only where there is a reason, since a false alarm costs an honest employer's letter.
Silence is no proof: most letters say nothing about it either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kindregards.core.letters.authentication import authentication_of, is_refuted
from kindregards.core.letters.known import known_words
from kindregards.core.letters.letter import Letter
from kindregards.core.letters.look_alikes import imitated, mixes_alphabets, shown_label
from kindregards.core.letters.senders import sends_for_others, site_of

WHAT_TO_DO = (
    "Before you open a link, send papers or pay anything, ask them by a phone number that you "
    "found elsewhere."
)
CHECKED_HEADERS = ("authentication-results", "list-id")
"""The headers that a check looks at, besides sender and the address for answers."""
_TEAM = re.compile(
    r"(?i)\b(?:hr|human resources|recruit\w*|careers?|hiring|talent|jobs?|personal(?:abteilung)?|"
    r"bewerbung\w*|recrutement|rh|rrhh|recursos humanos|risorse umane|werving)\b"
)
_SMALL = frozenset({"team", "the", "via", "at", "by", "from", "notifications", "support"})


class Doubt(StrEnum):
    """What gives reason to doubt the sender."""

    REFUTED = "refuted"
    LOOK_ALIKE = "look_alike"
    FREE_MAIL = "free_mail"
    ANSWERS_ELSEWHERE = "answers_elsewhere"


@dataclass(frozen=True, slots=True)
class SenderDoubt:
    """One reason to doubt who sent a letter, and the line that tells it with what to do."""

    doubt: Doubt
    told: str


def check_sender(
    letter: Letter, *, employer: str | None = None, employer_domains: Iterable[str] = ()
) -> SenderDoubt | None:
    """The reason to doubt a letter's sender, the gravest first; None where there is none.

    `employer` is whom the letter names; `employer_domains` are the domains that earlier letters
    of the same employer came from. Job boards, applicant-tracking systems and mail providers
    among them are passed over.
    """
    domain = _domain(letter.sender.email)
    if not domain:
        return None
    own = [one.lower() for one in employer_domains if not sends_for_others("x@" + one)]
    checks = (_look_alike, _refuted, _free_mail, _answers_elsewhere)
    return next((found for check in checks if (found := check(letter, employer, own))), None)


def _look_alike(letter: Letter, _employer: str | None, own: list[str]) -> SenderDoubt | None:
    domain, site = _domain(letter.sender.email), site_of(letter.sender.email)
    if domain in own:
        return None
    name = imitated(site, (site_of("x@" + one) for one in own))
    if name:
        said = f"It comes from {_shown(domain)}, which looks like {name} and is not."
    elif mixes_alphabets(site):
        said = f"The letters of {_shown(domain)} are of two alphabets, as in made-up names."
    else:
        return None
    return _doubt(Doubt.LOOK_ALIKE, said)


def _refuted(letter: Letter, _employer: str | None, _own: list[str]) -> SenderDoubt | None:
    found = authentication_of(letter.headers.get("authentication-results", ""))
    domain = _domain(letter.sender.email)
    # A forwarded letter is told as its first writer's; what was checked then was the forwarder.
    if "list-id" in letter.headers or not _same_owner(found.domain or domain, domain):
        return None
    if not is_refuted(found):
        return None
    said = f"Your mail server could not confirm that it comes from {_shown(domain)}."
    return _doubt(Doubt.REFUTED, said)


def _free_mail(letter: Letter, employer: str | None, own: list[str]) -> SenderDoubt | None:
    domain, name = _domain(letter.sender.email), letter.sender.name
    if not _is_free_mail(letter.sender.email):
        return None
    if _claims_a_system(name):
        said = f"It calls itself {name} and comes from a free-mail address ({_shown(domain)})."
    elif own:
        said = f"Earlier letters came from {own[0]}, this one from a free-mail address."
    elif employer and employer.lower() in name.lower() and _TEAM.search(name):
        said = f"It speaks for {employer} and comes from a free-mail address ({_shown(domain)})."
    else:
        return None
    return _doubt(Doubt.FREE_MAIL, said)


def _answers_elsewhere(
    letter: Letter, _employer: str | None, _own: list[str]
) -> SenderDoubt | None:
    sender, answer = letter.sender.email, letter.reply_to.email
    if sends_for_others(sender) or not _is_free_mail(answer):
        return None
    said = f"It comes from {_shown(_domain(sender))}, but answers go to a free-mail address."
    return _doubt(Doubt.ANSWERS_ELSEWHERE, said)


def _doubt(doubt: Doubt, said: str) -> SenderDoubt:
    return SenderDoubt(doubt, f"{said} {WHAT_TO_DO}")


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower().strip(".") if "@" in email else ""


def _shown(domain: str) -> str:
    """A domain as people see it; a name in punycode with both spellings."""
    readable = ".".join(shown_label(label) for label in domain.split("."))
    return domain if readable == domain else f"{readable} ({domain})"


def _same_owner(one: str, other: str) -> bool:
    return site_of("x@" + one) == site_of("x@" + other)


def _is_free_mail(email: str) -> bool:
    return "@" in email and site_of(email) in known_words("senders", "providers")


def _claims_a_system(name: str) -> bool:
    """Whether a display name is that of a system or a board, alone or with words for a team."""
    words = re.findall(r"\w+", name.lower())
    systems = known_words("senders", "imitated") - known_words("senders", "providers")
    others = [word for word in words if word not in systems and word not in _SMALL]
    return len(others) < len(words) and all(_TEAM.fullmatch(word) for word in others)
