from django.db import migrations


class Migration(migrations.Migration):
    """Whether a plan has anything left to do is asked of its steps."""

    dependencies = [
        ('kindregards', '0004_from_letters_to_applications'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='plan',
            name='is_settled',
        ),
    ]
