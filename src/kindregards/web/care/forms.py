"""What the person says of themselves."""

from __future__ import annotations

from django import forms

from kindregards.core.mood import BEST
from kindregards.web.fields import PlainField

LONGEST_LINE = 4000


class MoodForm(forms.Form):
    """One mark from 0 to 10."""

    felt = forms.IntegerField(min_value=0, max_value=BEST)


class LineForm(forms.Form):
    """What was written on one screen."""

    text = PlainField(required=False, max_length=LONGEST_LINE)


class RestForm(forms.Form):
    """What to do about the suggestion to rest."""

    choice = forms.ChoiceField(choices=[(one, one) for one in ("later", "never", "again")])
    application = forms.IntegerField(required=False, min_value=0)
