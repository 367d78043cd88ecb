"""The process that opens files from outside, so that a bad one harms nothing but this process.

It is asked on standard input and answers on standard output: a line of JSON that says how many
bytes follow, then these. It holds no secret, has no database, and ends when its parent does.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes of address space; PDFium and a page of pictures need about a third."""
MOST_FILES = 64
_LARGEST_REQUEST = 32 * 1024 * 1024


def be_the_child(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer until nobody asks any more."""
    while line := asked.readline(10_000):
        request = json.loads(line)
        raw = asked.read(min(int(request["size"]), _LARGEST_REQUEST))
        told, body = _answer(request, raw)
        answers.write(json.dumps({**told, "size": len(body)}).encode() + b"\n" + body)
        answers.flush()


def _answer(request: dict[str, Any], raw: bytes) -> tuple[dict[str, Any], bytes]:
    from kindregards.sources.documents.pdf import picture_of
    from kindregards.sources.documents.reading import take
    from kindregards.sources.documents.taken import NotADocument

    try:
        if request["do"] == "picture":
            return {"is_read": True}, picture_of(raw, int(request["page"]))
        return {"is_read": True}, json.dumps(asdict(take(raw, str(request["name"])))).encode()
    except NotADocument as problem:
        return {"is_read": False, "sentence": str(problem)}, b""
    except (MemoryError, RecursionError):
        return {"is_read": False, "sentence": ""}, b""
    except Exception as problem:  # any reader may stumble over any file
        return {"is_read": False, "sentence": "", "kind": type(problem).__name__}, b""


def _limited() -> None:
    """Set bounds that this process cannot lift again, where the system has them."""
    try:
        import resource
    except ImportError:  # Windows: time and size are bound by the parent alone
        return
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))


def _own_output() -> BinaryIO:
    """The way to the parent; whatever else prints, prints to nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    _way = _own_output()
    _limited()
    be_the_child(sys.stdin.buffer, _way)
