"""A real Dovecot on this computer, for one run of the tests, with mail that the tests put there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "correct-horse"
REFUSED = {
    "off": "Your account is not enabled for IMAP use. Please visit your account settings.",
    "two-step": "Application-specific password required",
    "microsoft": "Login failed: BasicAuthBlocked",
}
"""Who is refused in spite of the right password, and what the server says, as big providers do."""
NOBODY = 65534
NO_BREAK = "\u00a0"  # blanks end a field of Dovecot's password file

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
mail_uid = {nobody}
mail_gid = {nobody}
first_valid_uid = 0
default_internal_user = nobody
default_login_user = nobody
default_internal_group = nogroup
mail_location = maildir:{folder}/mail/%u
mail_max_userip_connections = 50
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/refused
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={nobody} gid={nobody} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  mailbox Trash {{
    special_use = \\Trash
  }}
  mailbox Spam {{
    special_use = \\Junk
  }}
  mailbox Unfinished {{
    special_use = \\Drafts
  }}
  mailbox "Gone out" {{
    special_use = \\Sent
  }}
}}
"""


def why_not() -> str:
    """Why no Dovecot can be started here; empty where one can."""
    if not shutil.which("dovecot"):
        return "there is no Dovecot here (Debian: apt install dovecot-imapd)"
    if os.geteuid() != 0:
        return "Dovecot is started as root only"
    return ""


@dataclass(frozen=True)
class Dovecot:
    """A server that is running: its ports, its certificate and where its mail lies."""

    folder: Path
    plain: int
    tls: int

    @property
    def certificate(self) -> Path:
        """The server's own certificate, which only the tests vouch for."""
        return self.folder / "certificate.pem"

    def maildir(self, user: str, folder: str = "") -> Path:
        """Where the mail of a user's folder lies; made where it is not there yet."""
        place = self.folder / "mail" / user / (f".{folder}" if folder else "")
        for name in ("cur", "new", "tmp"):
            (place / name).mkdir(parents=True, exist_ok=True)
        return place

    def deliver(self, user: str, messages: Iterable[bytes], folder: str = "") -> None:
        """Put messages into a folder, unread."""
        place = self.maildir(user, folder)
        there = len(list((place / "new").iterdir())) + len(list((place / "cur").iterdir()))
        for number, message in enumerate(messages, there + 1):
            (place / "new" / f"{1_700_000_000 + number}.M{number}.host").write_bytes(message)
        self.give_away(self.folder / "mail" / user)

    def renumber(self, user: str, folder: str = "") -> None:
        """Give the folder another UIDVALIDITY, as a server does after it lost its lists."""
        place = self.maildir(user, folder)
        listing = place / "dovecot-uidlist"
        first, rest = listing.read_text().split("\n", 1)
        fields = [f"V{int(f[1:]) + 7}" if f.startswith("V") else f for f in first.split(" ")]
        listing.write_text("\n".join([" ".join(fields), rest]))
        for index in place.glob("dovecot.index*"):
            index.unlink()

    def names(self, user: str) -> list[str]:
        """The files of the inbox; their names tell how each message is marked."""
        place = self.maildir(user)
        return sorted(file.name for part in ("cur", "new") for file in (place / part).iterdir())

    def give_away(self, place: Path) -> None:
        """Let the server's own user have what lies at a place."""
        for file in (place, *place.rglob("*")):
            os.chown(file, NOBODY, NOBODY)


@contextmanager
def running() -> Iterator[Dovecot]:
    """A server that answers; it is ended, and its folder removed, afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kindregards-dovecot-"))
    folder.chmod(0o755)
    server = Dovecot(folder, free_port(), free_port())
    make_certificate(folder)
    (folder / "mail").mkdir()
    server.give_away(folder / "mail")
    (folder / "refused").write_text(
        "".join(
            f"{user}:{PASSWORD}::::::nologin reason={reason.replace(' ', NO_BREAK)}\n"
            for user, reason in REFUSED.items()
        )
    )
    # Whatever the umask is by now: the server reads it as its own user.
    (folder / "refused").chmod(0o644)
    configuration = folder / "dovecot.conf"
    configuration.write_text(
        CONFIGURATION.format(
            folder=folder, nobody=NOBODY, password=PASSWORD, plain=server.plain, tls=server.tls
        )
    )
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(configuration)], stdout=subprocess.DEVNULL, stderr=said
        )
    try:
        _wait_for(server.plain, process, folder)
        yield server
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def make_certificate(folder: Path) -> None:
    """A certificate that only the tests vouch for, and its key, in a folder."""
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


def free_port() -> int:
    """A port of this computer that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as probe:
                if probe.recv(10).startswith(b"* OK"):
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError((folder / "said").read_text() + (folder / "log").read_text())
