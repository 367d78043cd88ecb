"""What a person writes in a draft."""

from __future__ import annotations

import re

from django import forms

from kindregards.core.outreach.draft import Channel, Direction
from kindregards.web.fields import PlainField

LONGEST = 100_000
_ADDRESS = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")


class DraftForm(forms.Form):
    """The text of a draft with its subject and reader, and the revision it began with."""

    to = PlainField(max_length=620, required=False)
    subject = PlainField(max_length=998, required=False)
    text = PlainField(max_length=LONGEST, required=False, strip=False)
    revision = forms.IntegerField(min_value=0)

    def clean_text(self) -> str:
        """The text with the line ends that the program keeps."""
        return "\n".join(str(self.cleaned_data["text"]).splitlines())

    def clean_to(self) -> tuple[str, str, str]:
        """The reader's name and address, and the addresses of more readers; each may be empty."""
        given = str(self.cleaned_data["to"]).strip()
        first, *more = _ADDRESS.findall(given) or [""]
        if more:
            name = given.partition(first)[0].strip(' ,;<"')
            return name[:300], first[:320], ", ".join(more)[:620]
        return (*self._one(given), "")

    def _one(self, given: str) -> tuple[str, str]:
        found = re.fullmatch(r"(.*?)[\s,<]*([^\s<>,;]+@[^\s<>,;]+)>?", given)
        if not found:
            return given[:300], ""
        return found.group(1).strip(' ,<"')[:300], found.group(2)[:320]


class OverruleForm(forms.Form):
    """Why the letter goes out although the guard would hold it."""

    because = PlainField(max_length=500)


class TouchForm(forms.Form):
    """A word that went another way than through this program: a call, a message, a meeting."""

    direction = forms.ChoiceField(choices=[(one.value, one.value) for one in Direction])
    channel = forms.ChoiceField(choices=[(one.value, one.value) for one in Channel])
    on = forms.DateField()


class SampleForm(forms.Form):
    """A letter of the person's own."""

    LONGEST = 10_000
    SHORTEST = 20  # words; below it nothing can be seen

    text = PlainField(max_length=LONGEST)

    def clean_text(self) -> str:
        """Long enough to show something."""
        text = str(self.cleaned_data["text"]).strip()
        if len(text.split()) < self.SHORTEST:
            raise forms.ValidationError(
                "A few lines more, please: with its greeting and its closing."
            )
        return text
