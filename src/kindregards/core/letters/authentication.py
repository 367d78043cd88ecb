"""What the receiving mail server found when it checked who sent a message (RFC 8601).

Only the topmost Authentication-Results is looked at: the server that received the mail puts its
own on top, and any below it may be the sender's invention. A pass proves nothing here, since a
forger can write one where no server writes its own; only failures are told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_COMMENT = re.compile(r"\(([^()]*)\)")
_METHOD = re.compile(r"^\s*(dmarc|spf|dkim|arc|compauth)\s*(?:/\s*\d+)?\s*=\s*(\w+)", re.IGNORECASE)
_FROM = re.compile(r"\bheader\.from\s*=\s*[\"<]?(?:[^\s;@\"<>]*@)?([\w.-]+)", re.IGNORECASE)
_POLICY = re.compile(r"\b(p|dis)\s*=\s*(\w+)", re.IGNORECASE)
_ACTION = re.compile(r"\baction\s*=\s*(\w+)", re.IGNORECASE)
_STRICT = frozenset({"reject", "quarantine", "oreject", "permerror"})


@dataclass(frozen=True, slots=True)
class Authentication:
    """The results by method; several DKIM signatures give a set of results.

    `domain` is the one that was checked, `policy` what its owner asks for with forgeries, and
    `spared` whether the receiving server knew why it was not to follow that.
    """

    results: Mapping[str, frozenset[str]]
    domain: str = ""
    policy: str = ""
    spared: bool = False

    def has(self, method: str, *results: str) -> bool:
        """Whether a method had one of the results."""
        return bool(self.results.get(method, frozenset()) & set(results))


def authentication_of(header: str) -> Authentication:
    """The results in a header; without any where there is none or it is in no known form."""
    results: dict[str, set[str]] = {}
    domain = policy = ""
    spared = False
    for part in _COMMENT.sub(lambda found: found.group().replace(";", ","), header).split(";"):
        method = _METHOD.match(_COMMENT.sub(" ", part))
        if not method:
            continue
        name = method.group(1).lower()
        results.setdefault(name, set()).add(method.group(2).lower())
        if name == "dmarc":
            domain = _first(_FROM, part)
            told = {key.lower(): value.lower() for key, value in _POLICY.findall(part)}
            policy = told.get("p", "") or _first(_ACTION, part).lower()
            spared = told.get("dis", "") == "none"
    return Authentication(
        {name: frozenset(found) for name, found in results.items()}, domain, policy, spared
    )


def is_refuted(found: Authentication) -> bool:
    """Whether the server found the sender forged, and nothing explains it.

    Forwarding breaks SPF always and DKIM where it changes the words, so neither counts alone, nor
    does DMARC of a domain whose owner asks for nothing (p=none). A trusted forwarder vouches by
    ARC, and Microsoft says by compauth that it found another explanation.
    """
    if found.has("arc", "pass") or found.has("compauth", "pass", "softpass") or found.spared:
        return False
    if found.has("dmarc", "pass", "bestguesspass"):
        return False
    if found.has("dmarc", "fail"):
        if found.policy:
            return found.policy in _STRICT
        return not found.has("dkim", "pass") and not found.has("spf", "pass")
    if found.has("compauth", "fail"):
        return True
    return found.has("spf", "fail") and found.results.get("dkim") == frozenset({"fail"})


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1).lower().strip(".") if found else ""
