"""What a person may say about somebody, and the lists of people that they may give."""

from __future__ import annotations

from typing import Any

from django import forms

from kindregards.core.network.card import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_NOTE,
    Card,
    profile_key,
)
from kindregards.core.network.feeds import without_trackers
from kindregards.core.network.occasions import BY_HAND, OccasionKind
from kindregards.web.fields import PlainField
from kindregards.web.network.deciding import Decision
from kindregards.web.network.words import CLOSENESS

LARGEST_FILE = 300_000_000


class ContactForm(forms.Form):
    """What is known of somebody. A name or an address is needed."""

    name = PlainField(max_length=LONGEST_NAME, required=False)
    email = forms.EmailField(
        max_length=LONGEST_ADDRESS,
        required=False,
        error_messages={"invalid": "This is no address. One looks like ines@tidewell.example."},
    )
    role = PlainField(max_length=LONGEST_NAME, required=False)
    works_at = PlainField(max_length=LONGEST_NAME, required=False)
    profile = PlainField(max_length=2000, required=False)
    note = PlainField(max_length=LONGEST_NOTE, required=False, strip=False)

    def clean_profile(self) -> str:
        """A profile is kept without what tracks its reader."""
        given = str(self.cleaned_data["profile"]).strip()
        key = profile_key(given)
        if given and not key:
            raise forms.ValidationError("A profile begins with linkedin.com/in/.")
        return key

    def clean(self) -> dict[str, Any]:
        """Somebody has a name or an address."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not (given.get("name") or given.get("email")):
            raise forms.ValidationError("Who is it? A name or an address is enough.")
        return given

    def card(self) -> Card:
        """What was said, as a card. Call when valid."""
        told = self.cleaned_data
        return Card(
            name=" ".join(told["name"].split()),
            email=told["email"].lower(),
            role=" ".join(told["role"].split()),
            employer=" ".join(told["works_at"].split()),
            profile=told["profile"],
            note=told["note"].strip(),
        )


class DecisionForm(forms.Form):
    """What is said of a word that is due."""

    decision = forms.ChoiceField(choices=[(one.value, one.value) for one in Decision])


class ClosenessForm(forms.Form):
    """How close somebody is, and what was promised."""

    closeness = forms.ChoiceField(choices=list(CLOSENESS.items()), required=False)
    promised = PlainField(max_length=LONGEST_NOTE, required=False, strip=False)


class ReasonForm(forms.Form):
    """A reason to write that the person gives."""

    kind = forms.TypedChoiceField(
        choices=[(one.value, one.value) for one in BY_HAND], coerce=OccasionKind
    )
    words = PlainField(max_length=300, required=False)
    link = PlainField(max_length=2000, required=False)

    def clean_link(self) -> str:
        """A link is kept without what tells its site who follows it."""
        given = str(self.cleaned_data["link"]).strip()
        kept = without_trackers(given)
        if given and not kept:
            raise forms.ValidationError("A link begins with https://.")
        return kept

    def sentence(self) -> str:
        """What is wrong, in one sentence. Call when not valid."""
        wrong = {"kind": "Choose what the reason is.", "link": "A link begins with https://."}
        return next((wrong[name] for name in self.errors if name in wrong), "Say it shorter.")


class PeopleForm(forms.Form):
    """A file with people in it."""

    file = forms.FileField(
        allow_empty_file=True, error_messages={"required": "Choose a file first."}
    )
    with_messages = forms.BooleanField(required=False)

    def clean_file(self) -> Any:
        """A file that can be an export or an address book."""
        file = self.cleaned_data["file"]
        if file.size is not None and file.size > LARGEST_FILE:
            raise forms.ValidationError(
                "It is larger than any export of people. Unpack it and give Connections.csv alone."
            )
        return file
