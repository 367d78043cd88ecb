"""Whatever a path stands for gives letters or a sentence, and never raises."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.made import LETTER, letter, mbox, outlook, zipped

from kindregards.core.letters import parse_letter
from kindregards.sources.files import (
    Place,
    files_in,
    letters_from,
    size_in,
    source_from,
    sources_in,
)


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def names(folder: Path) -> list[str]:
    return [str(Path(one.name).relative_to(folder)) for one in sources_in([folder])]


def test_single_letters_of_every_kind_are_read_with_the_same_words(tmp_path: Path) -> None:
    words = LETTER.split(b"\n\n", 1)[1]
    page = b"<!DOCTYPE html><html><body>" + words.replace(b"\n\n", b"<p>") + b"</body></html>"
    apple = str(len(LETTER)).encode() + b"\n" + LETTER + b"<?xml version='1.0'?><plist></plist>"
    put(
        tmp_path,
        {
            "a.eml": LETTER,
            "b.txt": words,
            "c.html": page,
            "d.emlx": apple,
            "e.msg": outlook({0x37: "Your application", 0x1000: words.decode()}),
            "f.mbox": mbox([LETTER]),
        },
    )
    texts = [parse_letter(source.raw).text for source in sources_in([tmp_path])]
    assert len(texts) == 6
    assert {" ".join(text.split()) for text in texts} == {
        "Dear Sam, we have chosen somebody else for the post of archivist. Robin Ahmadi"
    }


def test_a_page_is_read_in_the_charset_that_it_declares(tmp_path: Path) -> None:
    page = '<html><head><meta charset="{}"></head><body>Schöne Grüße aus Köln</body></html>'
    put(
        tmp_path,
        {
            "a.html": page.format("iso-8859-1").encode("iso-8859-1"),
            "b.html": page.format("utf-8").encode(),
            "c.htm": page.format("utf-16").encode("utf-16"),
            "d.htm": page.format("nonsense").encode(),
        },
    )
    texts = [parse_letter(source.raw).text for source in sources_in([tmp_path])]
    assert texts == ["Schöne Grüße aus Köln"] * 4


def test_the_messages_of_an_mbox_are_named_by_their_number(tmp_path: Path) -> None:
    put(tmp_path, {"All mail.mbox": mbox([letter(1), letter(2)])})
    assert names(tmp_path) == ["All mail.mbox, message 1", "All mail.mbox, message 2"]


def test_a_maildir_gives_what_is_in_cur_and_new_and_nothing_else(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "cur/1.M1.host:2,S": letter(1),
            "new/2.M2.host": letter(2),
            "tmp/3.M3.host": letter(3),
            ".Archive.2024/cur/4.M4.host:2,": letter(4),
            ".Archive.2024/tmp/5.M5.host": letter(5),
            "dovecot-uidlist": b"3 V1 N5\n",
            "dovecot.index.log": b"\x01\x03",
            "subscriptions": b"V\t2\n\nArchive\n",
            "maildirfolder": b"",
        },
    )
    assert names(tmp_path) == [
        ".Archive.2024/cur/4.M4.host:2,",
        "cur/1.M1.host:2,S",
        "new/2.M2.host",
    ]


def test_a_thunderbird_profile_gives_its_mail_folders(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "Mail/Local Folders/Inbox": mbox([letter(1)]),
            "Mail/Local Folders/Inbox.msf": b"// <!-- <mdb:mork:z v='1.4'/> -->",
            "Mail/Local Folders/Inbox.sbd/Applications": mbox([letter(2), letter(3)]),
            "Mail/Local Folders/Trash": b"",
            "Mail/Local Folders/filterlog.html": b"<html>Applied filter</html>",
            "Mail/Local Folders/msgFilterRules.dat": b'version="9"',
            "key4.db": b"SQLite format 3\0",
            "times": b'{"created": 1}',
        },
    )
    assert names(tmp_path) == [
        "Mail/Local Folders/Inbox, message 1",
        "Mail/Local Folders/Inbox.sbd/Applications, message 1",
        "Mail/Local Folders/Inbox.sbd/Applications, message 2",
    ]


def test_an_apple_mail_export_gives_its_messages(tmp_path: Path) -> None:
    apple = str(len(LETTER)).encode() + b"\n" + LETTER + b"<plist/>"
    put(
        tmp_path,
        {
            "Jobs.mbox/mbox": mbox([letter(1)]),
            "Jobs.mbox/table_of_contents": b"\0\0\0\1",
            "INBOX.mbox/1F/Data/Messages/12.emlx": apple,
            "INBOX.mbox/1F/Data/Attachments/12/2/cv.txt": b"My resume",
        },
    )
    assert names(tmp_path) == [
        "INBOX.mbox/1F/Data/Messages/12.emlx",
        "Jobs.mbox/mbox, message 1",
    ]


def test_a_takeout_folder_gives_the_mail_and_not_the_pages_about_it(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "Takeout/archive_browser.html": b"<html>Your export</html>",
            "Takeout/Mail/All mail Including Spam and Trash.mbox": mbox([letter(1)]),
            "Takeout/Mail/User Settings/Filters.json": b"{}",
        },
    )
    assert names(tmp_path) == ["Takeout/Mail/All mail Including Spam and Trash.mbox, message 1"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.eml", b"%PDF-1.7\n", "This is a PDF."),
        ("mail.txt", b"!BDN\x00\x00", "Outlook's own data file"),
        ("mail.pst", b"what Outlook wrote", "Outlook's own data file"),
        (
            "letter.docx",
            zipped({"[Content_Types].xml": b"<x/>"}),
            "a Word or other office document",
        ),
        ("letter.odt", zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "office document"),
        ("mac.olm", zipped({"Accounts/a/com.microsoft.__Messages/1.xml": b""}), "Outlook for Mac"),
        ("scan.eml", b"\x89PNG\r\n\x1a\n", "This is a picture"),
        ("scan", b"\xff\xd8\xff\xe0", "This is a picture"),
        ("film.eml", b"\0\0\0\x18ftypmp42", "a video or a picture"),
        ("mail.tgz", b"\x1f\x8b\x08\x00", "Unpack it and give the folder"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        ("table.csv", b"Company,Role\nHazelwick,archivist\n", "holds data"),
        ("Inbox.msf", b"// <!-- <mdb:mork:z v='1.4'/> -->", "Thunderbird's index"),
        ("empty.eml", b"", "There is nothing in it."),
        ("blank.txt", b" \r\n\0\0", "There is nothing in it."),
        ("none.mbox", b"", "There are no messages in this mail folder."),
    ],
)
def test_what_is_no_letter_is_told_by_its_content(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    [source] = sources_in([tmp_path / name])
    assert said in source.error
    assert source.raw == b""


def test_a_folder_without_letters_says_what_it_holds(tmp_path: Path) -> None:
    put(tmp_path, {"a.pdf": b"%PDF", "b.pdf": b"%PDF", "c.docx": b"PK"})
    [source] = sources_in([tmp_path])
    assert source.error.startswith("This folder holds no letters and no mail folders.")
    assert ".pdf, .docx" in source.error


def test_what_is_not_there_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    put(tmp_path, {"a.eml": LETTER})
    gone, there = sources_in([tmp_path / "gone.eml", tmp_path / "a.eml"])
    assert gone.error == "There is no such file."
    assert there.raw == LETTER


def test_a_file_that_may_not_be_read_is_told() -> None:
    with tempfile.TemporaryDirectory() as place:
        put(Path(place), {"a.eml": LETTER})
        Path(place).chmod(0o755)
        (Path(place) / "a.eml").chmod(0)
        with nobody():
            [source] = sources_in([Path(place)])
    assert source.error == "This file may not be read by you. Change its permissions."


@contextmanager
def nobody() -> Iterator[None]:
    """A while without the rights of root, who may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_links_in_a_circle_and_devices_do_not_hold_it_up(tmp_path: Path) -> None:
    put(tmp_path, {"a.eml": LETTER})
    (tmp_path / "again").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.eml")
    assert names(tmp_path) == ["a.eml"]


def test_a_message_over_the_limit_is_cut_and_a_file_of_words_refused(tmp_path: Path) -> None:
    put(tmp_path, {"a.eml": LETTER + b"x" * 4_000_000, "b.txt": b"word " * 800_000})
    message, words = sources_in([tmp_path], largest=3_500_000)
    assert (len(message.raw), message.raw[:400]) == (3_000_001, (LETTER + b"x" * 400)[:400])
    assert words.error.startswith("This file is larger than 3 MB")


def test_how_far_it_is_adds_up_to_the_size_of_everything(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "a.eml": LETTER,
            "b.mbox": mbox([letter(number) for number in range(9)]),
            "c.zip": zipped({"x/a.eml": LETTER, "x/b.mbox": mbox([letter(1), letter(2)])}),
        },
    )
    done = [source.done for source in sources_in([tmp_path])]
    whole = size_in(files_in([tmp_path]))
    assert done == sorted(done)
    assert done[9] == (tmp_path / "a.eml").stat().st_size + (tmp_path / "b.mbox").stat().st_size
    assert whole * 0.8 < done[-1] <= whole


def test_every_place_is_one_to_go_on_from(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "a.eml": letter(100),
            "b.mbox": mbox([letter(number) for number in range(5)]),
            "c.zip": zipped({"a.eml": letter(200), "b.mbox": mbox([letter(201), letter(202)])}),
            "d.eml": letter(300),
        },
    )
    whole = list(sources_in([tmp_path]))
    assert len(whole) == 10
    for number, source in enumerate(whole, 1):
        again = list(sources_in([tmp_path], after=source.place))
        assert again == whole[number:]


def test_messages_that_came_since_are_what_is_left_of_a_mail_folder(tmp_path: Path) -> None:
    file = tmp_path / "Inbox"
    file.write_bytes(mbox([letter(1), letter(2)]))
    last = list(sources_in([file]))[-1].place
    assert list(sources_in([file], after=last)) == []
    with file.open("ab") as stream:
        stream.write(mbox([letter(3)]))
    assert [one.name for one in sources_in([file], after=last)] == [f"{file}, message 3"]


def test_a_mail_folder_that_was_replaced_is_read_from_its_beginning(tmp_path: Path) -> None:
    file = tmp_path / "Inbox"
    file.write_bytes(mbox([letter(number, "short") for number in range(9)]))
    old = Place(str(file), 100, 1)
    assert len(list(sources_in([file], after=old))) == 9
    assert len(list(sources_in([file], after=Place("/gone", 1, 1)))) == 9


def test_letters_come_one_at_a_time(tmp_path: Path) -> None:
    put(tmp_path, {"a.eml": LETTER, "b.eml": LETTER})
    sources = sources_in([tmp_path / "a.eml", tmp_path / "b.eml"])
    assert next(sources).raw == LETTER
    (tmp_path / "b.eml").unlink()
    assert next(sources).error == "There is no such file."


class Pipe(io.RawIOBase):
    """A stream that cannot go back."""

    def __init__(self, raw: bytes) -> None:
        self.inner = io.BytesIO(raw)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        return self.inner.read(min(size, 1000) if size >= 0 else size)


def test_standard_input_takes_what_a_file_may_be() -> None:
    for raw, count in (
        (LETTER, 1),
        (mbox([letter(1), letter(2)]), 2),
        (zipped({"a.eml": LETTER, "b.mbox": mbox([letter(1), letter(2)])}), 3),
    ):
        for stream in (io.BytesIO(raw), Pipe(raw)):
            assert len([one for one in letters_from(stream, name="-") if one.raw]) == count  # type: ignore[arg-type]


def test_a_zip_too_large_for_memory_is_asked_for_by_name() -> None:
    raw = zipped({"a.eml": os.urandom(5000)})
    [source] = letters_from(Pipe(raw), name="-", largest=2000)  # type: ignore[arg-type]
    assert (
        source.error == "A large zip cannot be read from standard input. Give the file by its name."
    )


def test_one_letter_is_what_is_asked_for() -> None:
    assert source_from(io.BytesIO(mbox([letter(1), letter(2)])), name="-").raw == letter(1)
    assert source_from(io.BytesIO(b""), name="-").error.startswith("There is nothing in it.")


BEGINNINGS = st.sampled_from(
    [
        b"", b"From a Tue Mar  4 09:12:00 2025\n", b"From: a\n\n", b"PK\x03\x04", b"PK\x05\x06",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html><meta charset=utf-7>", b"12\n",
        b"\xff\xfe<html>",
        zipped({"a.eml": LETTER, "b.mbox": mbox([LETTER])}), outlook({0x37: "a", 0x1000: "b"}),
    ]
)  # fmt: skip
NAMES = st.sampled_from(["a.eml", "a.mbox", "a.msg", "a.emlx", "a.html", "a.zip", "a", "a.txt"])


@given(start=BEGINNINGS, cut=st.integers(0, 9000), rest=st.binary(max_size=1500), name=NAMES)
@settings(max_examples=300, deadline=None)
def test_no_bytes_make_any_door_raise(start: bytes, cut: int, rest: bytes, name: str) -> None:
    raw = start[: cut or None] + rest
    sources = list(letters_from(io.BytesIO(raw), name=name))
    assert sources
    assert all(bool(source.raw) != bool(source.error) for source in sources)


@given(
    start=BEGINNINGS, name=NAMES,
    changes=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=30),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_no_damage_makes_any_door_raise(
    start: bytes, name: str, changes: list[tuple[int, int]]
) -> None:
    raw = bytearray(start)
    for place, byte in changes:
        if place < len(raw):
            raw[place] = byte
    for source in letters_from(io.BytesIO(bytes(raw)), name=name):
        assert bool(source.raw) != bool(source.error)
