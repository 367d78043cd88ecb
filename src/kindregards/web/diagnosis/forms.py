"""Where somebody applies."""

from __future__ import annotations

from django import forms

from kindregards.core.diagnosis import Market
from kindregards.core.diagnosis.saying import MARKETS


class MarketForm(forms.Form):
    """The market whose usual rates theirs are laid beside."""

    market = forms.ChoiceField(choices=[(one.value, MARKETS[one]) for one in Market])
