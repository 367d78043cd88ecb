"""What a person writes on one screen of a debrief, and the notes they bring along."""

from __future__ import annotations

from django import forms

from kindregards.core.debriefs import OtherReason
from kindregards.core.debriefs.words import OTHER_REASONS, WENT
from kindregards.web.fields import PlainField

LONGEST = 50_000


class ScreenForm(forms.Form):
    """One screen. `was` is the text it began with, `window` the window it was written in.

    `of` is the question or the cause that an autosave has made meanwhile.
    """

    text = PlainField(required=False, strip=False, max_length=LONGEST)
    was = PlainField(required=False, strip=False)
    then = PlainField(required=False, strip=False, max_length=LONGEST)
    then_was = PlainField(required=False, strip=False)
    window = PlainField(required=False, max_length=32)
    of = forms.IntegerField(required=False, min_value=0)
    went = forms.TypedChoiceField(
        choices=[(number, said) for number, said in WENT.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    confidence = forms.IntegerField(min_value=0, max_value=100, required=False)
    ticked = forms.MultipleChoiceField(
        choices=[(one.value, OTHER_REASONS[one]) for one in OtherReason], required=False
    )
    day = forms.DateField(required=False)


class NotesForm(forms.Form):
    """Notes to take in: pasted, or a file of them."""

    LARGEST = 1_000_000  # bytes; a debrief is a few pages

    text = PlainField(required=False, strip=False, max_length=200_000)
    file = forms.FileField(required=False)

    def notes(self) -> str:
        """The text that was given; call it on a valid form."""
        return str(self.cleaned_data["text"])

    def clean(self) -> dict[str, object]:
        """One of the two; what is in the file counts where both are given."""
        given = super().clean() or {}
        file = given.get("file")
        if file is not None and file.size > self.LARGEST:
            raise forms.ValidationError("This file is larger than notes are. Paste what matters.")
        if file is not None:
            given["text"] = file.read().decode("utf-8-sig", "replace").replace("\x00", "")
        if not str(given.get("text", "")).strip():
            raise forms.ValidationError("Paste your notes, or choose a file of them.")
        return given
