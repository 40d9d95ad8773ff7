"""What missions said of the approach in two fields becomes a record of its own (§4 step 2)."""

from django.db import migrations
from django.utils import timezone


def record(apps, schema_editor):
    mission, approach = apps.get_model("partnerships", "Mission"), apps.get_model("partnerships", "Approach")
    now = timezone.now()
    recorded = set(approach.objects.values_list("mission_id", flat=True))
    approach.objects.bulk_create(
        approach(
            mission_id=row.pk,
            origin=row.approach,
            reason=row.approach_note if row.approach == "not_needed" else "",
            note="" if row.approach == "not_needed" else row.approach_note,
            recorded_by_id=row.officer_id,
            recorded_at=now,
        )
        for row in mission.objects.exclude(approach="").iterator()
        if row.pk not in recorded
    )


def back(apps, schema_editor):
    mission, approach = apps.get_model("partnerships", "Mission"), apps.get_model("partnerships", "Approach")
    for row in approach.objects.iterator():
        mission.objects.filter(pk=row.mission_id).update(approach=row.origin, approach_note=row.reason or row.note)


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0006_way_to_a_form")]

    operations = [migrations.RunPython(record, back)]
