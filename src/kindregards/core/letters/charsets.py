"""Bytes → characters, by the charset a message names or the one that fits."""

from __future__ import annotations

_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MARKS = {mark[:2] for mark, _ in _MARKED}


def decoded(raw: bytes, charset: str | None, losses: list[str]) -> str:
    """`raw` as text: by its byte order mark, its charset, else UTF-8, else Windows-1252."""
    if raw[:2] in _MARKS:
        for mark, name in _MARKED:
            if raw.startswith(mark):
                return raw.decode(name, "replace")
    told = (charset or "utf-8").strip("\"' ").lower()
    for name in (told, "utf-8") if told != "utf-8" else ("utf-8",):
        try:
            return raw.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    if charset and told not in ("utf-8", "us-ascii", "ascii"):
        losses.append(f"The letter names a character set that does not fit it ({told[:40]}).")
    # A cut in the middle of a character must not turn the whole letter into another charset.
    hopeful = raw.decode("utf-8", "replace")
    if hopeful.count("\ufffd") <= len(hopeful) // 500:
        return hopeful
    return raw.decode("cp1252", "replace")
