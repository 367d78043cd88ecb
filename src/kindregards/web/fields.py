"""Form fields that several slices share."""

from __future__ import annotations

from typing import Any

from django import forms


class PlainField(forms.CharField):
    """Text without NUL bytes, which no letter means and PostgreSQL refuses."""

    def to_python(self, value: Any) -> str:
        """Take NUL bytes out before the field looks at the text."""
        return str(super().to_python(value) or "").replace("\x00", "")
