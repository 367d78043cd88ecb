"""What is given to the pages of speeches."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms

from kindregards.core.mood import GRID
from kindregards.core.speeches.speech import Direction
from kindregards.web.fields import PlainField

LENGTHS = {"short": 4.0, "medium": 13.0}
"""Minutes at most; without a word any length will do."""


class WishForm(forms.Form):
    """What the person wants to hear; every field may be left out."""

    direction = forms.ChoiceField(
        required=False, choices=[(one.value, one.value) for one in Direction]
    )
    length = forms.ChoiceField(required=False, choices=[(one, one) for one in LENGTHS])
    turn = forms.IntegerField(required=False, min_value=0, max_value=10_000)
    other_than = forms.CharField(required=False, max_length=200)


class MarkForm(forms.Form):
    """One mark: a spot of the grid, or the two sliders."""

    spot = forms.RegexField(regex=r"^[1-9]-[1-9]$", required=False)
    pleasure = forms.IntegerField(required=False, min_value=1, max_value=GRID)
    energy = forms.IntegerField(required=False, min_value=1, max_value=GRID)

    def clean(self) -> dict[str, Any]:
        """Take the mark from the spot where one was pressed."""
        told = super().clean() or {}
        if told.get("spot"):
            told["pleasure"], told["energy"] = map(int, told["spot"].split("-"))
        if not told.get("pleasure") or not told.get("energy"):
            raise forms.ValidationError("no mark")
        return told


class KindWordForm(forms.Form):
    """Kind words put in by hand."""

    quote = PlainField(
        max_length=2000,
        error_messages={
            "required": "Write the words down as they were said.",
            "max_length": "That is longer than 2,000 characters. Keep the heart of it.",
        },
    )
    who = PlainField(required=False, max_length=300)
    on_date = forms.DateField(
        required=False, error_messages={"invalid": "That is no day. Leave it empty if you like."}
    )


class ComfortForm(forms.Form):
    """Whom to call and what music."""

    contact = forms.IntegerField(required=False, min_value=1, max_value=2**53)
    number = forms.RegexField(
        regex=r"^[0-9+()/ .-]{3,40}$",
        required=False,
        error_messages={"invalid": "A telephone number has digits, blanks and a plus."},
    )
    music = PlainField(required=False, max_length=2000)

    def clean_music(self) -> str:
        """Only an address on the web; anything else would not open."""
        told = self.cleaned_data["music"].strip()
        if not told:
            return ""
        told = told if "://" in told else f"https://{told}"
        try:
            parts = urlsplit(told)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
            raise forms.ValidationError("That is no address of a page. It begins with https://")
        return told


class BringForm(forms.Form):
    """What is brought: files of sound, a text from an address, or a podcast."""

    what = forms.ChoiceField(choices=[(one, one) for one in ("sound", "text", "podcast")])
    address = PlainField(required=False, max_length=2000)
    title = PlainField(required=False, max_length=300)
    direction = forms.ChoiceField(
        required=False, choices=[(one.value, one.value) for one in Direction]
    )

    def clean(self) -> dict[str, Any]:
        """An address is needed for all but files."""
        told = super().clean() or {}
        if told.get("what") != "sound" and not (told.get("address") or "").strip():
            raise forms.ValidationError("no address")
        return told
