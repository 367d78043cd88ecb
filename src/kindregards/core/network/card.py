"""What one source tells of one person: a line of an export, a vCard, a signature."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote, urlsplit

LONGEST_NAME = 300
LONGEST_ADDRESS = 320
LONGEST_NOTE = 20_000

_PROFILE = re.compile(r"(?i)^(?:[a-z]{2,3}\.)?(?:www\.)?linkedin\.com$")
_FULL_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_NO_YEAR = re.compile(r"--(\d{2})-?(\d{2})")
_TITLES = frozenset(
    (
        "mr", "mrs", "ms", "mx", "miss", "dr", "prof", "professor", "ing", "dipl", "herr", "frau",
        "mag", "sir", "dame", "m", "mme", "sr", "sra",
    )
)  # fmt: skip
_BEHIND = frozenset(
    (
        "jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "msc", "bsc", "ma", "ba", "pmp", "cpa",
        "esq", "cfa", "shrm",
    )
)  # fmt: skip
_BESIDE = _TITLES | _BEHIND
# One address and nothing else: what else stands there could name further readers.
_PLAIN_ADDRESS = re.compile(r'[^\s@,;:<>()"\[\]\\]+@[^\s@,;:<>()"\[\]\\]+')
# Nearly every line of an export is as plain as this, and needs nothing taken apart.
_PLAIN_NAME = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
_PLAIN_PROFILE = re.compile(r"(?i)https?://(?:[a-z]{2,3}\.)?(?:www\.)?linkedin\.com/in/([\w-]+)/?")


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of a year; the year is often not given."""

    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A person as a source tells of them. "" and None stand for what it does not tell.

    `profile` is a key made by `profile_key`; `connected_date` is the day of the connection on
    LinkedIn; `uid` is the source's own mark, which stays the same from one export to the next.
    """

    name: str = ""
    email: str = ""
    role: str = ""
    employer: str = ""
    profile: str = ""
    connected_date: date | None = None
    birthday: Birthday | None = None
    note: str = ""
    uid: str = ""
    line: int = field(default=0, compare=False)

    @property
    def is_somebody(self) -> bool:
        """Whether it names anybody at all."""
        return bool(self.name or self.email or self.profile)


def plain_address(told: str) -> str:
    """The address in lower case, "" where what is told is anything but one address."""
    address = told.strip().lower()
    is_one = len(address) <= LONGEST_ADDRESS and _PLAIN_ADDRESS.fullmatch(address)
    return address if is_one else ""


def profile_key(link: str) -> str:
    """A profile's address without what tracks the reader: `linkedin.com/in/ines-okafor`.

    "" for what is no profile of a person. Nothing behind `?` or `#` is kept, so no token is.
    """
    link = link.strip()
    if plain := _PLAIN_PROFILE.fullmatch(link):
        return f"linkedin.com/in/{plain[1].casefold()}"[:LONGEST_NAME]
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
    except ValueError:
        return ""
    if not _PROFILE.match(parts.hostname or ""):
        return ""
    path = [one for one in unquote(parts.path).casefold().split("/") if one]
    if path[:1] == ["comm"]:
        path = path[1:]
    if len(path) < 2 or path[0] not in ("in", "pub"):
        return ""
    return f"linkedin.com/{path[0]}/{path[1]}"[:LONGEST_NAME]


def person_key(name: str) -> str:
    """What two spellings of one person's name have in common; "" for no name.

    Case, accents, titles, letters behind the name, signs and pictures do not matter, nor does
    `Okafor, Ines` against `Ines Okafor`.
    """
    if _PLAIN_NAME.fullmatch(name):
        plain_words = name.casefold().split()
        return _joined([word for word in plain_words if word not in _BESIDE] or plain_words)
    family, comma, given = name.partition(",")
    if comma and given.strip() and not _is_beside(given.strip(), _BEHIND):
        name = f"{given} {family}"
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"\([^)]*\)|\"[^\"]*\"", " ", plain)
    words = re.findall(r"[^\W\d_]+(?:['’.][^\W\d_]*)*", plain)
    kept = [word for word in words if not _is_beside(word, _BESIDE)]
    return _joined([word.replace(".", "").replace("’", "'") for word in kept or words])


def _joined(words: list[str]) -> str:
    return " ".join(words)[:LONGEST_NAME]


def _is_beside(word: str, titles: frozenset[str]) -> bool:
    return word.casefold().removesuffix(".") in titles


def birthday_in(told: str) -> Birthday | None:
    """The birthday that an address book writes: 1980-04-12, 19800412, or --04-12 without a year."""
    if found := _FULL_DATE.match(told):
        year, month, day = (int(part) for part in found.groups())
    elif found := _NO_YEAR.match(told):
        year, month, day = 0, int(found[1]), int(found[2])
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    # 1604 is what some address books write where no year is known.
    return Birthday(month, day, year if year not in (0, 1604) else None)
