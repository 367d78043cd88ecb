"""What the person writes about questions, answers and stories."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from kindregards.core.practice import KINDS
from kindregards.core.practice.asked import LONGEST, AskedOnce, questions_in
from kindregards.core.practice.critique import about_person
from kindregards.core.practice.wav import TOO_LONG, NotARecording, samples_of
from kindregards.web.fields import PlainField

LARGEST_LIST = 2_000_000  # bytes
LARGEST_SOUND = 400_000_000  # bytes: fifteen minutes as a studio records them
LONGEST_ANSWER = 20_000  # characters
ABOUT_PERSON = (
    "“{found}” is about the person. What was said, and what did that do to you as a listener? "
    "What you wrote is still here."
)
WENT = {1: "badly", 2: "not well", 3: "so-so", 4: "well", 5: "very well"}


class QuestionForm(forms.Form):
    """One question, and what is known of it."""

    text = PlainField(max_length=LONGEST, error_messages={"required": "Write the question."})
    kind = forms.ChoiceField(
        choices=[("", "not told"), *((kind.value, said) for kind, said in KINDS.items())],
        required=False,
    )
    asked_where = PlainField(max_length=300, required=False)
    went = forms.TypedChoiceField(
        choices=[("", "not told"), *WENT.items()], coerce=int, empty_value=None, required=False
    )
    wants = PlainField(max_length=LONGEST, required=False)
    own_notes = PlainField(max_length=LONGEST_ANSWER, required=False)
    to_try = PlainField(max_length=LONGEST, required=False)


class ListForm(forms.Form):
    """Several questions at once: pasted, or a file of them."""

    text = PlainField(required=False, strip=False, max_length=LARGEST_LIST)
    file = forms.FileField(required=False)
    asked: list[AskedOnce]

    def clean(self) -> dict[str, Any]:
        """One of the two; what is in the file counts where both are given."""
        given = super().clean() or {}
        file = given.get("file")
        if file is not None and (file.size or 0) > LARGEST_LIST:
            raise forms.ValidationError("This file is larger than a list of questions is.")
        text = given.get("text", "")
        if file is not None:
            text = file.read().decode("utf-8-sig", "replace").replace("\x00", "")
        self.asked = list(questions_in(text))
        if not self.asked:
            raise forms.ValidationError("Paste some questions, a line each, or choose a file.")
        return given


class WordsForm(forms.Form):
    """An answer in words, or what was said in a recording."""

    words = PlainField(max_length=LONGEST_ANSWER, required=False)


class SoundForm(forms.Form):
    """A recording from elsewhere; when valid, `samples` are its sound."""

    file = forms.FileField(error_messages={"required": "Choose a recording."})
    samples: bytes

    def clean_file(self) -> str:
        """The file's name; its sound is in `samples`."""
        file = cast(UploadedFile[Any], self.cleaned_data["file"])
        trouble = str(getattr(file, "trouble", ""))
        if trouble:
            raise forms.ValidationError(trouble)
        if (file.size or 0) > LARGEST_SOUND:
            raise forms.ValidationError(TOO_LONG)
        try:
            self.samples = samples_of(file.file)  # type: ignore[arg-type]
        except NotARecording as problem:
            raise forms.ValidationError(str(problem)) from problem
        return str(file.name)


class CritiqueForm(forms.Form):
    """What somebody says of an answer: of the answer, and not of whoever gave it."""

    name = PlainField(max_length=200, required=False)
    said = PlainField(max_length=2_000, required=False)
    effect = PlainField(max_length=2_000, required=False)
    to_try = PlainField(max_length=LONGEST, required=False)
    moment = forms.IntegerField(min_value=0, max_value=900, required=False)

    def clean(self) -> dict[str, Any]:
        """Words about the person are sent back, and so is nothing at all (R35)."""
        given = super().clean() or {}
        words = [str(given.get(name) or "") for name in ("effect", "to_try")]
        if not any(words):
            raise forms.ValidationError("Say what it did, or what to try instead.")
        for found in filter(None, map(about_person, words)):
            raise forms.ValidationError(ABOUT_PERSON.format(found=found))
        return given


class InterviewForm(forms.Form):
    """The day of the next conversation of an application; none takes it away."""

    application = forms.IntegerField()
    day = forms.DateField(required=False)


class StoryForm(forms.Form):
    """One experience in four parts."""

    title = PlainField(max_length=300, error_messages={"required": "Give it a name."})
    situation = PlainField(max_length=LONGEST_ANSWER, required=False)
    aim = PlainField(max_length=LONGEST_ANSWER, required=False)
    action = PlainField(max_length=LONGEST_ANSWER, required=False)
    result = PlainField(max_length=LONGEST_ANSWER, required=False)
