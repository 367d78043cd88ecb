"""Everything of one person as files that other programs open, in one folder.

Letters are the bytes that came, debriefs Markdown, people a vCard file, and so on; what has no
common form is in `records/`, a JSON object a line. Private writing stays where it is (R14), and so
does what opens doors: passwords, and links that let somebody in.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.text import slugify

from kindregards.core.debriefs import as_markdown
from kindregards.core.practice.wav import heading
from kindregards.core.spreadsheet import as_csv
from kindregards.web.applications.exporting import records
from kindregards.web.debriefs.recording import record_of
from kindregards.web.models import Attempt, Debrief, Draft, LetterSource, Speech, User, Version
from kindregards.web.network.exporting import people_as_csv, people_as_vcards
from kindregards.web.practice.recordings import samples_in
from kindregards.web.speeches.bringing import sound_between

LEFT_OUT = frozenset(
    {
        "CalendarFeed", "ShareLink", "SignInLink",  # whoever has one of them is let in
        "ImportRun", "LeftOut", "Schedule", "Worker",  # work under way
        "User",  # one row, told in ABOUT
    }
)  # fmt: skip
"""Models that are in no export, by name."""
PRIVATE = "kindregards.web.models.writing"
"""The module whose models no export looks into: private writing (R14)."""
SECRETS = frozenset({"secret", "secret_name", "token", "token_hash", "packet_key", "kept"})
"""Columns that are in no export, of any model."""
CHUNK = 200  # rows at a time
LONGEST_NAME = 60  # characters of a file's name that come from a letter

ABOUT = """\
What Kind Regards kept{whose}, as files that other programs open.

letters/          each letter exactly as it came; a mail program opens them
own-letters/      what you wrote, sent or not
debriefs/         what you thought through, as Markdown
resumes/          each version: the file as it came, and its words
sounds/           the files of sound that you brought to hear
recordings/       what you said in practice
people.vcf .csv   the people, for an address book and for a spreadsheet
applications.csv  the applications, for a spreadsheet
records/          everything once more, a JSON object a line, a file for each kind

Not here: private writing, which only its own page opens, passwords, and links that let somebody in.
`kindregards backup` makes a file that the program itself takes back.
"""


class ExportError(Exception):
    """It cannot be written there; the message is a sentence for the person."""


def export_everything(owner: User, folder: Path) -> int:
    """Write all that is kept for the owner into a new folder; the number of files.

    It is there whole or not at all. Raises ExportError where the folder is there and not empty, and
    OSError where the disk does not take it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(f"{folder} is there already. Name a folder that is new or empty.")
    aside = folder.with_name(f".new-{folder.name}")
    shutil.rmtree(aside, ignore_errors=True)  # what one that was killed left behind
    try:
        many = sum(_write(aside / name, content) for name, content in _files(owner))
        if folder.exists():
            folder.rmdir()
        aside.replace(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return many


def _write(file: Path, content: bytes | Iterable[bytes]) -> int:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        out.writelines([content] if isinstance(content, bytes) else content)
    return 1


def _files(owner: User) -> Iterator[tuple[str, bytes | Iterable[bytes]]]:
    """The name of each file and what stands in it."""
    whose = f" for {owner.called}" if owner.called else ""
    yield "about.txt", ABOUT.format(whose=whose).encode()
    for piece in (_letters, _own_letters, _debriefs, _resumes, _recordings, _sounds):
        yield from piece(owner)
    yield "people.vcf", people_as_vcards(owner)
    yield "people.csv", people_as_csv(owner)
    yield "applications.csv", as_csv(records(owner))
    for model in exported_models():
        yield f"records/{model._meta.model_name}.jsonl", _rows(model, owner)


def _letters(owner: User) -> Iterator[tuple[str, bytes]]:
    sources = LetterSource.objects.filter(owner=owner).select_related("letter")
    for source in sources.order_by("letter__sent_at", "pk").iterator(CHUNK):
        letter = source.letter
        name = f"{letter.sent_at:%Y-%m-%d} {_plain(letter.subject)} {letter.pk}"
        end = "txt" if source.pasted else "eml"
        yield f"letters/{_joined(name)}.{end}", bytes(source.raw)


def _own_letters(owner: User) -> Iterator[tuple[str, bytes]]:
    for draft in Draft.objects.filter(owner=owner).order_by("pk").iterator(CHUNK):
        reader = f"{draft.recipient_name} {draft.recipient_email}".strip()
        head = f"To: {reader}\nSubject: {draft.subject}\n\n"
        state = "sent" if draft.touch_id else "draft"
        name = f"{draft.created_at:%Y-%m-%d} {_plain(draft.subject)} {state} {draft.pk}"
        yield f"own-letters/{_joined(name)}.txt", f"{head}{draft.text}\n".encode()


def _debriefs(owner: User) -> Iterator[tuple[str, bytes]]:
    mine = Debrief.objects.filter(owner=owner).select_related("application__employer")
    for debrief in mine.order_by("pk"):
        name = _joined(f"{_plain(debrief.application.name)} {debrief.pk}")
        text = as_markdown(record_of(debrief), name=debrief.application.name)
        yield f"debriefs/{name}.md", text.encode()


def _resumes(owner: User) -> Iterator[tuple[str, bytes]]:
    mine = Version.objects.filter(owner=owner).select_related("resume")
    for version in mine.order_by("resume", "number").iterator(CHUNK):
        name = _joined(f"{_plain(version.resume.name)} {version.resume_id} v{version.number}")
        yield f"resumes/{name}.md", version.markdown.encode()
        if version.original is not None:
            end = Path(version.file_name).suffix[:10].lower()
            yield f"resumes/{name} as it came{_suffix(end)}", bytes(version.original)


def _recordings(owner: User) -> Iterator[tuple[str, Iterable[bytes]]]:
    mine = Attempt.objects.filter(owner=owner, size__gt=0).select_related("question")
    for attempt in mine.order_by("began_at", "pk").iterator(CHUNK):
        if samples := samples_in(attempt):
            name = _joined(
                f"{attempt.began_at:%Y-%m-%d} {_plain(attempt.question.text)} {attempt.pk}"
            )
            yield f"recordings/{name}.wav", [heading(len(samples)), samples]


def _sounds(owner: User) -> Iterator[tuple[str, Iterable[bytes]]]:
    for speech in Speech.objects.filter(owner=owner, size__gt=0).order_by("pk"):
        end = speech.media_type.partition("/")[2].replace("mpeg", "mp3").replace("mp4", "m4a")
        name = _joined(f"{_plain(speech.title)} {speech.pk}")
        yield f"sounds/{name}.{end}", sound_between(speech, 0, speech.size - 1)


def exported_models() -> list[type[models.Model]]:
    """Every model whose rows are written, a file each."""
    ours = apps.get_app_config("kindregards").get_models()
    return [one for one in ours if one.__name__ not in LEFT_OUT and one.__module__ != PRIVATE]


def _rows(model: type[models.Model], owner: User) -> Iterator[bytes]:
    # A model may hide some rows from pages; they are the person's all the same.
    mine = model._base_manager.filter(owner=owner).order_by("pk")
    told = [
        field
        for field in model._meta.concrete_fields
        if field.attname not in SECRETS and not isinstance(field, models.BinaryField)
    ]
    for row in mine.iterator(CHUNK):
        record = {field.attname: _value(row, field) for field in told}
        yield json.dumps(record, cls=DjangoJSONEncoder, ensure_ascii=False).encode() + b"\n"


def _value(row: models.Model, field: models.Field[Any, Any]) -> object:
    return field.value_from_object(row)


def _plain(words: str) -> str:
    return slugify(words)[:LONGEST_NAME].strip("-")


def _joined(name: str) -> str:
    return "-".join(part for part in name.split() if part)


def _suffix(end: str) -> str:
    return end if end[1:].isascii() and end[1:].isalnum() else ""
