"""Which IMAP and SMTP servers an address belongs to, guessed without asking the network."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

Security = Literal["tls", "starttls", "none"]
PORTS: dict[Security, int] = {"tls": 993, "starttls": 143, "none": 143}
SMTP_PORTS: dict[Security, int] = {"tls": 465, "starttls": 587, "none": 25}

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
    where the provider takes no password from other programs any more. `keeps_sent` is for servers
    that take letters out: whether they put a copy into the Sent folder by themselves.
    """

    host: str
    port: int
    security: Security = "tls"
    name: str = ""
    hint: str = ""
    sure: bool = True
    lets_in: bool = True
    wants_app_password: bool = False
    keeps_sent: bool = False


def server_for(address: str) -> Server | None:
    """The server for an e-mail address; None where it is no address."""
    domain = _domain(address)
    if not domain:
        return None
    return _known().get(domain) or Server(f"imap.{domain}", PORTS["tls"], sure=False)


def sending_server_for(address: str) -> Server | None:
    """The server that takes letters out for an e-mail address; None where it is no address."""
    domain = _domain(address)
    if not domain:
        return None
    return _known_for_sending().get(domain) or Server(
        f"smtp.{domain}", SMTP_PORTS["tls"], sure=False
    )


def _domain(address: str) -> str:
    local, _at, domain = address.strip().lower().rstrip(".").rpartition("@")
    is_none = not local or "." not in domain or any(char.isspace() for char in domain)
    return "" if is_none else domain


def server_at(host: str, port: int) -> Server | None:
    """The known provider whose server answers there, whatever the address; else None."""
    return _at(_known(), host, port)


def sending_server_at(host: str, port: int) -> Server | None:
    """The known provider whose server takes letters out there; else None."""
    return _at(_known_for_sending(), host, port)


def _at(known: dict[str, Server], host: str, port: int) -> Server | None:
    named = host.strip().lower().rstrip(".")
    return next((one for one in known.values() if (one.host, one.port) == (named, port)), None)


@cache
def _known() -> dict[str, Server]:
    return {
        domain: _server(provider)
        for provider in _providers()
        for domain in provider["domains"].split()
    }


@cache
def _known_for_sending() -> dict[str, Server]:
    return {
        domain: _sending_server(provider, _known()[domain])
        for provider in _providers()
        for domain in provider["domains"].split()
    }


@cache
def _providers() -> list[dict[str, Any]]:
    file = Path(__file__).with_name("imap_hosts.toml")
    found: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))["provider"]
    return found


def _server(told: dict[str, Any]) -> Server:
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


def _sending_server(told: dict[str, Any], server: Server) -> Server:
    port = int(told.get("smtp_port", SMTP_PORTS["tls"]))
    security: Security = "tls" if port == SMTP_PORTS["tls"] else "starttls"
    return replace(
        server,
        host=told["smtp"],
        port=port,
        security="none" if server.security == "none" else security,
        keeps_sent=bool(told.get("keeps_sent", False)),
    )
