"""An answer that a machine speaks, as a file that the browser takes for its microphone."""

from __future__ import annotations

import shutil
import subprocess
import wave
from array import array
from collections.abc import Sequence
from pathlib import Path

SPEAKER = "espeak-ng"
RATE = 48_000  # samples a second, what Chromium wants
PACE = 150  # words a minute, as the speaker counts them


def can_speak() -> bool:
    """Whether the speech program is there."""
    return shutil.which(SPEAKER) is not None


def speak(pieces: Sequence[str], silences: Sequence[float], file: Path) -> float:
    """Write the pieces, each after a silence in seconds; how long it is from the first word on."""
    sound = array("h")
    for piece, silence in zip(pieces, silences, strict=True):
        sound.extend(array("h", bytes(2 * round(silence * RATE))))
        sound.extend(_spoken(piece, file.with_suffix(".piece.wav")))
    sound.extend(array("h", bytes(2 * RATE * 20)))  # nothing more comes
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes(sound.tobytes())
    return len(sound) / RATE - 20 - silences[0]


def _spoken(words: str, file: Path) -> array[int]:
    command = [SPEAKER, "-v", "en-gb", "-s", str(PACE), "-w", str(file), words]
    subprocess.run(command, check=True)
    with wave.open(str(file)) as sound:
        rate = sound.getframerate()
        samples = array("h", sound.readframes(sound.getnframes()))
    loud = [abs(one) > 300 for one in samples]
    begin, end = loud.index(True), len(loud) - loud[::-1].index(True)
    length = (end - begin) * RATE // rate
    return array("h", (samples[begin + number * rate // RATE] for number in range(length)))
