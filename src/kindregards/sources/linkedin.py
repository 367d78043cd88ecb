"""The lists in a LinkedIn export: a zip, read without unpacking it anywhere (R25)."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from enum import StrEnum
from typing import BinaryIO

from kindregards.core.spreadsheet import NotATable

LARGEST_LIST = 8_000_000  # bytes, unpacked
LARGEST_TALKS = 200_000_000  # years of messages stand in one file
MOST_LISTS = 20
MOST_MEMBERS = 50_000
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError,
    NotImplementedError, OverflowError,
)  # fmt: skip


class Listed(StrEnum):
    """A list of the export, by its name. What else is in it is never looked at (Appendix A)."""

    JOB_APPLICATIONS = r"job[ _]applications(?:[ _]\d+)?\.csv"
    CONNECTIONS = r"connections(?:[ _]\d+)?\.csv"
    INVITATIONS = r"invitations(?:[ _]\d+)?\.csv"
    MESSAGES = r"messages(?:[ _]\d+)?\.csv"
    PROFILE = r"profile\.csv"


WORKBOOK = "This is a workbook. In the spreadsheet choose “Save as” and CSV, then give that."
NO_LIST = (
    "This zip holds no “Job Applications.csv”. Ask LinkedIn for the larger archive, "
    "which has your jobs in it, and give that."
)
NO_PEOPLE = "This zip holds no “Connections.csv”. Is it the export that LinkedIn made for you?"
DAMAGED = "This zip is damaged or locked. Unpack it and give the .csv files from it."


def job_application_lists(stream: BinaryIO) -> list[bytes]:
    """The bytes of each list of job applications in the zip, in the order of their names.

    Raises NotATable with a sentence where there is none or it cannot be read.
    """
    return export_lists(stream, Listed.JOB_APPLICATIONS, otherwise=NO_LIST)[Listed.JOB_APPLICATIONS]


def export_lists(
    stream: BinaryIO, needed: Listed, *more: Listed, otherwise: str
) -> dict[Listed, list[bytes]]:
    """The bytes of the lists asked for, in the order of their names; `more` may be missing.

    Raises NotATable: with `otherwise` where what is needed is not there, else with what is wrong.
    """
    try:
        with zipfile.ZipFile(stream) as packed:
            members = packed.infolist()[:MOST_MEMBERS]
            found = {one: _named(members, one) for one in (needed, *more)}
            if not found[needed]:
                is_workbook = any(one.filename == "[Content_Types].xml" for one in members)
                raise NotATable(WORKBOOK if is_workbook else otherwise)
            return {
                one: [_unpacked(packed, member, one) for member in listed[:MOST_LISTS]]
                for one, listed in found.items()
            }
    except NotATable:
        raise
    except _UNREADABLE as problem:
        raise NotATable(DAMAGED) from problem


def _named(members: list[zipfile.ZipInfo], listed: Listed) -> list[zipfile.ZipInfo]:
    name = re.compile(rf"(?i)(?:^|/){listed.value}$")
    return sorted(
        (one for one in members if name.search(one.filename)), key=lambda one: one.filename
    )


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo, listed: Listed) -> bytes:
    largest = LARGEST_TALKS if listed is Listed.MESSAGES else LARGEST_LIST
    with packed.open(member) as opened:
        raw = opened.read(largest + 1)
    if len(raw) > largest:
        raise NotATable("A list in this zip is far larger than any that LinkedIn makes.")
    return raw
