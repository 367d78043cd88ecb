"""What a person may put in, and what they may correct."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from kindregards.core.diagnosis.saying import REASONS
from kindregards.core.letters.reading import CORRECTABLE, Reading
from kindregards.web.fields import PlainField
from kindregards.web.letters.words import DOORS, KINDS, STAGES, STYLES

LONGEST_PASTE = 2_000_000
NOTHING_THERE = "Paste the words of the letter, or choose its file."


class ManyFilesInput(forms.ClearableFileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; gives a list of uploads. What is no letter is refused one by one, later."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Take each upload as it is: an empty or too large one is refused by name, alone."""
        files = data if isinstance(data, (list, tuple)) else [data]
        return [file for file in files if file]


class PutForm(forms.Form):
    """A letter pasted, or files of letters."""

    text = PlainField(required=False, strip=False, max_length=LONGEST_PASTE)
    subject = PlainField(required=False, max_length=998)
    sender = PlainField(required=False, max_length=600)
    sent_date = forms.DateField(required=False)
    files = ManyFilesField(required=False)  # type: ignore[assignment]  # the form's own name

    text.error_messages["max_length"] = (
        "That is longer than any letter. Paste the one message, or give its file."
    )

    def clean(self) -> dict[str, Any]:
        """One of the two must be there."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("files") and not given.get("text", "").strip():
            raise forms.ValidationError(NOTHING_THERE)
        return given


def _choices(said: dict[Any, str], empty: str = "") -> list[tuple[str, str]]:
    return ([("", empty)] if empty else []) + [(value.value, word) for value, word in said.items()]


class ReadingForm(forms.Form):
    """The correctable fields of a reading; only those sent are changed."""

    kind = forms.ChoiceField(choices=_choices(KINDS), required=False)
    style = forms.ChoiceField(choices=_choices(STYLES, "letter"), required=False)
    stage = forms.ChoiceField(choices=_choices(STAGES, "time with them"), required=False)
    door = forms.ChoiceField(choices=_choices(DOORS, "not mentioned"), required=False)
    reason = forms.ChoiceField(choices=_choices(REASONS, "no reason"), required=False)
    employer = PlainField(max_length=300, required=False)
    role = PlainField(max_length=300, required=False)
    people = PlainField(max_length=2000, required=False)
    sent_date = forms.DateField(required=False)

    def clean_kind(self) -> str:
        """Every letter is of some kind, if only of another one."""
        kind = str(self.cleaned_data["kind"])
        if not kind and "kind" in self.data:
            raise forms.ValidationError("Choose one of the kinds.")
        return kind

    def changes(self, reading: Reading) -> dict[str, Any]:
        """What differs from the reading, as `corrected` takes it. Call when valid."""
        now = {**values_of(reading)}
        given = {name: self.cleaned_data[name] for name in CORRECTABLE if name in self.data}
        differing = {name: value for name, value in given.items() if value != now[name]}
        if "people" in differing:
            differing["people"] = people_from(differing["people"], reading)
        return differing


def values_of(reading: Reading) -> dict[str, str]:
    """The fields of a reading as the form holds them."""
    return {
        "kind": reading.kind.value,
        "style": reading.style.value if reading.style else "",
        "stage": reading.stage.value if reading.stage else "",
        "door": reading.door.value if reading.door else "",
        "reason": reading.feedback[0].reason.value if reading.feedback else "",
        "employer": reading.employer or "",
        "role": reading.role or "",
        "people": ", ".join(person.name for person in reading.people),
    }


def people_from(names: str, reading: Reading) -> list[dict[str, str]]:
    """The people named, by comma; what the letter knew of each is kept.

    An address may stand behind a name: `Ines Okafor <ines@tidewell.example>`.
    """
    known = {person.name: person for person in reading.people}
    people = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", names))):
        found = re.fullmatch(r"(.*?)\s*<?([^\s<>@]+@[^\s<>@]+)?>?", part)
        name, email = (found.group(1), found.group(2) or "") if found else (part, "")
        before = known.get(name)
        people.append(
            {
                "name": name or email,
                "email": email or (before.email if before else ""),
                "role": before.role if before else "",
            }
        )
    return people
