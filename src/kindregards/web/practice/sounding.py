"""A recording as a browser plays it: any part of it, to its owner."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

from kindregards.core.practice.wav import heading

RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def as_wav(request: HttpRequest, samples: bytes) -> HttpResponse:
    """The recording, or the part of it that the browser asks for so as to jump in it."""
    whole = heading(len(samples)) + samples
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    begin, end = _asked(asked, len(whole)) if asked else (0, len(whole))
    if begin >= end:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{len(whole)}"
        return answer
    answer = HttpResponse(whole[begin:end], content_type="audio/wav")
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    if asked:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {begin}-{end - 1}/{len(whole)}"
    return answer


def _asked(match: re.Match[str], size: int) -> tuple[int, int]:
    first, last = match.groups()
    if not first:  # the last so many bytes
        return max(0, size - int(last or 0)), size
    return int(first), min(size, int(last) + 1) if last else size
