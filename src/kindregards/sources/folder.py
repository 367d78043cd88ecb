"""Which files of a folder or a zip are worth opening: mail folders have much beside the mail."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path, PurePosixPath

from kindregards.sources.mbox import is_mbox
from kindregards.sources.shape import HEAD, is_message, suffix_of


class Worth(Enum):
    """Whether to open a file that was not named but found."""

    YES = "its name says that it holds mail"
    LOOK = "only its beginning can tell"
    NO = "it is something else"


_MAIL_SUFFIXES = """
.eml .emlx .msg .mbox .mbx .mbs .txt .html .htm .mht .mhtml .zip .pst .ost .olm"""
_OTHER_SUFFIXES = """
.msf .lock .json .dat .db .sqlite .sqlite3 .log .js .css .xml .plist .ini .csv .tsv .ics .vcf
.pdf .doc .docx .odt .rtf .xls .xlsx .ods .ppt .pptx .png .jpg .jpeg .gif .webp .svg .heic
.tif .tiff .bmp .ico .mp3 .mp4 .m4a .mov .avi .wav .py .sh .exe .dll .so .md .toml .yaml .yml
.map .woff .woff2 .ttf .p7s .asc .sig .mozeml .wdseml .emlxpart .tmp .bak .md5 .sha1"""
_MAIL = frozenset(_MAIL_SUFFIXES.split())
_NOT_MAIL = frozenset(_OTHER_SUFFIXES.split())
_NEVER = re.compile(
    r"(?i)(?:archive_browser\.html|filterlog\.html|junklog\.html|dovecot.*|courier.*|cyrus\..*|"
    r"maildirfolder|maildirsize|subscriptions|\.uidvalidity|.*_tags|table_of_contents|thumbs\.db|"
    r"readme(?:\.\w+)?|licen[cs]e(?:\.\w+)?)"
)
_NEVER_FOLDER = ("__MACOSX", "node_modules", "Attachments")
_MAILDIR = ("cur", "new")


def worth(name: str, *, in_maildir: bool) -> Worth:
    """Whether to open a file of this name, found in a folder of a Maildir or elsewhere."""
    if name.startswith(("._", ".")) or _NEVER.fullmatch(name):
        return Worth.NO
    suffix = suffix_of(name)
    if in_maildir or suffix in _MAIL:
        return Worth.YES
    return Worth.NO if suffix in _NOT_MAIL else Worth.LOOK


def worth_after_look(head: bytes) -> bool:
    """Whether a file of an unknown name begins as an mbox or as a message."""
    return is_mbox(head) or is_message(head)


def maildirs_of(names: Iterable[str]) -> frozenset[str]:
    """The folders in a list of paths (with /) that are Maildirs: they have cur or new."""
    parents = (_path(name).parent for name in names)
    return frozenset(str(parent.parent) for parent in parents if parent.name in _MAILDIR)


def worth_in_zip(name: str, maildirs: frozenset[str]) -> Worth:
    """The same question for a member of a zip."""
    path = _path(name)
    folders = path.parts[:-1]
    if any(one in _NEVER_FOLDER for one in folders) or not path.name:
        return Worth.NO
    in_maildir = str(path.parent.parent) in maildirs if folders else False
    if in_maildir and folders[-1] == "tmp":
        return Worth.NO
    return worth(path.name, in_maildir=in_maildir and folders[-1] in _MAILDIR)


def _path(name: str) -> PurePosixPath:
    """Zips made on Windows may part folders the other way."""
    return PurePosixPath(name.replace("\\", "/"))


def files_below(folder: Path) -> Iterator[Path]:
    """The files below a folder that are worth opening, by name, each folder's own files first."""
    for place, folders, files in os.walk(folder):
        maildir = any(one in _MAILDIR for one in folders)
        folders[:] = sorted(
            one for one in folders if one not in _NEVER_FOLDER and not (maildir and one == "tmp")
        )
        here = Path(place)
        in_maildir = here.name in _MAILDIR
        for name in sorted(files):
            if _wanted(here / name, worth(name, in_maildir=in_maildir)):
                yield here / name


def _wanted(file: Path, answer: Worth) -> bool:
    if answer is not Worth.LOOK:
        return answer is Worth.YES and _holds_something(file)
    try:
        if not file.is_file():
            return False
        with file.open("rb") as stream:
            return worth_after_look(stream.read(HEAD))
    except (OSError, ValueError):
        return False


def _holds_something(file: Path) -> bool:
    """Mail programs leave empty files where a mail folder is empty; pipes hold no mail."""
    try:
        empty_folder = file.suffix.lower().startswith(".mb") and file.stat().st_size == 0
        return file.is_file() and not empty_folder
    except OSError:
        return True  # that it cannot be read is said when it is opened


def others_below(folder: Path) -> list[str]:
    """The suffixes of what a folder holds instead of letters, the commonest first."""
    counts: dict[str, int] = {}
    for _place, _folders, files in os.walk(folder):
        for name in files:
            suffix = suffix_of(name)
            if suffix and not name.startswith("."):
                counts[suffix] = counts.get(suffix, 0) + 1
        if len(counts) > 50:
            break
    return sorted(counts, key=lambda suffix: (-counts[suffix], suffix))[:3]
