"""Addresses of people who are there already count as verified: an administrator entered them, and they have logged in."""

from django.db import migrations


def verify(apps, schema_editor):
    user_model, address_model = apps.get_model("partnerships", "User"), apps.get_model("account", "EmailAddress")
    without = user_model.objects.exclude(pk__in=address_model.objects.values("user_id"))
    address_model.objects.bulk_create(
        [
            address_model(user_id=pk, email=email.lower(), verified=True, primary=True)
            for pk, email in without.values_list("pk", "email").iterator()
        ],
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0011_returned_choices"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(verify, migrations.RunPython.noop)]
