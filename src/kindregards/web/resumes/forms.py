"""Files that the person gives as their resume, and what they say of it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from kindregards.sources.documents.reader import reader
from kindregards.sources.documents.taken import LARGEST, LONGEST, NotADocument, Taken
from kindregards.web.fields import PlainField

LONGEST_NAME = 300
_TOO_LARGE = f"This file is larger than {LARGEST // 1024 // 1024} MB, which is no resume."


class FileForm(forms.Form):
    """One file, read as it comes in: when valid, `taken` says what stands in it."""

    file = forms.FileField(
        allow_empty_file=True, error_messages={"required": "Choose the file with your resume."}
    )
    taken: Taken
    raw: bytes

    def clean_file(self) -> str:
        """The file's name. What it says is in `taken`, its bytes in `raw`."""
        file = cast(UploadedFile[Any], self.cleaned_data["file"])
        trouble = str(getattr(file, "trouble", ""))
        if trouble:
            raise forms.ValidationError(trouble)
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_TOO_LARGE)
        self.raw = file.read()
        name = "".join(char for char in str(file.name) if char.isprintable())[-255:]
        try:
            self.taken = reader.take(self.raw, name)
        except NotADocument as problem:
            raise forms.ValidationError(str(problem)) from problem
        return name


class NameForm(forms.Form):
    """What a resume is called."""

    name = PlainField(max_length=LONGEST_NAME)


class RewriteForm(forms.Form):
    """What is being made of a version, and the revision it began with."""

    markdown = PlainField(max_length=LONGEST, required=False, strip=False)
    revision = forms.IntegerField(min_value=0, required=False)

    def clean_markdown(self) -> str:
        """The text with the line ends that the program keeps."""
        return "\n".join(str(self.cleaned_data["markdown"]).splitlines())

    def clean_revision(self) -> int:
        """The revision; one that no row has where none was told."""
        given = self.cleaned_data["revision"]
        return -1 if given is None else int(given)
