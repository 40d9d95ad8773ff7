"""Places of the proposals that are in reserve: the committee's, and those that came by an appeal after them."""

from django.db import migrations


def fill(apps, schema_editor):
    """As the list was shown until now: who came onto it by an appeal stood last, the earlier submitted first."""
    Proposal = apps.get_model("agreements", "Proposal")
    rows = Proposal._base_manager.filter(state="reserve", reserve_place=None).select_related("outcome")
    by_call = {}
    for row in rows.order_by("call_id", "submitted_at", "pk"):
        by_call.setdefault(row.call_id, []).append(row)
    changed = []
    for waiting in by_call.values():
        ranks = {row.pk: getattr(getattr(row, "outcome", None), "reserve_rank", None) for row in waiting}
        last = max((rank for rank in ranks.values() if rank is not None), default=0)
        for row in waiting:
            if ranks[row.pk] is None:
                last += 1
            row.reserve_place = ranks[row.pk] or last
            changed.append(row)
    Proposal._base_manager.bulk_update(changed, ["reserve_place"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0012_reserve_places_and_letters")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
