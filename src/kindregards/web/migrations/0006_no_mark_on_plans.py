from django.db import migrations


class Migration(migrations.Migration):
    """Whether a plan has anything left to do is asked of its steps."""

    dependencies = [
        ('kindregards', '0005_mail_accounts'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='plan',
            name='is_settled',
        ),
    ]
