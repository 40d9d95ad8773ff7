"""Lists of agreements begin with the latest: by index, not by sorting all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_decisions_on_missions")]

    operations = [
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(fields=["created_at", "id"], name="agreement_by_opening"),
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(fields=["public_at", "id"], name="agreement_by_publication"),
        ),
    ]
