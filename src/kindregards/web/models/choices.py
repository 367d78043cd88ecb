"""The core's enums as database choices."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from django.db import models


def one_of(
    enum: type[StrEnum], *, blank: bool = False, default: StrEnum | Literal[""] | None = None
) -> models.CharField[str, str]:
    """A column that holds one value of the enum, or "" where `blank`."""
    choices = [(member.value, member.value) for member in enum]
    if default is None:
        return models.CharField(max_length=32, blank=blank, choices=choices)
    return models.CharField(max_length=32, blank=blank, choices=choices, default=str(default))


def only(field: str, enum: type[StrEnum], *, blank: bool = False) -> models.CheckConstraint:
    """The constraint that keeps a column to the values of the enum."""
    values = [member.value for member in enum] + ([""] if blank else [])
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": values}), name=f"%(class)s_{field}_known"
    )
