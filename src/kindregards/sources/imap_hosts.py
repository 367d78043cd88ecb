"""Which IMAP server an address belongs to, guessed without asking the network."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Security = Literal["tls", "starttls", "none"]
PORTS: dict[Security, int] = {"tls": 993, "starttls": 143, "none": 143}

_NEEDS = {
    "app_password": "{name} wants a password made for this one program (an app password), not "
    "the one you sign in with.",
    "two_step": "Where signing in to {name} takes two steps, it wants a password made for this one "
    "program (an app password); otherwise your usual one is right.",
    "imap_switched_on": "{name} wants IMAP switched on first, in its own settings on the web.",
    "bridge": "{name} is read through its Bridge, a program of theirs that must be running on "
    "this computer; the password is the one that Bridge shows.",
    "no_password": "{name} no longer lets other programs in with a password. Export your mail, or "
    "forward the letters that matter, and give them as files.",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Server:
    """Where an account's mail is.

    `hint` is what the provider wants first and where its menus have it, at most three sentences,
    or empty. `sure` is false where the name was only made from the address; `lets_in` is false
    where the provider takes no password from other programs any more.
    """

    host: str
    port: int
    security: Security = "tls"
    name: str = ""
    hint: str = ""
    sure: bool = True
    lets_in: bool = True
    wants_app_password: bool = False


def server_for(address: str) -> Server | None:
    """The server for an e-mail address; None where it is no address."""
    local, _at, domain = address.strip().lower().rstrip(".").rpartition("@")
    if not local or "." not in domain or any(char.isspace() for char in domain):
        return None
    return _known().get(domain) or Server(f"imap.{domain}", PORTS["tls"], sure=False)


def server_at(host: str, port: int) -> Server | None:
    """The known provider whose server answers there, whatever the address; else None."""
    named = host.strip().lower().rstrip(".")
    return next((one for one in _known().values() if (one.host, one.port) == (named, port)), None)


@cache
def _known() -> dict[str, Server]:
    file = Path(__file__).with_name("imap_hosts.toml")
    providers = tomllib.loads(file.read_text("utf-8"))["provider"]
    return {
        domain: _server(provider)
        for provider in providers
        for domain in provider["domains"].split()
    }


def _server(told: dict[str, str]) -> Server:
    security: Security = "none" if told.get("security") == "none" else "tls"
    needs = told["needs"]
    hint = " ".join(f"{_NEEDS[needs].format(name=told['name'])} {told.get('where', '')}".split())
    return Server(
        host=told["host"],
        port=int(told.get("port", PORTS[security])),
        security=security,
        name=told["name"],
        hint=hint,
        lets_in=needs != "no_password",
        wants_app_password=needs == "app_password",
    )
