"""What a person says of somebody whom they ask to read, and the file that comes back."""

from __future__ import annotations

from typing import Any

from django import forms

from kindregards.core.resumes.remarks import CarriedBy
from kindregards.core.resumes.review import LONGEST_QUESTION, MOST_BYTES, TOO_LARGE
from kindregards.web.fields import PlainField
from kindregards.web.resumes.asking import OFFERED
from kindregards.web.share_links import can_be_reached


class AskForm(forms.Form):
    """Who is asked, and how the resume reaches them."""

    name = PlainField(
        max_length=200, error_messages={"required": "Who is it? A first name is enough."}
    )
    email = forms.EmailField(
        max_length=254,
        required=False,
        error_messages={"invalid": "This is no address. One looks like ines@tidewell.example."},
    )
    question1 = PlainField(max_length=LONGEST_QUESTION, required=False, initial=OFFERED[0])
    question2 = PlainField(max_length=LONGEST_QUESTION, required=False)
    carried_by = forms.ChoiceField(choices=[(one.value, one.value) for one in CarriedBy])
    shows_contact = forms.BooleanField(required=False)

    def clean_carried_by(self) -> CarriedBy:
        """A link is only for a program that readers can reach."""
        way = CarriedBy(self.cleaned_data["carried_by"])
        if way is CarriedBy.LINK and not can_be_reached():
            raise forms.ValidationError("Nobody reaches this program yet; choose the file.")
        return way

    def asked(self) -> dict[str, Any]:
        """What was said, for `ask`. Call when valid."""
        told = self.cleaned_data
        return {
            "name": " ".join(told["name"].split()),
            "email": told["email"],
            "questions": [told["question1"], told["question2"]],
            "carried_by": told["carried_by"],
            "is_masked": not told["shows_contact"],
        }


class ReturnedForm(forms.Form):
    """A review that came back, as a file or as the text that a mail carried."""

    file = forms.FileField(required=False, allow_empty_file=True)
    text = PlainField(required=False)

    def clean(self) -> dict[str, Any]:
        """One of both is there, and not larger than a review is."""
        given = super().clean() or self.cleaned_data
        file, text = given.get("file"), given.get("text") or ""
        if (file is not None and file.size > MOST_BYTES) or len(text) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        if file is None and not text:
            raise forms.ValidationError("Choose the file that came back, or paste its text.")
        given["raw"] = file.read() if file is not None else text.encode()
        return given
