"""Letters that answer a kindness."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kindregards', '0001_first'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='draft',
            name='draft_kind_known',
        ),
        migrations.AlterField(
            model_name='draft',
            name='kind',
            field=models.CharField(choices=[('advice_request', 'advice_request'), ('thanks', 'thanks'), ('follow_up', 'follow_up'), ('advice_thanks', 'advice_thanks'), ('progress', 'progress'), ('on_file', 'on_file'), ('call', 'call'), ('other', 'other')], max_length=32),
        ),
        migrations.AlterField(
            model_name='touch',
            name='kind',
            field=models.CharField(choices=[('advice_request', 'advice_request'), ('thanks', 'thanks'), ('follow_up', 'follow_up'), ('advice_thanks', 'advice_thanks'), ('progress', 'progress'), ('on_file', 'on_file'), ('call', 'call'), ('other', 'other')], max_length=32),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['advice_request', 'thanks', 'follow_up', 'advice_thanks', 'progress', 'on_file', 'call', 'other'])), name='draft_kind_known'),
        ),
    ]
