"""Reasons of answers that were connected before reasons were kept."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from kindregards.core.letters import parse_letter
from kindregards.core.letters.letter import Letter as Message
from kindregards.core.outreach import read_answer


def read_again(apps: Any, _editor: Any) -> None:
    """Read the answers that state no reason yet once more; corrections are not touched."""
    answers = apps.get_model("kindregards", "Answer").objects.filter(reasons=[])
    for answer in answers.select_related("letter__source").iterator(chunk_size=50):
        letter = answer.letter
        message = (
            Message(text=letter.text, subject=letter.subject)
            if letter.source.pasted
            else parse_letter(bytes(letter.source.raw))
        )
        reasons = [[one.quote, one.reason.value] for one in read_answer(message).reasons]
        if reasons:
            answer.reasons = reasons
            answer.save(update_fields=["reasons"])


class Migration(migrations.Migration):

    dependencies = [
        ("kindregards", "0031_speeches"),
    ]

    operations = [migrations.RunPython(read_again, migrations.RunPython.noop)]
