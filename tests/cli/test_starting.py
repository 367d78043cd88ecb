"""Starting the program: three lines, one link, and a sentence whenever it cannot be."""

from __future__ import annotations

import signal
import socket
import sqlite3
import stat
import subprocess
import urllib.error
import urllib.request
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from tests.cli.conftest import COMMAND, Person


def _browser() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))


def _status(link: str) -> int:
    try:
        with _browser().open(link, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code


def test_it_prints_where_it_is_where_the_data_is_and_how_to_stop(person: Person) -> None:
    with person.start() as started:
        assert started.link in started.lines[0]
        assert str(person.folder) in started.lines[1]
        assert "Ctrl+C" in started.lines[2]


def test_the_link_opens_the_program_and_works_once(person: Person) -> None:
    with person.start() as started:
        with _browser().open(started.link, timeout=10) as answer:
            assert answer.status == 200
            assert answer.url.endswith("/")
            assert b"<h1" in answer.read()
        assert _status(started.link) == 403


def test_without_the_link_nobody_comes_in(person: Person) -> None:
    with person.start() as started:
        assert _status(started.link.partition("/enter/")[0] + "/letters/") == 403


def test_each_start_prints_a_new_link(person: Person) -> None:
    with person.start() as first:
        first_link = first.link
    with person.start() as second:
        assert second.link.rpartition("/")[2] != first_link.rpartition("/")[2]
        assert _status(second.link) == 200


def test_the_folder_the_database_and_the_key_are_for_the_owner_alone(person: Person) -> None:
    with person.start():
        assert stat.S_IMODE(person.folder.stat().st_mode) == 0o700
        for file in person.folder.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(person: Person, how: signal.Signals) -> None:
    with person.start() as started:
        assert _status(started.link) == 200
        assert started.stop(how) == 0
        assert started.talk.read_text() == "Stopped. Everything is kept.\n"


def test_it_listens_on_this_machine_only(person: Person) -> None:
    with person.start() as started:
        port = int(started.link.split(":")[2].partition("/")[0])
        with pytest.raises(OSError), socket.create_connection(("127.0.0.2", port), timeout=2):  # noqa: PT011 - refused or unreachable
            pass


def test_a_busy_port_is_passed_over_for_the_next_free_one(person: Person) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with person.start("serve", "--port", str(port)) as started:
            used = int(started.link.split(":")[2].partition("/")[0])
            assert port < used <= port + 49
            assert f"Port {port} is taken, so this time it is {used}." in started.talk.read_text()


def test_no_screen_and_no_browser_is_no_failure(person: Person) -> None:
    person.variables = {"KINDREGARDS_BROWSER": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    with person.start("--port", "0") as started:
        assert _status(started.link) == 200


def test_two_first_starts_at_once_share_one_database_and_one_owner(person: Person) -> None:
    running = [
        subprocess.Popen(
            [*COMMAND, "today"],
            cwd=person.current,
            env=person.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _start in range(3)
    ]
    said = [one.communicate(timeout=60) for one in running]
    assert [one.returncode for one in running] == [0, 0, 0], said
    with closing(sqlite3.connect(person.database)) as database:
        assert database.execute("SELECT username FROM kindregards_user").fetchall() == [("owner",)]


# What cannot be used ---------------------------------------------------------------------------


NOBODY_CAN_WRITE = Path("/proc/kindregards")  # not even root


def _refuses(person: Person, *words: str) -> None:
    done = person.run("serve")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_a_folder_that_cannot_be_made_is_told(person: Person) -> None:
    person.folder = NOBODY_CAN_WRITE
    _refuses(person, str(NOBODY_CAN_WRITE), "KINDREGARDS_DATA_DIR")


def test_a_file_in_the_way_is_told(person: Person, tmp_path: Path) -> None:
    person.folder = tmp_path / "file"
    person.folder.write_text("mine")
    _refuses(person, "a file is in the way", "KINDREGARDS_DATA_DIR")
    assert person.folder.read_text() == "mine"


def test_a_full_disk_is_told_and_the_next_start_works(person: Person) -> None:
    done = person.run("today", largest_file=60_000)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "disk" in done.stderr
    assert person.run("today").returncode == 0


def test_a_database_that_is_none_is_told_and_left_as_it_is(person: Person) -> None:
    person.folder.mkdir()
    person.database.write_text("These are my notes about nothing in particular.\n" * 50)
    before = person.database.read_bytes()
    _refuses(person, "is damaged", "kindregards restore")
    assert person.database.read_bytes() == before


@pytest.mark.parametrize("address", ["nonsense", "mysql://me@here/mine", "://", "postgres"])
def test_a_database_address_that_is_not_understood_is_told(person: Person, address: str) -> None:
    person.variables = {"KINDREGARDS_DATABASE_URL": address}
    _refuses(person, "KINDREGARDS_DATABASE_URL is not understood")


def test_a_database_server_that_does_not_answer_is_told(person: Person) -> None:
    person.variables = {"KINDREGARDS_DATABASE_URL": "postgres://me:word@127.0.0.1:9/mine"}
    _refuses(person, "The database cannot be used")


def test_a_time_zone_that_does_not_exist_is_told(person: Person) -> None:
    person.variables = {"KINDREGARDS_TIME_ZONE": "Mars/Base"}
    _refuses(person, "Mars/Base")


def test_a_port_that_is_none_is_used_wrongly(person: Person) -> None:
    assert person.run("serve", "--port", "65536").returncode == 2
    person.variables = {"KINDREGARDS_PORT": "mine"}
    done = person.run("serve")
    assert done.returncode == 2
    assert "KINDREGARDS_PORT" in done.stderr
