"""Any number of changes to a draft can be taken back; more readers; a job posted again."""

from typing import Any

from django.db import migrations, models


def keep_the_one_before(apps: Any, _schema_editor: Any) -> None:
    """What could be taken back so far still can."""
    draft_model = apps.get_model("kindregards", "Draft")
    for draft in draft_model.objects.exclude(text_before="").iterator():
        draft.earlier = [{"text": draft.text_before}]
        draft.save(update_fields=["earlier"])


class Migration(migrations.Migration):
    dependencies = [("kindregards", "0018_debriefs")]

    operations = [
        migrations.AddField("draft", "earlier", models.JSONField(blank=True, default=list)),
        migrations.AddField("draft", "later", models.JSONField(blank=True, default=list)),
        migrations.AddField(
            "draft",
            "more_readers",
            models.CharField(blank=True, max_length=620, default=""),
            preserve_default=False,
        ),
        migrations.AddField("draft", "is_posted_again", models.BooleanField(default=False)),
        migrations.RunPython(keep_the_one_before, migrations.RunPython.noop),
        migrations.RemoveField("draft", "text_before"),
    ]
