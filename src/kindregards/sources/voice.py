"""A speech program that is installed on this computer: a sentence in, a WAV file out.

Nothing is installed or fetched here; what the system has is used. The words go in by standard
input, never through a shell.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

LONGEST = 20.0  # seconds for one sentence
MOST_CHARACTERS = 1_000
SLOWEST, FASTEST = 0.5, 2.0
WORDS_A_MINUTE = 150
PROGRAMS = ("espeak-ng", "espeak", "say")


class NotSpokenError(Exception):
    """Raised where the program gave no sound; its message is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A speech program: its name, and where it is."""

    name: str
    path: str


def installed_voice() -> Voice | None:
    """The speech program of this computer, the first that there is of those known."""
    for name in PROGRAMS:
        path = shutil.which(name)
        if path:
            return Voice(name, path)
    return None


def spoken(voice: Voice, text: str, *, language: str = "en", pace: float = 1.0) -> bytes:
    """The words as a WAV file. `pace` is 1 for usual, at most 2. Raises NotSpokenError."""
    words = max(SLOWEST, min(pace, FASTEST)) * WORDS_A_MINUTE
    told = " ".join(text[:MOST_CHARACTERS].split())
    try:
        with tempfile.TemporaryDirectory() as folder:
            wave = Path(folder) / "spoken.wav"
            _run(_command(voice, wave, language, round(words)), told)
            raw = wave.read_bytes()
    except (OSError, subprocess.SubprocessError) as problem:
        raise NotSpokenError("The speech program of this computer gave no sound.") from problem
    if raw[:4] != b"RIFF":
        raise NotSpokenError("The speech program of this computer gave no sound.")
    return raw


def _command(voice: Voice, wave: Path, language: str, words: int) -> list[str]:
    if voice.name == "say":
        return [
            voice.path, "-r", str(words), "-o", str(wave), "--file-format=WAVE",
            "--data-format=LEI16@22050", "-f", "-",
        ]  # fmt: skip
    spoken_in = language if language in ("en", "de") else "en"
    return [voice.path, "--stdin", "-s", str(words), "-v", spoken_in, "-w", str(wave)]


def _run(command: list[str], told: str) -> None:
    subprocess.run(  # noqa: S603 - our own list; no shell, the words go by standard input
        command, input=told.encode(), capture_output=True, timeout=LONGEST, check=True
    )
