"""What a person may say about an application, and the lists that they may give."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from kindregards.core.applications import Outcome
from kindregards.core.diagnosis import Route
from kindregards.core.letters.reading import Stage
from kindregards.web.applications.words import OUTCOMES, ROUTES, STAGES
from kindregards.web.fields import PlainField

LONGEST_LIST = 8_000_000
STILL_TO_COME = "That day is still to come."


class PastDateField(forms.DateField):
    """A day that has come already."""

    def clean(self, value: Any) -> Any:
        """Refuse a day that is still to come."""
        day = super().clean(value)
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(STILL_TO_COME)
        return day


class ApplicationForm(forms.Form):
    """What is known of an application; an empty stage or outcome leaves that to the letters.

    Only the fields that are sent are changed.
    """

    employer = PlainField(max_length=300, required=False)
    role = PlainField(max_length=300, required=False)
    stage = forms.ChoiceField(
        choices=[("", "as the letters say"), *((stage.value, STAGES[stage]) for stage in Stage)],
        required=False,
    )
    outcome = forms.ChoiceField(
        choices=[("", "as the letters say"), *((one.value, OUTCOMES[one]) for one in Outcome)],
        required=False,
    )
    outcome_date = PastDateField(required=False)
    applied_date = PastDateField(required=False)
    route = forms.ChoiceField(choices=[(one.value, ROUTES[one]) for one in Route], required=False)
    found_through = PlainField(max_length=300, required=False)
    link = PlainField(max_length=2000, required=False)
    note = PlainField(max_length=20_000, required=False, strip=False)

    def clean_link(self) -> str:
        """A link is one of the web, for it can be followed from the page."""
        link = str(self.cleaned_data["link"]).strip()
        if link and not link.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("A link begins with https://.")
        return link

    def told(self) -> dict[str, Any]:
        """The fields that were sent, as `change_application` takes them. Call when valid."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.data}


class NewApplicationForm(ApplicationForm):
    """An application put in by hand, which needs at least an employer."""

    employer = PlainField(max_length=300, error_messages={"required": "Who is it at?"})


class ListForm(forms.Form):
    """A list of applications: a file, or cells that were pasted."""

    text = PlainField(required=False, strip=False, max_length=LONGEST_LIST)
    file = forms.FileField(required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        """One of the two must be there."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("file") and not str(given.get("text", "")).strip():
            raise forms.ValidationError("Choose a file, or paste the cells of your list.")
        return given
