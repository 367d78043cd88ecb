"""A server for outgoing mail that keeps to no rule: it says what it was given to say."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

SILENCE = b""
HANG_UP = b"hang up"
FOR_EVER = b"for ever:"
"""How an answer begins whose rest is said again and again."""
DRIPPING = b"dripping:"
"""How an answer begins whose rest is said a byte at a time."""
ANSWERS = {
    "greeting": b"220 at your service\r\n",
    "EHLO": b"250-at your service\r\n250 AUTH PLAIN LOGIN\r\n",
    "AUTH": b"235 come in\r\n",
    "MAIL": b"250 fine\r\n",
    "RCPT": b"250 fine\r\n",
    "DATA": b"354 go on\r\n",
    "letter": b"250 taken\r\n",
    "QUIT": b"221 bye\r\n",
}


@contextmanager
def saying(**answers: bytes) -> Iterator[tuple[int, list[str]]]:
    """The port of a server that gives these answers, and the lines that it was told so far."""
    listening = socket.create_server(("127.0.0.1", 0))
    heard: list[str] = []
    given = ANSWERS | answers
    threading.Thread(target=_serve, args=(listening, given, heard), daemon=True).start()
    try:
        yield listening.getsockname()[1], heard
    finally:
        listening.close()


def _serve(listening: socket.socket, known: dict[str, bytes], heard: list[str]) -> None:
    with suppress(OSError):
        while True:
            client, _address = listening.accept()
            threading.Thread(target=_talk, args=(client, known, heard), daemon=True).start()


def _talk(client: socket.socket, known: dict[str, bytes], heard: list[str]) -> None:
    with suppress(OSError), client:
        if not _say(client, known["greeting"]):
            return
        lines = client.makefile("rb")
        for line in lines:
            told = line.decode("utf-8", "replace").strip()
            heard.append(told)
            word = told.split(" ")[0].upper()
            answer = known.get(word, b"502 what\r\n")
            if not _say(client, answer):
                return
            if word == "DATA" and answer.startswith(b"354"):
                for part in lines:
                    heard.append(part.decode("utf-8", "replace").rstrip("\r\n"))
                    if part == b".\r\n":
                        break
                if not _say(client, known["letter"]):
                    return


def _say(client: socket.socket, answer: bytes) -> bool:
    """Say it; False where the line is to be cut."""
    if answer == HANG_UP:
        client.shutdown(socket.SHUT_RDWR)
        return False
    if answer.startswith(DRIPPING):
        for byte in answer.removeprefix(DRIPPING):
            client.sendall(bytes([byte]))
            time.sleep(0.05)
    elif answer.startswith(FOR_EVER):
        while True:
            client.sendall(answer.removeprefix(FOR_EVER))
    else:
        client.sendall(answer)
    return True
