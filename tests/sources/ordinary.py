"""Ordinary mail, invented: what a mailbox holds beside job mail, in many tongues and codings."""

from __future__ import annotations

import random
import tomllib
from base64 import encodebytes
from email.header import Header
from pathlib import Path
from quopri import encodestring

KINDS = tomllib.loads((Path(__file__).parent / "ordinary.toml").read_text("utf-8"))
FILLS = {
    "first": "Ada Bela Carla Dario Edith Farid Greta Hanno Ines Jarl Kaja Lou Mira Nils Oda Pavel",
    "place": "Brackwater Hazelwick Ortlund Vesterby Carnmore Liefering Montrouve Sabugal",
    "shop": "Larkspur Fenmoor Birchline Tidewell Ostrava-Tee Marmalade Nordlicht Girasole",
    "thing": "lamps chairs coats kettles socks pumps teapots hoses baskets",
}


def ordinary_message(dice: random.Random, number: int, *, length: int = 0) -> bytes:
    """One invented message, four of five from senders to many, coded in one of six ways.

    With `length` the words are repeated to about so many characters.
    """
    to_many = dice.random() < 0.8
    kind = dice.choice(KINDS["many" if to_many else "one"])
    fill = {name: dice.choice(words.split()) for name, words in FILLS.items()}
    fill["number"] = str(dice.randrange(10_000, 99_999))
    fill["price"] = f"{dice.randrange(3, 90)}.{dice.randrange(10, 99)}"
    words = kind["words"].format(**fill)
    words = "\n\n".join([words] * max(1, length // len(words)))
    headers = {
        "From": kind["sender"].format(**fill).lower(),
        "To": "sam@ortega.example",
        "Subject": written(kind["subject"].format(**fill)),
        "Date": f"Tue, {1 + number % 28:02d} Mar 2025 09:{number % 60:02d}:00 +0000",
        "Message-ID": f"<ordinary-{number}@mail.example>",
        "MIME-Version": "1.0",
    }
    if to_many and dice.random() < 0.9:  # some senders to many do not say so
        headers["List-Unsubscribe"] = "<mailto:leave@list.example>"
    return coded(headers, words, dice.randrange(6))


def written(subject: str) -> str:
    """The subject as a header, coded only where it must be."""
    return subject if subject.isascii() else Header(subject, "utf-8").encode(maxlinelen=400)


def coded(headers: dict[str, str], words: str, way: int) -> bytes:
    """The message in one of six codings: plain, quoted, packed, HTML, both, another charset."""
    top = "".join(f"{name}: {value}\n" for name, value in headers.items()).encode()
    page = "<html><head><style>p { position: absolute; role: none }</style></head><body>"
    page += (
        "".join(f'<p style="color:#333">{part}</p>' for part in words.split("\n\n"))
        + "</body></html>"
    )
    quoted = b"Content-Transfer-Encoding: quoted-printable\n\n"
    packed = b"Content-Transfer-Encoding: base64\n\n"
    plain, html = (
        b"Content-Type: text/plain; charset=%s\n",
        b"Content-Type: text/html; charset=%s\n",
    )
    both = [
        plain % b"utf-8" + quoted + encodestring(words.encode()),
        html % b"utf-8" + quoted + encodestring(page.encode()),
    ]
    alone = [
        plain % b"utf-8" + b"Content-Transfer-Encoding: 8bit\n\n" + words.encode(),
        both[0],
        plain % b"utf-8" + packed + encodebytes(words.encode()),
        html % b"utf-8" + packed + encodebytes(page.encode()),
        b'Content-Type: multipart/alternative; boundary="=_x"\n\n--=_x\n'
        + b"\n--=_x\n".join(both)
        + b"\n--=_x--",
        plain % b"iso-8859-15" + quoted + encodestring(words.encode("iso-8859-15", "replace")),
    ]
    return top + alone[way % len(alone)].rstrip(b"\n") + b"\n"
