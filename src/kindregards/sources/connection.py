"""Reaching a mail server: which one, and that it is none of the inside where that is closed.

The only module of the sources that opens connections to mail servers.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from kindregards.sources.imap_hosts import Security

PATIENCE = 60.0
"""Seconds to wait for a server that says nothing."""
LONGEST_ANSWER = 900.0
"""Seconds that the answer to one question may take, however steadily it comes."""


class InsideError(Exception):
    """The name leads into the network of the computer that asks, where others have no business."""


@dataclass(frozen=True, slots=True)
class Account:
    """How to reach a mail account; the password is handed over beside it and never kept here.

    `ca_file` names the certificate of a server that only its owner vouches for. With
    `outside_only`, a host that lies in this computer's own network is refused: for a server that
    many people use. `patience` is how many seconds a server may say nothing, `longest` how many
    one answer may take.
    """

    host: str
    port: int
    user: str
    security: Security = "tls"
    ca_file: Path | None = None
    outside_only: bool = False
    patience: float = PATIENCE
    longest: float = LONGEST_ANSWER


def dialled(account: Account) -> socket.socket:
    """A connection to one of the host's addresses.

    Each address is looked at before it is dialled, and exactly that one is dialled: a name could
    mean another machine the next time it is asked for. Raises InsideError, OSError.
    """
    found = socket.getaddrinfo(account.host, account.port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(where[0]) for *_kind, where in found))
    if account.outside_only and not all(is_outside(address) for address in addresses):
        raise InsideError(account.host)
    failure: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, account.port), account.patience)
        except OSError as problem:
            failure = problem
    raise failure


def is_outside(address: str) -> bool:
    """Whether an IP address is one of the open Internet: no loopback, no private network.

    Addresses that carry another one inside (mapped, 6to4, Teredo, NAT64) are judged by it too.
    """
    try:
        given = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_open, (given, *_carried(given))))


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that was ever given out (RFC 4291); the rest carries IPv4 or stays inside."""
_OF_NETWORKS = ipaddress.IPv4Network("192.0.0.0/24")
"""For the inside of networks (RFC 6890), which Python takes for open in part."""


def _is_open(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        known = address not in _OF_NETWORKS
    else:
        known = any(address in one for one in (_UNICAST, _NAT64, _MAPPED))
    return known and address.is_global and not address.is_multicast


def _carried(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> list[ipaddress.IPv4Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in carried if one is not None]


def trust_of(account: Account) -> ssl.SSLContext:
    """Whose certificates count for the servers of an account."""
    return ssl.create_default_context(cafile=account.ca_file)


def is_this_computer(host: str) -> bool:
    """Whether a host is this computer itself, by the only names that cannot mean another."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
