"""A go-between that cuts a connection after so many bytes, as a bad network does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def cutting(port: int, after: int) -> Iterator[int]:
    """A port of this computer that leads to `port` and is cut after `after` bytes have come."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_carry, args=(listening, port, after), daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
    thread.join(10)


def _carry(listening: socket.socket, port: int, after: int) -> None:
    with suppress(OSError):
        near, _address = listening.accept()
        with near, socket.create_connection(("127.0.0.1", port)) as far:
            asking = threading.Thread(target=_pass_on, args=(near, far), daemon=True)
            asking.start()
            _pass_on(far, near, after)
            for end in (near, far):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            asking.join(10)


def _pass_on(source: socket.socket, target: socket.socket, left: int = 1 << 40) -> None:
    with suppress(OSError):
        while left > 0 and (piece := source.recv(min(left, 65_536))):
            target.sendall(piece)
            left -= len(piece)
