"""A choice of form that was returned keeps the comment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0010_missions_shown_to_partners"),
    ]

    operations = [
        migrations.AddField(
            model_name="formchoice",
            name="comment",
            field=models.TextField(blank=True, editable=False, verbose_name="comment of those who returned it"),
        ),
    ]
