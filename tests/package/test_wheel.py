"""The wheel, alone in an empty environment: it starts, shows pages, and takes over older data."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urljoin

import pytest

ROOT = Path(__file__).parents[2]
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
pytestmark = pytest.mark.package


def _quietly(*command: str | Path, **more: object) -> None:
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as a release would build it."""
    out = tmp_path_factory.mktemp("wheel")
    _quietly(sys.executable, "-m", "build", "--wheel", "--outdir", out, ROOT)
    [built] = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed with the pinned versions and nothing else."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    _quietly(sys.executable, "-m", "venv", place)
    python = place / "bin" / "python"
    constraints = ROOT / "constraints.txt"
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if uv:
        _quietly(uv, "pip", "install", "--python", python, "-c", constraints, wheel)
    else:
        _quietly(python, "-m", "pip", "install", "-c", constraints, wheel)
    return place / "bin" / "kindregards"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Nothing of this source tree, and a data folder of its own."""
    own = {"KINDREGARDS_DATA_DIR": str(tmp_path / "data"), "KINDREGARDS_BROWSER": "none"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, **own}


@contextmanager
def _started(command: Path, environment: dict[str, str], folder: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [command, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=folder,
        env=environment,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        yield line.split()[-1]
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _pages(link: str) -> dict[str, bytes]:
    """The home page and all that it links to under /static/, by address."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(link, timeout=20) as answer:
        home = answer.read()
    got = {"/": home}
    for address in LINKED.findall(home.decode()):
        with browser.open(urljoin(link, address), timeout=20) as answer:
            got[address] = answer.read()
    return got


def test_the_wheel_holds_what_the_program_reads_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as pack:
        inside = set(pack.namelist())
    source = ROOT / "src"
    wanted = {
        str(file.relative_to(source))
        for file in (source / "kindregards").rglob("*")
        if file.is_file() and file.suffix not in {".pyc", ".pyo"}
    }
    assert wanted - inside == set()
    assert {name.split("/")[0].split("-")[0] for name in inside} == {"kindregards"}
    assert any(name.endswith("licenses/LICENSE") for name in inside)


def test_the_installed_program_finds_its_phrase_files_made_ready(
    command: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    asked = (
        "from kindregards.core.letters.prepared import PHRASES, prepared\n"
        "print([file.stem for file in PHRASES.glob('*.toml') if prepared(file) is None])"
    )
    done = subprocess.run(
        [command.parent / "python", "-c", asked],
        capture_output=True,
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    assert (done.stdout, done.stderr) == (b"[]\n", b"")


def test_the_installed_program_shows_its_pages(
    command: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "current"
    folder.mkdir()
    with _started(command, environment, folder) as link:
        pages = _pages(link)
    assert b"<h1" in pages["/"]
    assert sum(name.endswith(".css") for name in pages) >= 1
    assert sum(name.endswith(".js") for name in pages) >= 1
    assert [name for name, content in pages.items() if not content.strip()] == []
    assert list(folder.iterdir()) == []


def test_the_installed_program_reads_a_letter(
    command: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [command, "read", "-"],
        input=b"Subject: Your application\n\nUnfortunately we will not take your application "
        b"further.\n",
        capture_output=True,
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout
    assert not (tmp_path / "data").exists()


def test_the_second_start_takes_over_an_older_database(
    command: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    with _started(command, environment, tmp_path) as link:
        assert "/" in _pages(link)
    _quietly(command, "manage", "migrate", "sessions", "zero", env=environment, cwd=tmp_path)
    with _started(command, environment, tmp_path) as link:
        assert b"<h1" in _pages(link)["/"]
    [copy] = (tmp_path / "data").glob("before-*.sqlite3")
    with closing(sqlite3.connect(copy)) as older:
        assert older.execute("SELECT count(*) FROM kindregards_user").fetchone() == (1,)
