"""The approach is told once: by its own record."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0007_approach_recorded")]

    operations = [
        migrations.RemoveField(model_name="mission", name="approach"),
        migrations.RemoveField(model_name="mission", name="approach_note"),
    ]
