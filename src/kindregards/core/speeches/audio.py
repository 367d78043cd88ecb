"""What an audio file is, by its content: its name says nothing that can be relied on."""

from __future__ import annotations

LOOKED_AT = 16_384
"""Bytes from the start of a file that suffice to know it."""
_MP3_KBIT = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MP3_HERTZ = (44_100, 48_000, 32_000)
_MPEG4_BRANDS = (b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso2", b"dash", b"M4V ")


def audio_type(start: bytes) -> str:
    """The media type of a file that begins so, "" for what no browser can play as sound."""
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        return "audio/wav"
    if start[:4] == b"OggS":
        return "audio/ogg"
    if start[:4] == b"fLaC":
        return "audio/flac"
    if start[4:8] == b"ftyp" and start[8:12] in _MPEG4_BRANDS:
        return "audio/mp4"
    return "audio/mpeg" if _is_mp3(start) else ""


def _is_mp3(start: bytes) -> bool:
    """An ID3 tag, which may be longer than what is seen; else two frames, one after the other."""
    if start[:3] == b"ID3" and len(start) > 10 and start[3] < 5:
        return all(one < 0x80 for one in start[6:10])
    length = _frame_length(start)
    return bool(length) and bool(_frame_length(start[length:]))


def _frame_length(frame: bytes) -> int:
    """How many bytes a frame of MPEG 1, layer 3, takes; 0 where none begins here."""
    if len(frame) < 4 or frame[0] != 0xFF or frame[1] & 0xFE != 0xFA:
        return 0
    rate, hertz, padded = frame[2] >> 4, frame[2] >> 2 & 3, frame[2] >> 1 & 1
    if rate in (0, 15) or hertz == 3:
        return 0
    return 144_000 * _MP3_KBIT[rate] // _MP3_HERTZ[hertz] + padded
