"""A zip gives its letters and writes nothing anywhere, however it is made."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.made import ENVELOPE, LETTER, letter, mbox, zipped

from kindregards.sources import zipped as door
from kindregards.sources.files import Source, letters_from, sources_in


def opened(raw: bytes, name: str = "export.zip") -> list[Source]:
    return list(letters_from(io.BytesIO(raw), name=name))


def test_a_takeout_zip_gives_its_messages_with_the_place_inside() -> None:
    raw = zipped(
        {
            "Takeout/archive_browser.html": b"<html></html>",
            "Takeout/Mail/All mail.mbox": mbox([letter(1), letter(2)]),
            "Takeout/Mail/User Settings/Blocked.json": b"{}",
        }
    )
    assert [(one.name, one.raw) for one in opened(raw, "takeout-001.zip")] == [
        ("takeout-001.zip, Takeout/Mail/All mail.mbox, message 1", letter(1)),
        ("takeout-001.zip, Takeout/Mail/All mail.mbox, message 2", letter(2)),
    ]


def test_letters_mail_folders_and_maildirs_are_found_in_a_zip() -> None:
    raw = zipped(
        {
            "letters/a.eml": letter(1),
            "letters\\b.txt": b"We chose somebody else.",
            "Profile/Inbox": mbox([letter(2)]),
            "Profile/Inbox.msf": b"//",
            "Maildir/cur/1.host:2,S": letter(3),
            "Maildir/tmp/2.host": letter(4),
            "Maildir/dovecot-uidlist": b"3",
            "__MACOSX/letters/._a.eml": b"\0\5",
            "photo.jpg": b"\xff\xd8\xff",
        }
    )
    assert [one.name.removeprefix("export.zip, ") for one in opened(raw)] == [
        "letters/a.eml",
        "letters\\b.txt",
        "Profile/Inbox, message 1",
        "Maildir/cur/1.host:2,S",
    ]


def test_a_zip_without_letters_says_so() -> None:
    assert [one.error for one in opened(zipped({"photo.jpg": b"\xff\xd8\xff"}))] == [door.EMPTY]
    assert [one.error for one in opened(zipped({}))] == [door.EMPTY]


def test_a_zip_inside_a_zip_is_told_and_the_rest_is_read() -> None:
    inner, whole = opened(zipped({"inner.zip": zipped({"a.eml": LETTER}), "b.eml": LETTER}))
    assert inner.error.startswith("This is a zip inside another.")
    assert whole.raw == LETTER


def test_a_locked_member_is_told_and_the_rest_is_read() -> None:
    raw = bytearray(zipped({"a.eml": LETTER, "b.eml": LETTER}))
    raw[6] |= 1
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    locked, whole = opened(bytes(raw))
    assert (locked.error, whole.raw) == (door.LOCKED, LETTER)


def test_an_unknown_packing_is_told_and_the_rest_is_read() -> None:
    raw = bytearray(zipped({"a.eml": LETTER, "b.eml": LETTER}))
    raw[8:10] = struct.pack("<H", 99)
    at = raw.find(b"PK\x01\x02") + 10
    raw[at : at + 2] = struct.pack("<H", 99)
    unknown, whole = opened(bytes(raw))
    assert (unknown.error, whole.raw) == (door.UNKNOWN, LETTER)


def test_damage_in_the_middle_keeps_what_came_before_it() -> None:
    words = os.urandom(400_000).hex()
    box = mbox(
        [letter(number, words[number * 8000 : number * 8000 + 8000]) for number in range(90)]
    )
    raw = bytearray(zipped({"a.mbox": box, "b.eml": LETTER}))
    raw[300_000:300_040] = b"\xff" * 40
    sources = opened(bytes(raw))
    errors = [one.error for one in sources if one.error]
    assert errors == [door.DAMAGED]
    assert sources[-1].raw == LETTER
    assert len(sources) > 20


def test_a_cut_zip_is_told() -> None:
    raw = zipped({"a.eml": LETTER})
    assert [one.error for one in opened(raw[: len(raw) // 2])] == [door.DAMAGED]


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zipped({"a.mbox": ENVELOPE + b"\n" * 80_000_000})
    assert len(bomb) < 100_000
    assert [one.error for one in opened(bomb)] == [door.SWOLLEN]


def test_a_bomb_that_lies_about_its_size_stops_where_the_lie_ends() -> None:
    raw = bytearray(zipped({"a.eml": LETTER + b"\n" * 60_000_000, "b.eml": LETTER}))
    told = struct.pack("<I", 1000)
    raw[22:26] = told
    at = raw.find(b"PK\x01\x02") + 24
    raw[at : at + 4] = told
    sources = opened(bytes(raw))
    assert sum(len(one.raw) for one in sources) < 10_000
    assert sources[-1].raw == LETTER


def test_members_that_lie_over_one_another_are_refused() -> None:
    one = zipped({"a.eml": LETTER * 200})
    at = one.find(b"PK\x01\x02")
    entry, end = one[at:-22], one[-22:]
    tail = struct.pack("<HHIIH", 300, 300, len(entry) * 300, at, 0)
    raw = one[:at] + entry * 300 + end[:8] + tail
    assert zipfile.is_zipfile(io.BytesIO(raw))
    assert {source.error for source in opened(raw)} == {door.SWOLLEN}


def test_an_index_too_large_for_memory_is_refused_before_it_is_read() -> None:
    raw = bytearray(zipped({"a.eml": LETTER}))
    at = raw.rfind(b"PK\x05\x06")
    raw[at + 12 : at + 16] = struct.pack("<I", door.LARGEST_INDEX + 1)
    assert [one.error for one in opened(bytes(raw))] == [door.TOO_MANY]


def test_memory_stays_small_for_a_large_mail_folder_in_a_zip(tmp_path: Path) -> None:
    import tracemalloc

    box = mbox([letter(number, f"{number} " * 3000) for number in range(2000)])
    (tmp_path / "a.zip").write_bytes(zipped({"a.mbox": box}))
    del box
    tracemalloc.start()
    count = sum(1 for _ in sources_in([tmp_path / "a.zip"]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 2000
    assert peak < 8_000_000


HOSTILE = st.one_of(
    st.sampled_from(
        [
            "../../outside.eml", "/tmp/outside.eml", "C:\\outside.eml", "..\\..\\outside.eml",
            "a/../../../outside.eml", "~/outside.eml", "\\\\host\\share\\a.eml", "a\nb\x1b[2J.eml",
            "con.eml", "." * 300 + ".eml", "a\x00b.eml", "cur/../../x", "Maildir/new/../../x",
        ]
    ),
    st.text(min_size=1, max_size=60).map(lambda name: name + ".eml"),
)  # fmt: skip


@given(
    names=st.lists(HOSTILE, min_size=1, max_size=6, unique=True), packing=st.sampled_from([0, 8])
)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_hostile_names_write_nothing_anywhere(
    names: list[str], packing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        raw = zipped(dict.fromkeys(names, LETTER), packing)
    except (UnicodeEncodeError, ValueError):
        return
    for source in opened(raw):
        assert source.raw in (b"", LETTER)
        assert all(char.isprintable() for char in source.name)
    assert list(tmp_path.iterdir()) == []
    assert not Path("/tmp/outside.eml").exists()
    assert not (tmp_path.parent / "outside.eml").exists()


@given(st.binary(max_size=400), st.integers(0, 3))
@settings(max_examples=200, deadline=None)
def test_no_member_makes_it_raise(content: bytes, broken: int) -> None:
    raw = zipped({"a.eml": content, "b.mbox": ENVELOPE + content, "c": content})
    if broken:
        raw = raw.replace(struct.pack("<I", zlib.crc32(content)), b"\0\0\0\1", broken)
    for source in opened(raw):
        assert bool(source.raw) != bool(source.error)
