"""Reading files from outside in a process of its own, which is kept warm for the next one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from kindregards.core.resumes.version import Format
from kindregards.sources.documents.taken import LARGEST, NotADocument, Taken

SECONDS = 20.0
"""That one file may take; two pages take some milliseconds."""
LARGEST_ANSWER = 16 * 1024 * 1024
FILES_OF_ONE_CHILD = 100
"""After so many it is replaced, so that what a library may leak stays small."""
_FROM_OUTSIDE = ("PATH", "PYTHONHOME", "SYSTEMROOT", "LANG", "LC_ALL", "VIRTUAL_ENV")
_COULD_NOT = (
    "This file could not be read: it is broken, or asks for more than a resume could need. Save "
    "it anew as PDF or DOCX, and give that."
)
_TOO_LARGE = f"This file is larger than {LARGEST // 1024 // 1024} MB, which is no resume."


class Reader:
    """One child process, asked by one thread at a time. Its answers are told or raised alike."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._asking = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._of = 0
        self._asked = 0

    def take(self, raw: bytes, name: str = "") -> Taken:
        """What a file says. Raises NotADocument with a sentence where nothing can be read."""
        told = json.loads(self._ask({"do": "take", "name": name[-200:]}, raw))
        return Taken(**{**told, "format": Format(told["format"])})

    def picture(self, raw: bytes, page: int) -> bytes:
        """A page of a PDF, counted from 0, as a PNG. Raises NotADocument where there is none."""
        return self._ask({"do": "picture", "page": page}, raw)

    def close(self) -> None:
        """End the child; the next question starts another."""
        with self._asking:
            self._end()

    def _ask(self, request: dict[str, Any], raw: bytes) -> bytes:
        if len(raw) > LARGEST:
            raise NotADocument(_TOO_LARGE)
        with self._asking:
            told, body = self._exchange(json.dumps({**request, "size": len(raw)}), raw)
        if not told.get("is_read"):
            raise NotADocument(told.get("sentence") or _COULD_NOT)
        return body

    def _exchange(self, request: str, raw: bytes) -> tuple[dict[str, Any], bytes]:
        """Ask and listen. A child that is slow, silent or talks nonsense is ended."""
        child = self._ready()
        late = threading.Timer(self._seconds, child.kill)
        late.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(request.encode() + b"\n" + raw)
            child.stdin.flush()
            told = json.loads(child.stdout.readline(10_000))
            size = int(told["size"])
            body = child.stdout.read(size) if size <= LARGEST_ANSWER else b""
            if len(body) != size:
                raise ValueError(size)
        except (OSError, ValueError, KeyError, TypeError):
            self._end()
            return {}, b""
        finally:
            late.cancel()
        return told, body

    def _ready(self) -> subprocess.Popen[bytes]:
        """The child of this process: one that a fork brought along belongs to the parent."""
        is_own = self._of == os.getpid()
        fresh = is_own and self._child is not None and self._child.poll() is None
        if fresh and self._asked < FILES_OF_ONE_CHILD and self._child is not None:
            self._asked += 1
            return self._child
        if is_own:
            self._end()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "kindregards.sources.documents.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_surroundings(),
            cwd=os.path.sep,
        )
        self._of, self._asked = os.getpid(), 1
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was not written any more
                    continue
        child.wait()


def _surroundings() -> dict[str, str]:
    """What the child may know: where programs are, and nothing of ours."""
    known = {name: os.environ[name] for name in _FROM_OUTSIDE if name in os.environ}
    return known | {
        "PYTHONPATH": os.pathsep.join(str(Path(one).resolve()) for one in sys.path if one)
    }


reader = Reader()
"""The one that pages ask."""
