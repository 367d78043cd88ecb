"""Starting: Django, the database, the server on this machine, the browser."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable
from importlib.util import find_spec
from typing import NoReturn

import django
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from kindregards.web.data_folder import DataFolderError

Say = Callable[[str], None]

HOST = "127.0.0.1"  # this machine only, on purpose: see docs/privacy.md
THREADS = 4
PORTS_TRIED = 50
DATABASES = ("postgres://", "postgresql://", "sqlite://")
DATABASE_UNKNOWN = (
    "KINDREGARDS_DATABASE_URL is not understood. Write postgres://user:password@host:port/name, "
    "or leave it out to keep everything in the data folder."
)
DRIVER_MISSING = 'PostgreSQL needs one more package: pip install "kindregards[postgres]".'
LARGEST_REQUEST = 4 * 1024**3 + 64 * 1024**2  # bytes; forms refuse before, with a sentence


def set_up(*, say: Say) -> int:
    """Make Django ready; 1 and a sentence where the folder or a setting does not allow it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kindregards.web.settings")
    try:
        _load_settings()
        django.setup()
    except (DataFolderError, ImproperlyConfigured) as problem:
        say(f"Kind Regards cannot start. {problem}")
        return 1
    wrong = run_checks(tags=["kindregards"])
    for message in wrong:
        say(f"Kind Regards cannot start. {message.msg} {message.hint}")
    return 1 if wrong else 0


def _load_settings() -> None:
    address = os.environ.get("KINDREGARDS_DATABASE_URL", "")
    if address and not address.startswith(DATABASES):
        raise ImproperlyConfigured(DATABASE_UNKNOWN)
    if address and not address.startswith("sqlite") and find_spec("psycopg") is None:
        raise ImproperlyConfigured(DRIVER_MISSING)
    try:
        settings.DATABASES  # noqa: B018 - the first access loads them
    except (ValueError, OSError) as problem:  # an address or a time zone not to be understood
        raise ImproperlyConfigured(f"A setting cannot be understood: {problem}") from problem


def prepare_database(*, say: Say) -> int:
    """Make the database or bring it up to date; needs `set_up` before it."""
    from kindregards.web import database

    return database.prepare_database(say=say)


def ready(*, say: Say) -> int:
    """Make Django and the database ready; 1 and a sentence where that cannot be done."""
    return set_up(say=say) or prepare_database(say=say)


def serve(*, port: int, browser: bool, say: Say, answer: Say) -> int:
    """Start the program on this machine and run until it is told to stop.

    A busy port is passed over for the next free one; port 0 takes any. `answer` gets three
    lines: a one-time sign-in link, where the data is, how to stop.
    """
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)  # also where a script started us in the background
    try:
        return _serve(port=port, browser=browser, say=say, answer=answer)
    except KeyboardInterrupt:
        return 0


def _stop(*_signal: object) -> NoReturn:
    raise KeyboardInterrupt


def _serve(*, port: int, browser: bool, say: Say, answer: Say) -> int:
    path = "" if ready(say=say) else _sign_in_path(say)
    listening = _listen(port, say) if path else None
    if listening is None:
        return 1
    from kindregards.web.attendant import work_beside

    with listening:
        link = f"http://{HOST}:{listening.getsockname()[1]}{path}"
        answer(f"Open this in your browser:  {link}")
        answer(f"Your letters are kept in:   {_where_the_data_is()}")
        answer("To stop:                    press Ctrl+C")
        if browser:
            _open_browser(link)
        with work_beside():
            _answer_requests(listening)
    say("Stopped. Everything is kept.")
    return 0


def _listen(port: int, say: Say) -> socket.socket | None:
    """Give a socket on the first free port from `port` on; None after saying why not."""
    tries = range(port, min(port + PORTS_TRIED, 65536)) if port else [0]
    for tried in tries:
        try:
            listening = _bound(tried)
        except PermissionError:
            say(f"This user may not use port {tried}. Choose one above 1023 with --port.")
            return None
        except OSError:
            continue
        if tried != port:
            say(f"Port {port} is taken, so this time it is {tried}.")
        return listening
    say(f"Port {port} and those after it are taken. Choose another one with --port.")
    return None


def _bound(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":  # where SO_REUSEADDR would let another program listen too
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def _sign_in_path(say: Say) -> str:
    """Give the path of a new link; "" after saying why there is none."""
    from django.urls import reverse
    from django.utils import timezone

    from kindregards.web import database
    from kindregards.web.accounts.services import make_sign_in_link, owner_of_this_machine

    try:
        token = make_sign_in_link(owner=owner_of_this_machine(), now=timezone.now())
    except database.TROUBLES as problem:
        say(database.what_is_wrong(problem))
        return ""
    return reverse("accounts-enter", args=[token])


def _where_the_data_is() -> str:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        return str(settings.DATA_FOLDER)
    return f"the database {database['NAME']} on {database['HOST'] or 'this computer'}"


def _open_browser(link: str) -> None:
    if not may_open_browser():
        return
    threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()


def may_open_browser() -> bool:
    """Whether a browser may be opened: there is a screen, and nobody said not to."""
    return os.environ.get("KINDREGARDS_BROWSER") != "none" and _has_a_screen()


def _has_a_screen() -> bool:
    """Without one, a text browser would take over the terminal."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _answer_requests(listening: socket.socket) -> None:
    """Serve until interrupted."""
    from waitress.server import create_server  # type: ignore[import-untyped]  # it has no types

    from kindregards.web.wsgi import application

    # What comes in waits in the data folder: the system's own place is often small or in memory.
    tempfile.tempdir = str(settings.FILE_UPLOAD_TEMP_DIR)
    server = create_server(
        application,
        sockets=[listening],
        threads=THREADS,
        ident="Kind Regards",
        max_request_body_size=LARGEST_REQUEST,
    )
    server.run()
