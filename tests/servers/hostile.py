"""A mail server that keeps to no rule: it says what it was given to say, on loopback."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

ANSWERS = {
    "greeting": b"* OK at your service\r\n",
    "CAPABILITY": b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n",
    "LIST": b'* LIST () "/" "INBOX"\r\n',
    "STATUS": b'* STATUS "INBOX" (MESSAGES 3)\r\n',
    "EXAMINE": b"* 3 EXISTS\r\n* OK [UIDVALIDITY 5] fine\r\n",
    "SEARCH": b"* SEARCH 1 2 3\r\n",
    "FETCH": b"* 1 FETCH (UID 1 RFC822.SIZE 3 BODY[] {3}\r\nabc)\r\n",
}
FOR_EVER = b"for ever:"
"""How an answer begins whose rest is said again and again."""
DRIPPING = b"dripping:"
"""How an answer begins whose rest is said a byte at a time."""


@contextmanager
def saying(**answers: bytes) -> Iterator[int]:
    """The port of a server that gives these answers instead of its usual ones."""
    listening = socket.create_server(("127.0.0.1", 0))
    known = ANSWERS | answers
    threading.Thread(target=_serve, args=(listening, known), daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


def _serve(listening: socket.socket, known: dict[str, bytes]) -> None:
    with suppress(OSError):
        while True:
            client, _address = listening.accept()
            threading.Thread(target=_talk, args=(client, known), daemon=True).start()


def _talk(client: socket.socket, known: dict[str, bytes]) -> None:
    with suppress(OSError), client:
        _say(client, known["greeting"])
        for line in client.makefile("rb"):
            tag, _, rest = line.partition(b" ")
            words = rest.decode("ascii", "replace").upper().split()
            word = words[1] if words[0] == "UID" else words[0]
            _say(client, known.get(word, b""))
            client.sendall(tag + b" OK done\r\n")


def _say(client: socket.socket, answer: bytes) -> None:
    if answer.startswith(DRIPPING):
        for byte in answer.removeprefix(DRIPPING):
            client.sendall(bytes([byte]))
            time.sleep(0.05)
    if not answer.startswith(FOR_EVER):
        client.sendall(answer)
        return
    while True:
        client.sendall(answer.removeprefix(FOR_EVER))
