from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_codes_and_words")]

    operations = [
        migrations.RemoveField(model_name="historicalorganisation", name="province"),
        migrations.RemoveField(model_name="organisation", name="province"),
    ]
