"""What the person fills in around private writing. No form keeps what was written."""

from __future__ import annotations

from typing import Any

from django import forms

from kindregards.web.fields import PlainField

SHORTEST_PASSPHRASE = 12
LONGEST_PASSPHRASE = 1000
LONGEST_PAGE = 40_000
"""Characters. As it travels to the program this stays below what the server holds in memory; more
would pass through a file on disk."""

LENGTHS = {"four": (15, 4), "five": (20, 5)}
"""Minutes and sittings (R14): 15 minutes on four days, or 20 on five as Spera and others had it."""


class BeginForm(forms.Form):
    """Keep or throw away, how long, and a new passphrase typed twice where one is needed."""

    pages = forms.ChoiceField(choices=[("thrown", "thrown"), ("kept", "kept")])
    length = forms.ChoiceField(choices=[(name, name) for name in LENGTHS])
    passphrase = PlainField(required=False, max_length=LONGEST_PASSPHRASE, strip=False)
    again = PlainField(required=False, max_length=LONGEST_PASSPHRASE, strip=False)

    def __init__(self, *given: Any, has_lock: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        self.has_lock = has_lock

    @property
    def is_kept(self) -> bool:
        """Whether the pages are to be locked away rather than thrown away."""
        return bool(self.cleaned_data["pages"] == "kept")

    def clean(self) -> dict[str, Any]:
        """A passphrase is needed once, for pages that are kept."""
        given = super().clean() or {}
        if given.get("pages") != "kept" or self.has_lock:
            return given
        passphrase = given.get("passphrase", "")
        if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
            self.add_error(
                "passphrase",
                f"A passphrase has at least {SHORTEST_PASSPHRASE} characters. Four words that "
                "belong together for nobody but you are good.",
            )
        elif passphrase != given.get("again", ""):
            self.add_error("again", "The two are not the same. Type both again.")
        return given


class WordsField(PlainField):
    """Text whose ends of lines count once, as they do where it was typed."""

    def to_python(self, value: Any) -> str:
        """Make ends of lines one character each."""
        return super().to_python(value).replace("\r\n", "\n")


class PageForm(forms.Form):
    """The words of a sitting, the name of its page, and the passphrase that locks them."""

    name = forms.UUIDField()
    words = WordsField(required=False, max_length=LONGEST_PAGE, strip=False)
    passphrase = PlainField(required=False, max_length=LONGEST_PASSPHRASE, strip=False)


class OpenForm(forms.Form):
    """The passphrase that opens a page."""

    passphrase = PlainField(required=False, max_length=LONGEST_PASSPHRASE, strip=False)
