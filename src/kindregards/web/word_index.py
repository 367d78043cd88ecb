"""The words of all letters, as the database finds them.

SQLite has a table of its own (FTS5) that triggers keep beside the letters; PostgreSQL an index over
the same words. Both are made after every migration, for what changes a table may take its triggers
along; both fold accents, and take ß for ss. A backup goes without: `drop_words` takes them out of
a copy.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

TABLE = "kindregards_letter_words"
LETTERS = "kindregards_letter"
COLUMNS = ("subject", "sender_name", "employer_name", "role", "text")
TRIGGERS = (f"{TABLE}_added", f"{TABLE}_removed", f"{TABLE}_changed")
MOST_WORDS = 8
# PostgreSQL refuses to index more than a megabyte of words; no letter has as many.
LONGEST = 300_000


def keep_words(*, using: str = "default") -> None:
    """Make what finds letters by their words where the database lacks it, and fill it."""
    connection = connections[using]
    if LETTERS not in connection.introspection.table_names():
        return
    if connection.vendor == "sqlite":
        _keep_in_sqlite(connection)
    elif connection.vendor == "postgresql":
        _keep_in_postgresql(connection)


def drop_words(database: sqlite3.Connection) -> None:
    """Take the table and its triggers out of an SQLite database that is not in use."""
    for trigger in TRIGGERS:
        database.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    database.execute(f"DROP TABLE IF EXISTS {TABLE}")


def letters_with(words: str, *, vendor: str) -> RawSQL | None:
    """The numbers of the letters that have every one of the words, or begin with them; for a
    `pk__in`. None where there is no word in what was typed."""
    typed = typed_words(words)
    if not typed:
        return None
    if vendor == "postgresql":
        wanted = " & ".join(f"{word}:*" for word in typed)
        return RawSQL(  # noqa: S611 - our own words; what was typed is a parameter
            f"SELECT id FROM {LETTERS} WHERE {_VECTOR}"  # noqa: S608
            f" @@ to_tsquery('simple', kindregards_plain(%s))",
            [wanted],
        )
    if not _is_kept():
        has = " AND ".join([f"{_with_ss(_ALL)} LIKE %s"] * len(typed))
        return RawSQL(  # noqa: S611 - our own words; what was typed is a parameter
            f"SELECT id FROM {LETTERS} WHERE {has}",  # noqa: S608
            [f"%{word}%" for word in typed],
        )
    wanted = " AND ".join(f'"{word}"*' for word in typed)
    return RawSQL(  # noqa: S611 - our own words; what was typed is a parameter
        f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s",  # noqa: S608
        [wanted],
    )


def typed_words(words: str) -> list[str]:
    """The words of what was typed, at most eight, without anything a database could take amiss."""
    plain = unicodedata.normalize("NFC", words.lower()).replace("ß", "ss")
    return [word[:60] for word in re.findall(r"[^\W_]+", plain)][:MOST_WORDS]


_ALL = " || ' ' || ".join(COLUMNS)


def _with_ss(words: str) -> str:
    """SQL for the same words without the letter that tables of accents leave as it is."""
    return f"replace(replace({words}, 'ß', 'ss'), 'ẞ', 'ss')"


# SQLite ----------------------------------------------------------------------------------------

_NAMES = ", ".join(COLUMNS)
_NEW = ", ".join(_with_ss(f"new.{name}") for name in COLUMNS)
_OLD = ", ".join(_with_ss(f"old.{name}") for name in COLUMNS)
_FILL = (
    f"INSERT INTO {TABLE}(rowid, {_NAMES})"  # noqa: S608 - our names
    f" SELECT id, {', '.join(_with_ss(name) for name in COLUMNS)} FROM {LETTERS}"
)
_PUT = f"INSERT INTO {TABLE}(rowid, {_NAMES}) VALUES (new.id, {_NEW});"  # noqa: S608 - our names
_TAKE = f"INSERT INTO {TABLE}({TABLE}, rowid, {_NAMES}) VALUES ('delete', old.id, {_OLD});"  # noqa: S608
_MAKE_TABLE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5({_NAMES}, content='{LETTERS}', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
)
_MAKE_TRIGGERS = (
    f"CREATE TRIGGER {TRIGGERS[0]} AFTER INSERT ON {LETTERS} BEGIN {_PUT} END",
    f"CREATE TRIGGER {TRIGGERS[1]} AFTER DELETE ON {LETTERS} BEGIN {_TAKE} END",
    f"CREATE TRIGGER {TRIGGERS[2]} AFTER UPDATE OF {_NAMES} ON {LETTERS} BEGIN {_TAKE} {_PUT} END",
)


def _is_kept() -> bool:
    """Whether the table is there: an SQLite that was built without FTS5 has to look through all."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [TABLE])
        return cursor.fetchone() is not None


def _keep_in_sqlite(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'")
        if cursor.fetchone() is None:
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE %s", [f"{TABLE}%"])
        there = dict(cursor.fetchall())
        # An index of an earlier version has the same names, and fills itself in another way.
        if TABLE in there and [there.get(name) for name in TRIGGERS] == [*_MAKE_TRIGGERS]:
            return
        for trigger in TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        if TABLE not in there:
            cursor.execute(_MAKE_TABLE)
        for make in _MAKE_TRIGGERS:
            cursor.execute(make)
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('delete-all')")  # noqa: S608 - our name
        cursor.execute(_FILL)


# PostgreSQL ------------------------------------------------------------------------------------


def _folded() -> tuple[str, str]:
    """Letters with accents, and the plain ones, place by place."""
    pairs = []
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        plain = unicodedata.normalize("NFKD", chr(code))[0]
        if plain != chr(code) and plain.isascii() and plain.isalpha():
            pairs.append((chr(code), plain.lower()))
    return "".join(accented for accented, _plain in pairs), "".join(plain for _a, plain in pairs)


_VECTOR = f"to_tsvector('simple', kindregards_plain(left({_ALL}, {LONGEST})))"


def _keep_in_postgresql(connection: BaseDatabaseWrapper) -> None:
    accented, plain = _folded()
    folds = f" SELECT translate(lower({_with_ss('words')}), '{accented}', '{plain}') "
    make_function: Any = (
        "CREATE OR REPLACE FUNCTION kindregards_plain(words text) RETURNS text"
        f" LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $${folds}$$"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_indexes, pg_proc"
            " WHERE indexname = %s AND proname = 'kindregards_plain' AND prosrc = %s",
            [TABLE, folds],
        )
        if cursor.fetchone():
            return
        cursor.execute(f"DROP INDEX IF EXISTS {TABLE}")
        cursor.execute(make_function)
        cursor.execute(f"CREATE INDEX {TABLE} ON {LETTERS} USING gin (({_VECTOR}))")
