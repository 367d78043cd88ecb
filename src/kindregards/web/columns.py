"""Some columns of many rows written at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from django.db import connection
from django.db.models import (
    BigAutoField,
    CharField,
    DateField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)

_EMPTY: dict[object, str] = {None: "NULL", "": "''", "[]": "'[]'", "{}": "'{}'"}
# Of these, values go to every database as they are.
_AS_THEY_ARE = (CharField, TextField, IntegerField, ForeignKey, BigAutoField)


def write_columns(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Write these columns of rows of one model, in one statement for all of them."""
    if rows:
        columns = [str(_field(type(rows[0]), name).attname) for name in names]
        write_rows(
            type(rows[0]),
            names,
            [(*(getattr(row, column) for column in columns), row.pk) for row in rows],
        )


def write_rows(
    model: type[Model], names: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """Write these columns of the model's rows; each row is their values, then its key.

    `bulk_update` builds an expression as long as all the values; for thousands of rows this is
    many times as fast.
    """
    fields = [_field(model, name) for name in names]
    quote = connection.ops.quote_name
    settings = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    key = model._meta.pk
    assert key is not None
    _execute(
        f"UPDATE {quote(model._meta.db_table)} SET {settings}"  # noqa: S608 - names of our own
        f" WHERE {quote(str(key.column))} = %s",
        [*fields, key],
        rows,
    )


def insert_rows(
    model: type[Model], names: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """Put in rows with these values, and with the default of the model where it is none of them.

    `bulk_create` needs an object for each row, which takes longer than the database does.
    """
    given = [_field(model, name) for name in names]
    others = [
        one for one in model._meta.concrete_fields if one not in given and not one.primary_key
    ]
    rest = {field: _prepared(field, field.get_default()) for field in others}
    # Most of the rest is empty, and what stands in the statement is not bound for every row.
    plain = {field: _EMPTY[value] for field, value in rest.items() if value in _EMPTY}
    bound = [field for field in others if field not in plain]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in [*given, *bound, *plain])
    values = ", ".join([*["%s"] * (len(given) + len(bound)), *plain.values()])
    _execute(
        f"INSERT INTO {quote(model._meta.db_table)} ({columns})"  # noqa: S608 - names of our own
        f" VALUES ({values})",
        given,
        rows,
        [rest[field] for field in bound],
    )


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    return next(one for one in model._meta.concrete_fields if one.name == name)


def _execute(
    statement: str,
    fields: Sequence[Field[Any, Any]],
    rows: Sequence[tuple[object, ...]],
    rest: Sequence[object] = (),
) -> None:
    """Run it for each row of the fields' values, with the rest, made ready before, behind it."""
    if not rows:
        return
    ready: list[list[Any]] = [[*row, *rest] for row in rows]
    for at, field in enumerate(fields):
        if isinstance(field, _AS_THEY_ARE):
            continue
        prepare: Callable[[Any], Any] = partial(_prepared, field)
        if isinstance(field, DateField):
            prepare = cache(prepare)  # a column has each day often
        for row in ready:
            row[at] = prepare(row[at])
    with connection.cursor() as cursor:
        cursor.executemany(statement, ready)


def _prepared(field: Field[Any, Any], value: Any) -> Any:
    """A value as the database takes it."""
    if value is None or isinstance(field, _AS_THEY_ARE):
        return value
    return field.get_db_prep_save(value, connection)
