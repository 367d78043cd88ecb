"""Files that are no resume, or mean harm: each gets one sentence, and the program goes on."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
import typst
from PIL import Image
from tests.documents.made import like_word, two_columns
from tests.documents.office import Office

from kindregards.sources.documents.child import MOST_MEMORY
from kindregards.sources.documents.reader import Reader
from kindregards.sources.documents.reading import take
from kindregards.sources.documents.taken import LARGEST, NotADocument


def _sentence(raw: bytes, name: str = "") -> str:
    with pytest.raises(NotADocument) as refused:
        take(raw, name)
    return str(refused.value)


def _zipped(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def _scanned() -> bytes:
    out = BytesIO()
    Image.new("L", (600, 800), 255).save(out, "PDF")
    return out.getvalue()


def test_a_scanned_pdf_is_told_as_pictures_of_pages() -> None:
    assert _sentence(_scanned()).startswith("This PDF holds pictures of pages and no words")


def test_a_locked_pdf_is_told_as_locked(office: Office) -> None:
    option = 'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
    option += '"DocumentOpenPassword":{"type":"string","value":"secret"}}'
    assert "locked with a password" in _sentence(office.converted(b"Hello", "txt", option))


def test_a_locked_docx_is_told_as_locked_and_an_old_one_as_old() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert "locked with a password" in _sentence(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "of the old kind" in _sentence(ole)


def test_a_locked_odt_is_told_as_locked() -> None:
    members = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": b"<m><encryption-data/></m>",
        "content.xml": b"sealed",
    }
    assert "locked with a password" in _sentence(_zipped(members))


def test_a_zip_bomb_is_not_opened() -> None:
    bomb = _zipped({"word/document.xml": bytes(60_000_000)})
    assert "far more than a resume could hold" in _sentence(bomb)


def test_entities_that_grow_without_end_are_not_followed() -> None:
    grows = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    odt = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": grows}
    assert "broken" in _sentence(_zipped(odt))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"x" * (LARGEST + 1), "larger than 10 MB"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a picture"),
        (b"<!doctype html><p>Ada", "a web page"),
        (b"{\\rtf1 Ada}", "RTF"),
        (b'{"name": "settings"}', "no JSON Resume"),
        (b'{"basics": {', "broken"),
        (b"[" * 100_000, ""),
        (b"\x00\x01\x02\x03" * 500, "not a file that a resume can be read from"),
        (_zipped({"photo.jpg": b"x"}), "a zip file"),
        (like_word()[:3000], "broken"),
        (two_columns()[:300], "broken"),
        (b"# \n\n- \n", "no words"),
    ],
)
def test_each_wrong_file_gets_a_sentence_of_its_own(raw: bytes, words: str) -> None:
    if words:
        assert words in _sentence(raw, "resume.md")
    else:
        assert take(raw, "resume.txt").markdown


def test_a_name_that_lies_changes_nothing() -> None:
    assert take(like_word(), "resume.pdf").markdown == take(like_word(), "resume.docx").markdown


def test_a_text_longer_than_any_resume_is_refused() -> None:
    assert "more than 200,000 characters" in _sentence(b"words " * 60_000)


def test_the_child_reads_as_the_parent_would() -> None:
    reader = Reader()
    try:
        assert reader.take(like_word(), "a.docx") == take(like_word(), "a.docx")
        assert reader.picture(two_columns(), 0)[:4] == b"\x89PNG"
    finally:
        reader.close()


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    reader = Reader(seconds=0.05)  # less than a new process needs to begin
    try:
        with pytest.raises(NotADocument, match="could not be read"):
            reader.take(like_word(), "a.docx")
        reader._seconds = 30.0
        assert reader.take(b"Ada Lindqvist", "a.txt").markdown == "Ada Lindqvist\n"
    finally:
        reader.close()


def test_a_file_that_asks_for_too_much_memory_harms_only_the_child() -> None:
    document = docx.Document()
    members = _members(document)
    members["word/document.xml"] = _deep(400_000)
    reader = Reader()
    try:
        with pytest.raises(NotADocument):
            reader.take(_zipped(members), "a.docx")
        assert reader.take(b"Ada Lindqvist", "a.txt").markdown == "Ada Lindqvist\n"
    finally:
        reader.close()


def _members(document: object) -> dict[str, bytes]:
    out = BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    with zipfile.ZipFile(out) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _deep(count: int) -> bytes:
    """A document whose tables stand in one another, deeper than any stack."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return (
        f"<w:document {w}><w:body>".encode()
        + b"<w:tbl>" * count
        + b"</w:tbl>" * count
        + b"</w:body></w:document>"
    )


def test_of_a_long_pdf_the_first_twenty_pages_are_read_and_that_is_told() -> None:
    pages = "".join(f"Words of page {number}\n#pagebreak(weak: true)\n" for number in range(1, 24))
    made = typst.compile(pages.encode())
    assert isinstance(made, bytes)
    taken = take(made)
    assert (taken.page_count, taken.lost) == (23, ["Only the first 20 pages were read."])
    assert "Words of page 20" in taken.markdown
    assert "Words of page 21" not in taken.markdown


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="this system has no /proc")
def test_the_child_knows_none_of_our_secrets_and_may_use_little_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KINDREGARDS_DATABASE_URL", "postgres://secret")
    reader = Reader()
    try:
        reader.take(b"Ada Lindqvist", "a.txt")
        assert reader._child is not None
        own = Path("/proc") / str(reader._child.pid)
        assert b"secret" not in (own / "environ").read_bytes()
        bound = next(
            line for line in (own / "limits").read_text().splitlines() if "address space" in line
        )
        assert bound.split()[3] == str(MOST_MEMORY)
    finally:
        reader.close()
