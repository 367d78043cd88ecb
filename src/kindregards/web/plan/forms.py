"""What a person decides about a step."""

from __future__ import annotations

from django import forms

from kindregards.core.plan import StepKind
from kindregards.web.fields import PlainField


class DecisionForm(forms.Form):
    """Done, skip, put it off to a day, or take it up again."""

    DECISIONS = ("done", "skipped", "later", "open")

    decision = forms.ChoiceField(choices=[(name, name) for name in DECISIONS])
    until = forms.DateField(required=False)


class NoteForm(forms.Form):
    """The lines kept at a step; `was` is the text the page began with."""

    LONGEST = 50_000

    note = PlainField(required=False, strip=False, max_length=LONGEST)
    was = PlainField(required=False, strip=False)


def step_kind(name: str) -> StepKind | None:
    """The step of that name; None where there is no such step."""
    return next((kind for kind in StepKind if kind.value == name), None)
