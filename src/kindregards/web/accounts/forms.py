"""What the person says about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from django import forms

from kindregards.web.models import User

if TYPE_CHECKING:
    OwnersForm = forms.ModelForm[User]
else:
    OwnersForm = forms.ModelForm


class SettingsForm(OwnersForm):
    """Name, address and time zone."""

    class Meta:
        model = User
        fields = ("first_name", "last_name", "email", "time_zone")

    def clean_time_zone(self) -> str:
        """A zone that this computer knows, or none for the computer's own."""
        name = str(self.cleaned_data["time_zone"]).strip()
        if name and name not in available_timezones():
            raise forms.ValidationError(
                "There is no time zone of that name. Write it like Europe/Berlin, or leave it out."
            )
        return name
