"""The list of job applications in a LinkedIn export: a zip, read without unpacking it anywhere."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from kindregards.core.spreadsheet import NotATable

LARGEST_LIST = 8_000_000  # bytes, unpacked
MOST_LISTS = 20
MOST_MEMBERS = 50_000
_LIST = re.compile(r"(?i)(?:^|/)job[ _]applications(?:[ _]\d+)?\.csv$")
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError,
    NotImplementedError, OverflowError,
)  # fmt: skip

WORKBOOK = "This is a workbook. In the spreadsheet choose “Save as” and CSV, then give that."
NO_LIST = (
    "This zip holds no “Job Applications.csv”. Ask LinkedIn for the larger archive, "
    "which has your jobs in it, and give that."
)
DAMAGED = "This zip is damaged or locked. Unpack it and give “Job Applications.csv” from it."


def job_application_lists(stream: BinaryIO) -> list[bytes]:
    """The bytes of each list of job applications in the zip, in the order of their names.

    Raises NotATable with a sentence where there is none or it cannot be read.
    """
    try:
        with zipfile.ZipFile(stream) as packed:
            members = packed.infolist()[:MOST_MEMBERS]
            lists = sorted(
                (one for one in members if _LIST.search(one.filename)), key=lambda one: one.filename
            )
            if not lists:
                is_workbook = any(one.filename == "[Content_Types].xml" for one in members)
                raise NotATable(WORKBOOK if is_workbook else NO_LIST)
            return [_unpacked(packed, one) for one in lists[:MOST_LISTS]]
    except NotATable:
        raise
    except _UNREADABLE as problem:
        raise NotATable(DAMAGED) from problem


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with packed.open(member) as opened:
        raw = opened.read(LARGEST_LIST + 1)
    if len(raw) > LARGEST_LIST:
        raise NotATable("The list in this zip is far larger than any list of applications.")
    return raw
