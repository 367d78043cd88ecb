"""The command as a person runs it: its own process and data folder, an empty current folder."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "kindregards"]
LINK = re.compile(r"http://127\.0\.0\.1:\d+/enter/\S+")


@dataclass
class Started:
    """A program that runs, with the lines it printed first."""

    process: subprocess.Popen[str]
    lines: list[str]
    talk: Path

    @property
    def link(self) -> str:
        found = LINK.search(self.lines[0])
        assert found, self.lines
        return found[0]

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Stop it as the system does; gives the exit status."""
        self.process.send_signal(how)
        return self.process.wait(10)


@dataclass
class Person:
    """Somebody at a terminal."""

    folder: Path
    current: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        return self.folder / "kindregards.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        own = {"KINDREGARDS_DATA_DIR": str(self.folder), "KINDREGARDS_BROWSER": "none"}
        return {**os.environ, **own, **self.variables}

    def run(
        self, *arguments: str | Path, given: bytes = b"", largest_file: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; `largest_file` bytes is all that the disk takes a file."""
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            input=given,
            capture_output=True,
            timeout=60,
            cwd=self.current,
            env=self.environment,
            preexec_fn=_limit(largest_file) if largest_file else None,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    @contextmanager
    def start(self, *arguments: str) -> Iterator[Started]:
        """Start the program, on any free port unless told otherwise, and wait for its lines."""
        talk = self.current.parent / "talk.txt"
        with talk.open("w") as errors:
            process = subprocess.Popen(
                [*COMMAND, *(arguments or ("serve", "--port", "0"))],
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                cwd=self.current,
                env=self.environment,
            )
        assert process.stdout is not None
        try:
            yield Started(process, [process.stdout.readline() for _line in range(3)], talk)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def _limit(largest_file: int) -> object:
    def _set() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    return _set


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    """Somebody with a fresh data folder. Whatever they do, the current folder stays empty."""
    current = tmp_path / "current"
    current.mkdir()
    yield Person(tmp_path / "data", current)
    assert list(current.iterdir()) == []
