"""Quoted history, told from what the sender wrote, in the ways mail programs mark it."""

from __future__ import annotations

import re
from typing import NamedTuple

from kindregards.core.letters.late import Late

_FROM = r"From|Von|De|Da|Van|Od|Lähettäjä|Från|Fra"
_SENT = r"Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el)?|Enviada em|Data|Fecha|Inviato|Verzonden|Wysłano|Lähetetty|Skickat|Sendt"  # noqa: E501
_TO = r"To|An|À|A|Para|Aan|Do|Vastaanottaja|Till|Til"
_SUBJECT = r"Subject|Betreff|Objet|Asunto|Assunto|Oggetto|Onderwerp|Temat|Aihe|Ämne|Emne"
_CC = r"Cc|Kopie|Kopia|Bcc|Reply-To|Antwort an|Importance|Priorität"

_HEADER_LINE = Late(
    rf"[*_]*(?:(?P<from>{_FROM})|(?P<sent>{_SENT})|(?P<to>{_TO})|(?P<subject>{_SUBJECT})|{_CC})[*_]* ?:[*_]* ?(?P<value>.*)"  # noqa: E501
)
_ORIGINAL = Late(
    r"(?mi)^[-_ ]{2,}\s*(?P<mark>original message|original appointment|ursprüngliche nachricht|"
    r"originalnachricht|"
    r"message d'origine|message original|mensaje original|mensagem original|messaggio originale|"
    r"oorspronkelijk bericht|wiadomość oryginalna|alkuperäinen viesti|"
    r"(?P<forward>forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|"
    r"mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht|przekazana wiadomość))"
    r"\s*[-_ ]{2,}$"
)
_BEGIN_FORWARD = Late(
    r"(?mi)^(?:begin forwarded message|anfang der weitergeleiteten nachricht|"
    r"début du message réexpédié|inicio del mensaje reenviado|inizio messaggio inoltrato) ?:$"
)
_WROTE = Late(
    r"(?mi)^(?:>? ?)(?:on|am|le|el|em|il|op|w dniu|on behalf of)\b[^\n]{6,160}(?:\n[^\n]{1,120})?"
    r"(?:wrote|schrieb[^\n:]{0,80}|a écrit|escribió|escreveu|ha scritto|schreef[^\n:]{0,80}|napisał\(?a?\)?|kirjoitti) ?:$"  # noqa: E501
    # Polish and Finnish begin with the day of the week.
    r"|^(?:>? ?)[^\n]{6,200}(?:napisał\(?a?\)?|kirjoitti) ?:$"
)
# How the lines end that those two find.
_ANNOUNCING = Late(
    r"(?i)(?:message|nachricht|réexpédié|reenviado|inoltrato|wrote|schrieb[^\n:]{0,80}|a écrit|"
    r"escribió|escreveu|ha scritto|schreef[^\n:]{0,80}|napisał\(?a?\)?|kirjoitti) ?:\Z"
)
_LONGEST_END = 120
_OUTLOOK = Late(rf"(?m)^[*_]*(?:{_FROM})[*_]* ?:[^\n]*\n(?:[^\n]*\n)?[*_]*(?:{_SENT})[*_]* ?:")
# These begin with a character that is quick to find, and most letters have no such line.
_RULED = re.compile(r"\n[-_ ]{2}")
_FROM_LINE = re.compile(rf"\n[*_]*(?:{_FROM})[*_]* ?:")
_NOTHING_OWN = Late(
    r"(?i)\W*(?:fyi|fwd?|wg|zur info|zk|see below|siehe unten|pour info)?\W*"
    r"(?:sent from my \w+|von meinem \w+ gesendet|envoyé de mon \w+|enviado desde mi \w+)?\W*"
)

_MOST_FORWARDS = 20
"""Forwards of forwards that are opened, one inside the other."""


class Quoted(NamedTuple):
    """Where quoted history begins, where its words begin, and what its header lines said.

    `is_forward` says that it was passed on rather than answered.
    """

    start: int
    words_start: int
    headers: dict[str, str]
    is_forward: bool


# What somebody writes above a letter that they pass on ("sorry, shall I call?") is not the letter.
_A_WORD_ABOVE = 300


class OwnPart(NamedTuple):
    """What of a text its sender wrote.

    `forwarded` are the header lines of the letter that was passed on, where that is the letter
    itself. `is_whole` says that the text is given back as it was, and that nothing in it looks
    like the beginning of a quote.
    """

    words: str
    forwarded: dict[str, str]
    is_whole: bool


def own_words(text: str) -> str:
    """The sender's own words; where there are none, those of the letter forwarded or quoted."""
    return own_part(text).words


def split_history(text: str) -> tuple[str, dict[str, str]]:
    """Own words, and the header lines of the forwarded letter where that is the letter itself."""
    return own_part(text)[:2]


def own_part(text: str) -> OwnPart:
    """Own words, told from the history below them or around them."""
    if not _marks(text) and not text.startswith(">") and "\n>" not in text:
        words = text.strip()
        return OwnPart(words, {}, is_whole=words == text)
    headers: dict[str, str] = {}
    for _ in range(_MOST_FORWARDS):
        quoted = _first_quote(text)
        if quoted is None:
            break
        above = text[: quoted.start]
        passed_on = quoted.is_forward and len(above) <= _A_WORD_ABOVE
        if not passed_on and not _NOTHING_OWN.compiled.fullmatch(above):
            return OwnPart(_unquoted(above), headers, is_whole=False)
        below = text[quoted.words_start :].strip()
        if not below:
            return OwnPart(_unquoted(above), headers, is_whole=False)
        headers = quoted.headers or headers
        text = _without_marks(below)
    return OwnPart(_unquoted(text), headers, is_whole=False)


def _first_quote(text: str) -> Quoted | None:
    patterns = _marks(text)
    starts = [found for pattern in patterns if (found := pattern.search(text))]
    if not starts:
        return None
    first = min(starts, key=lambda found: found.start())
    after = first.start() if first.re is _OUTLOOK.compiled else first.end()
    is_forward = first.re is _BEGIN_FORWARD.compiled or bool(first.groupdict().get("forward"))
    return Quoted(first.start(), *_headers_below(text, after), is_forward)


def _marks(text: str) -> list[re.Pattern[str]]:
    """The patterns worth trying: each needs something that most letters do not have."""
    patterns = []
    if ("--" in text or "__" in text) and _RULED.search(f"\n{text}"):
        patterns.append(_ORIGINAL.compiled)
    if (":\n" in text or text.endswith(":")) and _announces(text):
        patterns += [_BEGIN_FORWARD.compiled, _WROTE.compiled]
    if ":" in text and _FROM_LINE.search(f"\n{text}"):
        patterns.append(_OUTLOOK.compiled)
    return patterns


def _announces(text: str) -> bool:
    """Whether one of the lines that end in a colon ends as those do that announce a quote."""
    at = text.find(":\n")
    while at >= 0:
        begins = text.rfind("\n", max(0, at - _LONGEST_END), at) + 1 or max(0, at - _LONGEST_END)
        if _ANNOUNCING.compiled.search(text[begins : at + 1]):
            return True
        at = text.find(":\n", at + 1)
    return text.endswith(":") and bool(_ANNOUNCING.compiled.search(text[-_LONGEST_END:]))


def _headers_below(text: str, position: int) -> tuple[int, dict[str, str]]:
    """Where the words begin after the header lines at `position`, and those lines by meaning."""
    headers: dict[str, str] = {}
    for _ in range(12):
        while position < len(text) and text[position] == "\n":
            position += 1
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        found = _HEADER_LINE.compiled.fullmatch(text[position:end].lstrip("> "))
        if found is None:
            break
        name = found.lastgroup and next(
            (k for k in ("from", "sent", "to", "subject") if found[k]), ""
        )
        if name:
            headers.setdefault(name, found["value"].strip())
        position = end
    return position, headers


def header_lines(text: str) -> tuple[str, dict[str, str]]:
    """A pasted letter's words, and the header lines pasted on top of it (From, Betreff …)."""
    start, headers = _headers_below(text, 0)
    if "subject" not in headers and not {"from", "sent"} <= headers.keys():
        return text, {}
    return text[start:].strip(), headers


def _without_marks(text: str) -> str:
    """Quote marks taken off, where the whole letter carries them."""
    lines = text.split("\n")
    marked = sum(line.startswith(">") for line in lines)
    if marked * 2 < len([line for line in lines if line]):
        return text
    return "\n".join(re.sub(r"^(?:> ?)", "", line) for line in lines)


def _unquoted(text: str) -> str:
    """Without lines that begin with a quote mark, unless nothing else is there."""
    if not text.startswith(">") and "\n>" not in text:
        return text.strip()
    lines = text.split("\n")
    kept = [line for line in lines if not line.startswith(">")]
    own = "\n".join(kept).strip()
    if own:
        return own
    return "\n".join(line.lstrip("> ") for line in lines).strip()
