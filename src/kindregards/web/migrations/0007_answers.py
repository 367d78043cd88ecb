"""What came back after a letter, and the advice in it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kindregards', '0006_no_mark_on_plans'),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('advice', 'advice'), ('call', 'call'), ('refused', 'refused'), ('away', 'away'), ('other', 'other')], max_length=32)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='kindregards.draft')),
                ('letter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='answer', to='kindregards.letter')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('touch', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answer', to='kindregards.touch')),
            ],
        ),
        migrations.CreateModel(
            name='Advice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quote', models.TextField()),
                ('about', models.CharField(choices=[('practice', 'practice'), ('skill', 'skill'), ('resume', 'resume'), ('other', 'other')], max_length=32)),
                ('is_wanted', models.BooleanField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='advice', to='kindregards.answer')),
            ],
            options={
                'verbose_name_plural': 'advice',
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['advice', 'call', 'refused', 'away', 'other'])), name='answer_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='advice',
            constraint=models.CheckConstraint(condition=models.Q(('about__in', ['practice', 'skill', 'resume', 'other'])), name='advice_about_known'),
        ),
    ]
