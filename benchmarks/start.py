"""How long `kindregards read --json` takes for one letter, start to finish.

The whole process is timed, as a shell sees it, against `python -c pass` and against a Python that
imports Django and does nothing. The three take turns, so that a busy moment is shared by all.
Python keeps its compiled files, as after an installation, whatever this shell has set.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 21
LETTER = Path(__file__).parents[1] / "examples" / "letters" / "personal-final-open.eml"
SCRIPT = Path(sys.executable).with_name("kindregards")
READ = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "kindregards"]
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "kindregards read --json": [*READ, "read", "--json", str(LETTER)],
    "python -c 'import django.db.models'": [sys.executable, "-c", "import django.db.models"],
}


def main() -> None:
    """Time each command in turn and print the medians."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as compiled:
        settings = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        settings.pop("PYTHONDONTWRITEBYTECODE", None)
        for turn in range(RUNS + 1):
            for name, command in COMMANDS.items():
                seconds = timed(command, settings)
                if turn:  # the first turn compiles, and brings the files into memory
                    taken[name].append(seconds)
    floor = statistics.median(taken["python -c pass"])
    print(f"One letter, start to finish, median of {RUNS} whole processes")
    for name, runs in taken.items():
        middle = statistics.median(runs)
        print(f"  {name:36} {middle * 1000:6.0f} ms   {middle / floor:5.1f} x")


def timed(command: list[str], settings: dict[str, str]) -> float:
    """How many seconds a command took; it must succeed."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=settings)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
