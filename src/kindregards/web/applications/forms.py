"""What a person may say about an application."""

from __future__ import annotations

from django import forms

from kindregards.core.letters.reading import Stage
from kindregards.web.applications.words import STAGES
from kindregards.web.fields import PlainField


class ApplicationForm(forms.Form):
    """Employer, role, and how far it came; an empty stage leaves that to the letters."""

    employer = PlainField(max_length=300, required=False)
    role = PlainField(max_length=300, required=False)
    stage = forms.ChoiceField(
        choices=[("", "as the letters say"), *((stage.value, STAGES[stage]) for stage in Stage)],
        required=False,
    )
